package io.regionsnap.domain.invariants;

/**
 * The kinds of drift: ways in which the keys of a region contradict each other. The names are
 * stable: programs may rely on them.
 */
public enum FindingCode {
  /** No pointer, and the index is not empty. */
  POINTER_MISSING(
      Severity.CRITICAL,
      "The index has snapshots and the pointer does not exist, so that readers of latest find"
          + " nothing. A writer was cut off before it set the pointer, or the pointer expired alone.",
      "The pointer is set to the newest snapshot of the index."),
  /** The pointer names what has no body. */
  POINTER_DANGLING(
      Severity.CRITICAL,
      "The pointer names a snapshot whose body does not exist, or holds what is no id, so that"
          + " readers of latest find nothing. The body was never written, was evicted or expired.",
      "The pointer is set to the newest snapshot of the index, or deleted if there is none; what is"
          + " no id is moved aside first."),
  /** The pointer names an older member of the index than the newest. */
  POINTER_STALE(
      Severity.CRITICAL,
      "The pointer names a snapshot that is not the newest of the index, so that readers of latest"
          + " see an old one. An older snapshot was persisted late, or two writers crossed.",
      "The pointer is set to the newest snapshot of the index."),
  /** The pointer names a body that the index does not. */
  POINTER_ORPHAN(
      Severity.CRITICAL,
      "The pointer names a snapshot that exists and is not in the index: latest and history"
          + " disagree. A writer was cut off before it added to the index.",
      "The snapshot joins the index, if its body can be placed; then the pointer is set to the"
          + " newest snapshot of the index."),
  /** A member of the index has no id view. */
  INDEX_DANGLING(
      Severity.ERROR,
      "The index names a snapshot whose id view does not exist, or what is no id at all: history"
          + " lists what nobody can read. The body was never written, was evicted or expired.",
      "The id view is restored from the timestamp view. Where no body survives, the member leaves"
          + " the index, and a note of it is kept in quarantine."),
  /** An id view is not in the index. */
  INDEX_MISSING(
      Severity.ERROR,
      "A snapshot's id view exists and the index does not name it: history does not list it. A"
          + " writer was cut off, or the index was of the wrong kind when it was written.",
      "The snapshot joins the index, and its other view is restored."),
  /** The score is not the time in the body, or two ids have the same score. */
  SCORE_MISMATCH(
      Severity.ERROR,
      "The index has a snapshot at another time than its body names, or two snapshots at the same"
          + " time: reading by time finds the wrong one or none.",
      "The member moves to the time in its body. Of two at one time the one that both views agree"
          + " on stays, or else the one that its id view holds; the other is moved aside."),
  /** A member of the index has no timestamp view. */
  TS_VIEW_MISSING(
      Severity.ERROR,
      "The index names a snapshot whose timestamp view does not exist: it cannot be read by time.",
      "The timestamp view is restored from the id view."),
  /** A timestamp view is not in the index. */
  TS_VIEW_ORPHAN(
      Severity.ERROR,
      "A timestamp view exists and the index does not name its snapshot at that time.",
      "The snapshot joins the index, and its id view is restored."),
  /** The two views differ, or a view's body names another snapshot than its key. */
  VIEWS_DIFFER(
      Severity.ERROR,
      "The id view and the timestamp view of a snapshot hold different bytes, or a view holds a body"
          + " that names another region, id or time than its key does.",
      "Each body goes where it names its keys rightly, if they are free. Of two bodies for the same"
          + " keys the one that both views agree on stays, or else the one that the id view holds;"
          + " the other is moved aside."),
  /** A view's bytes are no snapshot. */
  PAYLOAD_UNREADABLE(
      Severity.ERROR,
      "A view's bytes are no snapshot: not one JSON object, or its region, id, time or trigger reason"
          + " are missing or make no sense.",
      "The bytes are moved aside, and the view is restored from the other one."),
  /** A key holds another kind of value. */
  WRONG_TYPE(
      Severity.CRITICAL,
      "A key holds another kind of value than it should. Readers get an error, and nothing can be"
          + " persisted until it is gone.",
      "The key is moved aside with all that it holds, and is made anew from what survives."),
  /** A key never expires. */
  NO_EXPIRY(
      Severity.WARNING,
      "A key never expires, and outlives what it belongs to.",
      "The key gets the expiry that it should have. A snapshot that should have expired already is"
          + " moved aside."),
  /** A key expires at another time than it should. */
  EXPIRY_DRIFT(
      Severity.WARNING,
      "A key does not expire when it should: views 91 days after their generated_at, pointer and"
          + " index with their newest snapshot. Keys that should go together will go one by one.",
      "The key gets the expiry that it should have."),
  /** The index reaches back beyond the retention. */
  UNPRUNED(
      Severity.WARNING,
      "The index reaches back beyond the retention of 90 days before its newest snapshot.",
      "Members beyond the retention leave the index; their views follow when they expire. A newest"
          + " snapshot from the future is moved aside instead."),
  /** A claim names what is not persisted. */
  CLAIM_DANGLING(
      Severity.WARNING,
      "A dedup claim names a snapshot that is not wholly persisted: other snapshots of its bucket may"
          + " be refused as duplicates of nothing.",
      "The claim is deleted, unless its snapshot is made whole; what is no id is moved aside.");

  /** How much drift matters. */
  public enum Severity {
    /** Reading the latest snapshot, or persisting the next, goes wrong. */
    CRITICAL,
    /** Reading a snapshot in one of the ways goes wrong. */
    ERROR,
    /** Nothing goes wrong yet. */
    WARNING
  }

  private final Severity severity;
  private final String explanation;
  private final String fix;

  FindingCode(Severity severity, String explanation, String fix) {
    this.severity = severity;
    this.explanation = explanation;
    this.fix = fix;
  }

  /**
   * How much it matters.
   *
   * @return the severity
   */
  public Severity severity() {
    return severity;
  }

  /**
   * What it means and what it comes from.
   *
   * @return one or more sentences
   */
  public String explanation() {
    return explanation;
  }

  /**
   * What the repair does about it.
   *
   * @return one or more sentences
   */
  public String fix() {
    return fix;
  }
}
