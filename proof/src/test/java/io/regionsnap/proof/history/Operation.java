package io.regionsnap.proof.history;

import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.persist.PersistOutcome;

/**
 * The persisting of one snapshot, as it was seen from outside.
 *
 * @param snapshot what was persisted
 * @param fromNanos when the call began
 * @param toNanos when it ended; {@link Long#MAX_VALUE} if it may have an effect at any later time
 * @param word what was answered, in the words of the reference model; {@link #UNKNOWN},
 *     {@link #NOTHING} beside those
 * @param disturbed whether a submission of it was in doubt on the way, so that it may have had its
 *     effect before it was answered
 */
public record Operation(
    Snapshot snapshot, long fromNanos, long toNanos, String word, boolean disturbed) {
  /** Nobody knows whether it had an effect. */
  public static final String UNKNOWN = "unknown";

  /** It had no effect: the store refused. */
  public static final String NOTHING = "nothing";

  /**
   * What was answered.
   *
   * @param outcome the outcome
   * @return a word of the reference model, or one of the others
   */
  public static String wordFor(PersistOutcome outcome) {
    return outcome.match(
        () -> "persisted",
        () -> "already persisted",
        duplicate -> "duplicate of " + duplicate.winner(),
        refused -> switch (refused.refusal().code()) {
          case STORE_UNAVAILABLE, STORE_REJECTED, WRONG_KIND -> NOTHING;
          default -> refused.refusal().code().name();
        },
        unknown -> UNKNOWN,
        torn -> "torn: " + torn.message());
  }

  /** The same, but it may have taken effect before the try that was answered. */
  Operation asDisturbed() {
    return new Operation(snapshot, fromNanos, toNanos, word, true);
  }

  @Override
  public String toString() {
    return "%s %s at %d (%s, %s): %s%s"
        .formatted(
            snapshot.region(),
            snapshot.id(),
            snapshot.generatedAtMillis(),
            snapshot.reason(),
            snapshot.body(),
            word,
            disturbed ? ", disturbed" : "");
  }
}
