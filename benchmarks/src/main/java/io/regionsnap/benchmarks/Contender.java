package io.regionsnap.benchmarks;

import java.time.InstantSource;
import java.util.List;

/** One way to persist snapshots, shared by the threads of a benchmark. */
interface Contender extends AutoCloseable {

  /** What one thread persists with. */
  interface Writer extends AutoCloseable {
    /**
     * Persists documents that are all new, and makes sure of it.
     *
     * @param documents in order
     * @throws IllegalStateException if one was not persisted
     */
    void persist(List<Document> documents);

    @Override
    default void close() {}
  }

  /**
   * For one thread.
   *
   * @param clock what that thread takes for the time
   */
  Writer writer(InstantSource clock);

  @Override
  void close();
}
