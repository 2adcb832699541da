package io.regionsnap.adapters.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.regionsnap.adapters.inmemory.EmbeddedStore.Options;
import io.regionsnap.adapters.inmemory.EmbeddedStoreException.Reason;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Snapshots in small: what the tests of files write, and how they look at it. */
final class Stores {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-08-18T12:00:00Z"));
  static final CommitResult APPLIED = new CommitResult.Applied();
  static final Key INDEX = new Key("index");
  static final Key POINTER = new Key("latest");

  private Stores() {}

  static EmbeddedStore open(Path file) {
    return EmbeddedStore.open(file, Options.readWrite(), CLOCK);
  }

  static EmbeddedStore openToRead(Path file) {
    return EmbeddedStore.open(file, Options.toRead(), CLOCK);
  }

  static long later() {
    return CLOCK.millis() + 1_000_000_000;
  }

  /** The bytes of snapshot n, of a size above or below what is kept with its key. */
  static Value body(int number) {
    byte[] bytes = new byte[number % 3 == 0 ? 100 : 6_000];
    new Random(number).nextBytes(bytes);
    return Value.copyOf(bytes);
  }

  static Key byId(int number) {
    return new Key("id:" + number);
  }

  static Key byTime(int number) {
    return new Key("ts:" + number);
  }

  /** Puts snapshot n under two keys, into the index and, being the newest, under the pointer. */
  static Transaction persist(int number) {
    Value body = body(number);
    return new Transaction(
        List.of(),
        List.of(
            new Write.Put(byId(number), body, later()),
            new Write.Put(byTime(number), body, later()),
            new Write.Add(INDEX, new IndexEntry("m" + number, number)),
            new Write.PointAtTop(POINTER, INDEX, later())));
  }

  static CommitResult commit(TransactionalStore store, Transaction transaction) {
    return store.commit(List.of(transaction)).get(0);
  }

  static <T> ReadResult<T> read(TransactionalStore store, Query<T> query) {
    return store.read(List.of(query)).get(0);
  }

  static ReadResult<Value> get(TransactionalStore store, Key key) {
    return read(store, new Query.Get(key));
  }

  static boolean has(TransactionalStore store, int number) {
    return get(store, byId(number)).equals(new ReadResult.Found<>(body(number)));
  }

  static void fill(Path file, int snapshots) {
    try (EmbeddedStore store = open(file)) {
      for (int i = 1; i <= snapshots; i++) {
        assertThat(commit(store, persist(i))).isEqualTo(APPLIED);
      }
    }
  }

  static void assertRefused(Reason reason, Path file, ThrowingCallable opening) {
    assertThatExceptionOfType(EmbeddedStoreException.class).isThrownBy(opening).satisfies(e -> {
      assertThat(e.reason()).isEqualTo(reason);
      assertThat(e).hasMessageContaining(file.getFileName().toString());
    });
  }
}
