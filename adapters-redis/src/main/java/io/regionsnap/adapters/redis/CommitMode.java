package io.regionsnap.adapters.redis;

/** How transactions reach the server. Each is all-or-nothing. */
public enum CommitMode {
  /** One script call: one round trip on a connection that all threads share. */
  SCRIPT,
  /**
   * WATCH and reads, then MULTI/EXEC: two round trips on a connection of its own, again if somebody
   * else wrote in between.
   */
  MULTI_EXEC,
  /** {@link #SCRIPT}, and {@link #MULTI_EXEC} from the moment the server refuses scripts. */
  AUTO
}
