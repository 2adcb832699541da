package io.regionsnap.testkit.drift;

/**
 * One try of the old writer to persist a snapshot, and what goes wrong with it. It sends seven
 * commands: 0 is the claim, 1 to 6 are the pipeline. The numbers choose which: any numbers will do.
 *
 * @param snapshot chooses the snapshot
 * @param timing chooses how late it is written, and by how much the writer's clock is off
 * @param fault what goes wrong
 * @param place with which of the seven commands
 * @param overlap before which of them the next writer does all of its work; not at all from 7 on
 * @param retry when the same is tried again
 */
public record OldAttempt(
    int snapshot, int timing, Fault fault, int place, int overlap, Retry retry) {

  /** What goes wrong. */
  public enum Fault {
    /** Nothing, or nothing but an answer that is lost. */
    NONE,
    /** The writer dies, or the connection, before a command. */
    CUT,
    /** A command has no effect, those before and after it have. */
    COMMAND_LOST,
    /** From a command on, the server has no memory for those that take some. */
    OUT_OF_MEMORY,
    /** Somebody has put a value where the index should be. */
    INDEX_IS_VALUE,
    /** The snapshot is dated in seconds. */
    SECONDS
  }

  /** When the same is tried again. */
  public enum Retry {
    /** Not at all. */
    NEVER,
    /** At once: the claim is still there. */
    AT_ONCE,
    /** When the claim has expired. */
    LATER
  }
}
