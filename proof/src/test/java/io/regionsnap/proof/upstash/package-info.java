/** Faults of servers that speak REST, of the way to them, and of the Redis behind them. */
@NullMarked
package io.regionsnap.proof.upstash;

import org.jspecify.annotations.NullMarked;
