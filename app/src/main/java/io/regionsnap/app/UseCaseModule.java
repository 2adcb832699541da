package io.regionsnap.app;

import dagger.Module;
import dagger.Provides;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.audit.AuditRegions;
import io.regionsnap.domain.doctor.DiagnoseStore;
import io.regionsnap.domain.persist.Pause;
import io.regionsnap.domain.persist.PersistSnapshots;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.domain.read.ReadSnapshots;
import io.regionsnap.domain.repair.RepairRegions;
import io.regionsnap.ports.TransactionalStore;
import java.time.InstantSource;

/** How the use cases are made for a store. */
@Module
final class UseCaseModule {
  private UseCaseModule() {}

  @Provides
  static PersistSnapshots persistSnapshots(
      TransactionalStore store,
      KeyLayout layout,
      Policy policy,
      SnapshotParser parser,
      RetryPolicy retryPolicy,
      InstantSource clock,
      Pause pause) {
    return new PersistSnapshots(store, layout, policy, parser, retryPolicy, clock, pause);
  }

  @Provides
  static AuditRegions auditRegions(
      TransactionalStore store,
      KeyLayout layout,
      Policy policy,
      SnapshotParser parser,
      InstantSource clock) {
    return new AuditRegions(store, layout, policy, parser, clock);
  }

  @Provides
  static RepairRegions repairRegions(
      TransactionalStore store,
      KeyLayout layout,
      Policy policy,
      SnapshotParser parser,
      RetryPolicy retryPolicy,
      InstantSource clock,
      Pause pause) {
    return new RepairRegions(store, layout, policy, parser, retryPolicy, clock, pause);
  }

  @Provides
  static DiagnoseStore diagnoseStore(
      TransactionalStore store,
      KeyLayout layout,
      Policy policy,
      InstantSource clock,
      Surroundings surroundings) {
    return new DiagnoseStore(store, layout, policy, clock, System::nanoTime, surroundings.seeds());
  }

  @Provides
  static ReadSnapshots readSnapshots(
      TransactionalStore store,
      KeyLayout layout,
      Policy policy,
      SnapshotParser parser,
      InstantSource clock) {
    return new ReadSnapshots(store, layout, policy, parser, clock);
  }
}
