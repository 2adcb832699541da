package io.regionsnap.app;

import dagger.BindsInstance;
import dagger.Subcomponent;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.audit.AuditRegions;
import io.regionsnap.domain.doctor.DiagnoseStore;
import io.regionsnap.domain.persist.PersistSnapshots;
import io.regionsnap.domain.read.ReadSnapshots;
import io.regionsnap.domain.repair.RepairRegions;
import io.regionsnap.ports.TransactionalStore;

/** What can be done with an open store. */
@Subcomponent(modules = UseCaseModule.class)
interface UseCases {
  PersistSnapshots persist();

  ReadSnapshots read();

  AuditRegions audit();

  RepairRegions repair();

  DiagnoseStore doctor();

  /** Makes the use cases of a store. */
  @Subcomponent.Factory
  interface Factory {
    UseCases create(@BindsInstance TransactionalStore store, @BindsInstance KeyLayout layout);
  }
}
