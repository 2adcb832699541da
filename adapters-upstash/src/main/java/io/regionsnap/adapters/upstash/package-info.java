/**
 * The store on Upstash, or on a server that speaks its REST API, through OkHttp.
 *
 * <p>Start at {@link io.regionsnap.adapters.upstash.UpstashStore}. From the outside in: a
 * {@code Rest} posts commands, once, and gives an {@code Answer}; {@code Verdict} is the table of
 * what a status and a body mean; {@code JsonCommand} and {@code ReplyReader} are the two directions
 * of JSON; a {@code Conversation} carries the rounds of the dialect. {@code ScriptCommits},
 * {@code PlainCommits}, {@code Reads} and {@code Scans} are what a store does with them.
 */
@NullMarked
package io.regionsnap.adapters.upstash;

import org.jspecify.annotations.NullMarked;
