package io.regionsnap.proof.history;

/** {@link HistoryContract} on the store in a file. */
class EmbeddedHistoryProperties extends HistoryContract {
  @Override
  protected Environment open() {
    return LocalEnvironment.embedded();
  }
}
