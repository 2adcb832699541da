package io.regionsnap.domain;

/**
 * Why a snapshot was not persisted. Nothing of it was stored, and persisting it again as it is will
 * not help unless the message says so.
 *
 * @param code what kind of reason
 * @param message one sentence for a person: what is wrong, and where it helps, what to do. Quotes
 *     names and numbers of the document, never its content
 */
public record Refusal(Code code, String message) {

  /**
   * The refusal of a document for its size alone.
   *
   * @param size its size in bytes
   * @param limit the largest size in bytes
   * @return the refusal
   */
  public static Refusal tooLarge(long size, long limit) {
    return new Refusal(
        Code.TOO_LARGE,
        "the document has %d bytes, more than the limit of %d".formatted(size, limit));
  }

  /** The kinds of reason. The names are stable: programs may rely on them. */
  public enum Code {
    /** The bytes are not one JSON object in UTF-8. */
    MALFORMED,
    /** The document is larger than the limit. */
    TOO_LARGE,
    /** A field that every snapshot has is not there. */
    MISSING_FIELD,
    /** A field has another JSON type than it should. */
    WRONG_TYPE,
    /** {@code region_id} is not the name of a region. */
    BAD_REGION,
    /** {@code meta.snapshot_id} is not fit for an id. */
    BAD_ID,
    /** {@code meta.trigger_reason} is not fit for a key. */
    BAD_TRIGGER_REASON,
    /** {@code generated_at} is a number with a fraction or an exponent. */
    NOT_AN_INTEGER,
    /** {@code generated_at} is in seconds, by its size. */
    LOOKS_LIKE_SECONDS,
    /** {@code generated_at} is in microseconds or less, by its size. */
    LOOKS_LIKE_MICROSECONDS,
    /** Older than the retention, by the clock or by the region's newest snapshot. */
    OLDER_THAN_RETENTION,
    /** Dated ahead of the clock by more than is tolerated. */
    FROM_THE_FUTURE,
    /** Another snapshot of the region has the same {@code generated_at}. */
    TIMESTAMP_TAKEN,
    /** The id is in use for other bytes. */
    ID_TAKEN,
    /** A key holds another kind of value than it should. */
    WRONG_KIND,
    /** A key that should hold an id holds something else. */
    DRIFTED,
    /** The store's clock and ours are too far apart. */
    CLOCKS_DISAGREE,
    /** The store could not be reached, or could not do it now. Worth trying again. */
    STORE_UNAVAILABLE,
    /** The store would not do it. */
    STORE_REJECTED
  }
}
