package io.regionsnap.proof.history;

import io.regionsnap.proof.history.Step.Draft;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Histories in which something else than regionsnap writes the same keys. */
public final class ForeignHistory {
  private ForeignHistory() {}

  /** What happens next. */
  public sealed interface Move {}

  /**
   * A writer persists a snapshot.
   *
   * @param draft the snapshot
   */
  public record Persist(Draft draft) implements Move {}

  /**
   * Something else does something to a key.
   *
   * @param act what
   * @param key a number that stands for one of the keys that exist
   */
  public record Tamper(Act act, int key) implements Move {}

  /** What something else does to a key. */
  public enum Act {
    /** Deletes it. */
    DELETE,
    /** Puts a list in its place, or an index in the place of a value, or a value in an index's. */
    CHANGE_KIND,
    /** Puts other bytes in its place. */
    OVERWRITE,
    /** Lets it expire at once. */
    EXPIRE
  }

  /**
   * Histories.
   *
   * @param maxMoves the longest
   * @return lists of moves
   */
  public static Arbitrary<List<Move>> histories(int maxMoves) {
    Arbitrary<Move> persists = Histories.drafts().map(Persist::new);
    Arbitrary<Move> tampers = Combinators.combine(
            Arbitraries.of(Act.class), Arbitraries.integers().between(0, 999))
        .as(Tamper::new);
    return Arbitraries.frequencyOf(Tuple.of(3, persists), Tuple.of(2, tampers))
        .list()
        .ofMinSize(2)
        .ofMaxSize(maxMoves);
  }
}
