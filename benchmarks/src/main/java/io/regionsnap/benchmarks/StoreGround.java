package io.regionsnap.benchmarks;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Any store of regionsnap; what is done outside of the measured part goes through the store too.
 */
final class StoreGround implements Ground {
  private static final KeyLayout LAYOUT = KeyLayout.TAGGED;

  private final TransactionalStore store;
  private final Contender contender;
  private final Supplier<Sent> sent;
  private final Runnable closing;

  /**
   * On a store.
   *
   * @param store closed with the ground
   * @param contender who persists; the same store, or somebody else on the server behind it
   * @param sent what clients have sent so far
   * @param closing what is to be done after that
   */
  StoreGround(
      TransactionalStore store, Contender contender, Supplier<Sent> sent, Runnable closing) {
    this.store = store;
    this.contender = contender;
    this.sent = sent;
    this.closing = closing;
  }

  @Override
  public Contender contender() {
    return contender;
  }

  @Override
  public void fill(List<String> regions, int members, long lastMillis) {
    for (String region : regions) {
      List<Write> writes = new ArrayList<>();
      for (int i = 0; i < members; i++) {
        writes.add(new Write.Add(
            LAYOUT.index(new Region(region)),
            new IndexEntry(
                String.format(Locale.ROOT, "%012x-filled000000", i),
                lastMillis - (members - 1 - i))));
      }
      commit(writes);
    }
  }

  @Override
  public void sweep(List<Document> documents) {
    List<Write> writes = new ArrayList<>();
    for (Document document : documents) {
      Snapshot snapshot = document.snapshot();
      long at = snapshot.generatedAtMillis();
      writes.add(new Write.Delete(LAYOUT.idView(snapshot.region(), snapshot.id())));
      writes.add(new Write.Delete(LAYOUT.timestampView(snapshot.region(), at)));
      writes.add(new Write.Delete(
          LAYOUT.claim(snapshot.region(), snapshot.reason(), Policy.DEFAULT.bucketOf(at))));
    }
    commit(writes);
  }

  private void commit(List<Write> writes) {
    CommitResult result =
        store.commit(List.of(new Transaction(List.of(), writes))).get(0);
    if (!(result instanceof CommitResult.Applied)) {
      throw new IllegalStateException(result.toString());
    }
  }

  @Override
  public Sent sent() {
    return sent.get();
  }

  @Override
  public void close() {
    contender.close();
    store.close();
    closing.run();
  }
}
