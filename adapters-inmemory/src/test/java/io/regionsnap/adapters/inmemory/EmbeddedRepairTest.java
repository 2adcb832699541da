package io.regionsnap.adapters.inmemory;

import io.regionsnap.testkit.MutableClock;
import io.regionsnap.testkit.StoreFixture;
import io.regionsnap.testkit.drift.RepairContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.lifecycle.AfterTry;

/** Audit and repair in a file. */
class EmbeddedRepairTest extends RepairContract {
  private final MutableClock clock = new MutableClock(Instant.parse("2026-08-18T12:00:00Z"));
  private final List<EmbeddedStore> open = new ArrayList<>();
  private final List<Path> folders = new ArrayList<>();

  @Override
  protected StoreFixture fixture() {
    try {
      removeFiles();
      Path folder = Files.createTempDirectory("regionsnap");
      folders.add(folder);
      EmbeddedStore store =
          EmbeddedStore.open(folder.resolve("store"), EmbeddedStore.Options.readWrite(), clock);
      open.add(store);
      return new StoreFixture(store, PlaceRawKeys.of(store, clock), Optional.of(clock));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterTry
  void removeFiles() throws IOException {
    open.forEach(EmbeddedStore::close);
    open.clear();
    for (Path folder : folders) {
      Files.deleteIfExists(folder.resolve("store"));
      Files.delete(folder);
    }
    folders.clear();
  }
}
