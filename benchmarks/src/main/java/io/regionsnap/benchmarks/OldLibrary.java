package io.regionsnap.benchmarks;

import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.redis.dialect.CommitMode;
import java.time.InstantSource;
import java.util.List;

/**
 * The reader of old, over REST: a request for the pointer and one for the body, region by region.
 */
final class OldLibrary implements Library {
  private final Backend.Rest rest;
  private final Policy policy;
  private final OldRestContender old;

  OldLibrary(Backend.Rest rest, Policy policy) {
    this.rest = rest;
    this.policy = policy;
    this.old = new OldRestContender(rest.server().url(), rest.server().token(), Terms.of(policy));
  }

  @Override
  public void add(List<Document> documents, InstantSource clock) {
    try (TransactionalStore store = rest.store(CommitMode.SCRIPT)) {
      Library.add(store, policy, documents, clock);
    }
  }

  @Override
  public long latest(List<Region> regions) {
    return old.latest(regions.stream().map(Region::name).toList());
  }

  @Override
  public long history(Region region, int limit) {
    throw new UnsupportedOperationException("nobody read the history of old");
  }

  @Override
  public void close() {
    rest.close();
  }
}
