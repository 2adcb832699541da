package io.regionsnap.benchmarks;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.persist.Pause;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.domain.persist.PersistSnapshots;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.testkit.SnapshotDocuments;
import java.time.InstantSource;
import java.util.List;

/** regionsnap as a program uses it: the use case on a store that its threads share. */
final class StoreContender implements Contender {
  private final TransactionalStore store;
  private final Policy policy;

  StoreContender(TransactionalStore store, Policy policy) {
    this.store = store;
    this.policy = policy;
  }

  @Override
  public Writer writer(InstantSource clock) {
    PersistSnapshots persist = new PersistSnapshots(
        store,
        KeyLayout.TAGGED,
        policy,
        SnapshotDocuments.PARSER,
        RetryPolicy.DEFAULT,
        clock,
        Pause.REAL);
    return documents -> requirePersisted(
        persist.persist(documents.stream().map(Document::snapshot).toList()));
  }

  private static void requirePersisted(List<PersistOutcome> outcomes) {
    for (PersistOutcome outcome : outcomes) {
      if (!(outcome instanceof PersistOutcome.Persisted)) {
        throw new IllegalStateException(outcome.toString());
      }
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
