package io.regionsnap.proof.controls;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Observation;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import io.regionsnap.proof.redis.RedisBench;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.redis.RespError;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the stores of the control group have in common: they read well. Used by many threads. */
abstract class ControlStore implements TransactionalStore {
  private final RedisBench bench;
  private final TransactionalStore reading;
  private @Nullable RespClient client;

  ControlStore(RedisBench bench) {
    this.bench = bench;
    this.reading = bench.open(CommitMode.SCRIPT, Duration.ofMillis(500));
  }

  /** Commits in the way that is wrong. */
  abstract CommitResult commit(RespClient connection, Transaction transaction);

  @Override
  public final synchronized List<CommitResult> commit(List<Transaction> transactions) {
    return transactions.stream().map(this::commit).toList();
  }

  /** Somebody holds the claim; whether what they claimed is stored is not asked. */
  static CommitResult duplicate(Transaction transaction, Key claim, Value holder) {
    List<Guard> guards = transaction.guards();
    for (int i = 0; i < guards.size(); i++) {
      if (guards.get(i) instanceof Guard.Absent
          || (guards.get(i) instanceof Guard.AbsentOrEqual guard && guard.key().equals(claim))) {
        return new CommitResult.GuardFailed(i, Observation.Held.of(holder));
      }
    }
    return new CommitResult.NotApplied(new StoreRefusal.Rejected("duplicate-bucket"));
  }

  private CommitResult commit(Transaction transaction) {
    RespClient connection;
    try {
      connection = client == null ? bench.connectOverWire() : client;
    } catch (UncheckedIOException | RespError e) {
      return new CommitResult.NotApplied(new StoreRefusal.Unavailable(e.toString()));
    }
    client = connection;
    try {
      return commit(connection, transaction);
    } catch (UncheckedIOException e) {
      connection.close();
      client = null;
      return new CommitResult.InDoubt(e.toString());
    }
  }

  @Override
  public final <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
    return reading.read(queries);
  }

  @Override
  public final ReadResult<ScanPage> scan(Scan scan) {
    return reading.scan(scan);
  }

  @Override
  public final synchronized void close() {
    reading.close();
    if (client != null) {
      client.close();
    }
  }
}
