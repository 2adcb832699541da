/**
 * The store on native Redis, through Lettuce.
 *
 * <p>Start at {@link io.regionsnap.adapters.redis.RedisStore}. From the inside out: a {@code Line}
 * is one connection that never repeats a command; a {@code Node} is one server with a line that all
 * threads share and a pool of lines for what needs one alone; a {@code Topology} knows which node
 * serves which key; a {@code Conversation} carries the rounds of the dialect to the nodes and back.
 * {@code ScriptCommits}, {@code PlainCommits}, {@code Reads} and {@code Scans} are what a store
 * does with them.
 */
@NullMarked
package io.regionsnap.adapters.redis;

import org.jspecify.annotations.NullMarked;
