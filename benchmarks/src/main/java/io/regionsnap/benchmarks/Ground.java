package io.regionsnap.benchmarks;

import java.util.List;

/** Where documents are persisted: servers or files of its own, and who persists. Thread-safe. */
interface Ground extends AutoCloseable {
  /** Who persists. */
  Contender contender();

  /**
   * Fills the indexes of regions, outside of the measured part, as if so many snapshots a
   * millisecond apart had been persisted up to a moment.
   *
   * @param regions their names
   * @param members how many in each
   * @param lastMillis the time of the last one, epoch milliseconds
   */
  void fill(List<String> regions, int members, long lastMillis);

  /** Deletes the views and claims of documents, outside of the measured part. */
  void sweep(List<Document> documents);

  /**
   * How far away the server is from now on, where there is a line that can be made longer. Without
   * one it stays where it is.
   *
   * @param roundTripMillis what every answer takes longer
   */
  default void isAway(int roundTripMillis) {}

  /** What clients have sent so far; nothing where no line is in between on which to count. */
  Sent sent();

  @Override
  void close();

  /**
   * What was sent.
   *
   * @param bytes with everything that the protocol adds
   * @param requests over HTTP; 0 elsewhere
   */
  record Sent(long bytes, long requests) {
    static final Sent NOTHING = new Sent(0, 0);

    Sent minus(Sent earlier) {
      return new Sent(bytes - earlier.bytes, requests - earlier.requests);
    }
  }
}
