package io.regionsnap.proof.history;

import io.regionsnap.adapters.inmemory.FaultyDisk;
import io.regionsnap.adapters.inmemory.Stages;
import io.regionsnap.adapters.inmemory.Stages.CloseableStage;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.proof.report.Ledger;
import io.regionsnap.proof.report.Tally;
import io.regionsnap.testkit.RawKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A store in this process, in memory or in a file on a disk that fails. */
public final class LocalEnvironment implements Environment {
  private final String name;
  private final List<Fault> faults;
  private final Supplier<CloseableStage> opening;
  private final Runnable end;
  private final FlakyStore flaky = new FlakyStore(() -> this.stage().store());
  private CloseableStage stage;

  private LocalEnvironment(
      String name, List<Fault> faults, Supplier<CloseableStage> opening, Runnable end) {
    this.name = name;
    this.faults = List.copyOf(faults);
    this.opening = opening;
    this.end = end;
    this.stage = opening.get();
  }

  /**
   * The store in memory.
   *
   * @return the environment; to be closed
   */
  public static LocalEnvironment inMemory() {
    return new LocalEnvironment(
        "memory", FlakyStore.FAULTS, () -> Stages.inMemory(InstantSource.system()), () -> {});
  }

  /**
   * The store in a file.
   *
   * @return the environment; to be closed
   */
  public static LocalEnvironment embedded() {
    List<Fault> faults = new ArrayList<>(FlakyStore.FAULTS);
    faults.addAll(List.of(Fault.DISK_FAILED, Fault.DISK_FAILED, Fault.DISK_FAILED, Fault.REOPENED));
    try {
      Path folder = Files.createTempDirectory("regionsnap");
      Path file = folder.resolve("store");
      return new LocalEnvironment(
          "embedded",
          faults,
          () -> {
            delete(file);
            return Stages.embeddedOnFaultyDisk(file, InstantSource.system());
          },
          () -> {
            delete(file);
            delete(folder);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CloseableStage stage() {
    return stage;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Tally tally() {
    return Ledger.of(name);
  }

  @Override
  public void clear() {
    FaultyDisk.heal();
    flaky.forget();
    stage.close();
    stage = opening.get();
  }

  @Override
  public TransactionalStore store() {
    return flaky;
  }

  @Override
  public Map<Key, ObservedKey> keys() {
    return stage.rawKeys().readAll();
  }

  @Override
  public RawKeys raw() {
    return stage.rawKeys();
  }

  @Override
  public List<Fault> faults() {
    return faults;
  }

  @Override
  public Strike strike(Fault fault, int where) {
    if (fault == Fault.REOPENED) {
      stage.reopen();
      return () -> 1;
    } else if (fault == Fault.DISK_FAILED) {
      return failDisk(1 + where % 5, where % 2 == 0, where % 3 == 0);
    }
    flaky.begin(fault, 1 + where % 3);
    return new Strike() {
      @Override
      public long end() {
        return flaky.end();
      }

      @Override
      public boolean blindsObserver() {
        return false;
      }
    };
  }

  private Strike failDisk(int change, boolean once, boolean writesHalf) {
    if (once) {
      FaultyDisk.failOnce(change, writesHalf);
    } else {
      FaultyDisk.failFrom(change, writesHalf);
    }
    return () -> {
      boolean hurt = FaultyDisk.wasHurt();
      FaultyDisk.heal();
      if (hurt) {
        stage.reopen();
      }
      return hurt ? 1 : 0;
    };
  }

  @Override
  public void deliverLate() {
    flaky.deliver();
  }

  @Override
  public void close() {
    stage.close();
    end.run();
  }
}
