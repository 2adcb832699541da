package io.regionsnap.ports;

import java.util.List;

/**
 * What a store can tell of itself beyond what {@link TransactionalStore} lets anybody try. A store
 * may implement it too, or not.
 *
 * <p>Changes nothing that is stored. Blocks for no longer than a few of the adapter's time limits.
 * Thread-safe. What goes wrong in or on the way to the store is a verdict, not an exception.
 */
public interface StoreDiagnostics {

  /**
   * The ways in which this store may commit, the one that it prefers first. It takes the next one
   * where a way is refused ({@link StoreRefusal.Rejected}), and only then.
   *
   * @return one or more
   */
  List<CommitWay> commitWays();

  /**
   * Looks at what the store runs on.
   *
   * @param groups keys that each belong together, for stores that may not keep them together
   * @return what was seen, in an order that is good to read
   */
  List<Check> check(List<KeyGroup> groups);

  /**
   * A way to commit.
   *
   * @param name the way's name; empty if there is only one
   * @param store the same store, committing in this way only. Not to be closed: it ends with the
   *     store that it came from
   * @param weakness what this way does not promise, in a sentence without a full stop; empty if
   *     nothing
   */
  record CommitWay(String name, TransactionalStore store, String weakness) {}

  /**
   * Keys that transactions name together.
   *
   * @param name what they have in common
   * @param keys the keys, which need not exist
   * @param inUse whether transactions name keys like these, or only might
   */
  record KeyGroup(String name, List<Key> keys, boolean inUse) {
    /** Copies the list. */
    public KeyGroup {
      keys = List.copyOf(keys);
    }
  }

  /** How good or bad something is for what a store promises. */
  enum Verdict {
    /** As it should be. */
    PASS,
    /** The promise holds; what it is worth may suffer, or cannot be judged. */
    WARN,
    /** Nothing can be committed, or the promise does not hold. */
    FAIL
  }

  /**
   * One thing that was looked at.
   *
   * @param name what, in lower case, with hyphens; stays the same for programs
   * @param verdict how it is
   * @param seen what was seen; carries no secret and no payload
   * @param advice what to do; may be empty if the verdict is {@link Verdict#PASS}
   */
  record Check(String name, Verdict verdict, String seen, String advice) {
    /**
     * Checks that there is advice where it is needed.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Check {
      if (verdict != Verdict.PASS && advice.isBlank()) {
        throw new IllegalArgumentException(name + ": no advice");
      }
    }

    /**
     * Something that is as it should be.
     *
     * @param name what
     * @param seen what was seen
     * @return the check
     */
    public static Check pass(String name, String seen) {
      return new Check(name, Verdict.PASS, seen, "");
    }

    /**
     * Something to think about.
     *
     * @param name what
     * @param seen what was seen
     * @param advice what to do
     * @return the check
     */
    public static Check warn(String name, String seen, String advice) {
      return new Check(name, Verdict.WARN, seen, advice);
    }

    /**
     * Something that must be put right.
     *
     * @param name what
     * @param seen what was seen
     * @param advice what to do
     * @return the check
     */
    public static Check fail(String name, String seen, String advice) {
      return new Check(name, Verdict.FAIL, seen, advice);
    }
  }
}
