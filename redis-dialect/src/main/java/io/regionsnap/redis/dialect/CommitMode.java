package io.regionsnap.redis.dialect;

/** How transactions reach a server. What each promises, and costs, the adapter says. */
public enum CommitMode {
  /** One script call, which checks and writes in one instant. */
  SCRIPT,
  /**
   * Reads first, then the writes as plain commands of one MULTI/EXEC, for users who may not run
   * scripts.
   */
  MULTI_EXEC,
  /** {@link #SCRIPT}, and {@link #MULTI_EXEC} from the moment the server refuses scripts. */
  AUTO
}
