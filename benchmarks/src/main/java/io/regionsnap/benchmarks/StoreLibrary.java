package io.regionsnap.benchmarks;

import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.read.ReadSnapshots;
import java.time.InstantSource;
import java.util.List;

/** A store of regionsnap, read by its use case: every body is parsed and compared with its keys. */
final class StoreLibrary implements Library {
  private final Backend backend;
  private final Policy policy;
  private final ReadSnapshots read;

  StoreLibrary(Backend backend, Policy policy) {
    this.backend = backend;
    this.policy = policy;
    this.read = Library.useCase(backend.store(), policy);
  }

  @Override
  public void add(List<Document> documents, InstantSource clock) {
    Library.add(backend.store(), policy, documents, clock);
  }

  @Override
  public long latest(List<Region> regions) {
    return Library.bytes(read.latest(regions));
  }

  @Override
  public long history(Region region, int limit) {
    return Library.history(read, region, limit);
  }

  @Override
  public void close() {
    backend.close();
  }
}
