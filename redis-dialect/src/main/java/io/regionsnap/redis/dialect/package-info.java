/**
 * How a {@link io.regionsnap.ports.Transaction} and a {@link io.regionsnap.ports.Query} are said to
 * any server that understands Redis, whatever carries the words: a socket or HTTP.
 *
 * <p>An adapter sends {@link io.regionsnap.redis.dialect.Command}s and gets
 * {@link io.regionsnap.redis.dialect.Reply}s. What to send, and what to make of the answers, it is
 * given as {@link io.regionsnap.redis.dialect.Round}s:
 * {@link io.regionsnap.redis.dialect.TransactionScript} commits by one script,
 * {@link io.regionsnap.redis.dialect.PlainTransaction} by reads and plain commands for MULTI/EXEC,
 * {@link io.regionsnap.redis.dialect.QueryRounds} reads. What an error reply means for a commit is
 * said by {@link io.regionsnap.redis.dialect.ErrorReply}, in one table.
 *
 * <p>Nothing here does input or output, or keeps state but the scripts that were made last; all
 * types are immutable and thread-safe unless they say otherwise.
 */
@NullMarked
package io.regionsnap.redis.dialect;

import org.jspecify.annotations.NullMarked;
