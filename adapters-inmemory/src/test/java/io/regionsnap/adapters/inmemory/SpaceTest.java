package io.regionsnap.adapters.inmemory;

import static io.regionsnap.adapters.inmemory.Stores.APPLIED;
import static io.regionsnap.adapters.inmemory.Stores.INDEX;
import static io.regionsnap.adapters.inmemory.Stores.byId;
import static io.regionsnap.adapters.inmemory.Stores.byTime;
import static io.regionsnap.adapters.inmemory.Stores.commit;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.inmemory.EmbeddedStore.Options;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import io.regionsnap.testkit.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The size of a file, against what lives in it. */
final class SpaceTest {
  private static final int BODY_BYTES = 12_000;
  private static final int SNAPSHOTS = 600;
  private static final Duration INTERVAL = Duration.ofHours(6);

  @TempDir
  Path folder = Path.of("replaced");

  private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));

  /**
   * Commits hours apart: by then H2 has let go of what died in between. Its own clock cannot be
   * set, so it is told not to wait.
   */
  private EmbeddedStore open(Path file) {
    EmbeddedStore store = EmbeddedStore.open(file, Options.readWrite(), clock);
    store.session().tamper(open -> {
      open.retain(0);
      return open;
    });
    return store;
  }

  /** One commit call for each snapshot; its views live as long as is said. */
  private void persist(EmbeddedStore store, int from, int count, Duration lifetime) {
    for (int number = from; number < from + count; number++) {
      byte[] bytes = new byte[BODY_BYTES];
      new Random(number).nextBytes(bytes);
      Value body = Value.copyOf(bytes);
      long expiry = clock.millis() + lifetime.toMillis();
      Transaction transaction = new Transaction(
          List.of(),
          List.of(
              new Write.Put(byId(number), body, expiry),
              new Write.Put(byTime(number), body, expiry),
              new Write.Add(INDEX, new IndexEntry("m" + number, clock.millis())),
              new Write.Trim(INDEX, lifetime.toMillis()),
              new Write.PointAtTop(Stores.POINTER, INDEX, lifetime.toMillis())));
      assertThat(commit(store, transaction)).isEqualTo(APPLIED);
      clock.advance(INTERVAL);
    }
  }

  @Test
  void commit_manySnapshots_fileStaysNearWhatLivesInIt() throws IOException {
    Path file = folder.resolve("store");
    try (EmbeddedStore store = open(file)) {
      persist(store, 1, SNAPSHOTS, Duration.ofDays(10_000));
    }
    // The bytes of the bodies, each once, though each is under two keys.
    long live = (long) SNAPSHOTS * BODY_BYTES;
    assertThat(Files.size(file)).isBetween(live, live * 3);
  }

  @Test
  void commit_oldSnapshotsExpire_theirSpaceIsUsedAgainAcrossOpening() throws IOException {
    Path file = folder.resolve("store");
    Duration lifetime = INTERVAL.multipliedBy(100);
    try (EmbeddedStore store = open(file)) {
      persist(store, 1, 200, lifetime);
    }
    long settled = Files.size(file);
    for (int round = 1; round <= 4; round++) {
      try (EmbeddedStore store = open(file)) {
        persist(store, 1 + round * 200, 200, lifetime);
      }
    }
    assertThat(Files.size(file)).isLessThan(settled * 2);
  }
}
