package io.regionsnap.proof.history;

/** {@link HistoryContract} on the store in memory. */
class InMemoryHistoryProperties extends HistoryContract {
  @Override
  protected Environment open() {
    return LocalEnvironment.inMemory();
  }
}
