package io.regionsnap.adapters.redis;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import io.regionsnap.redis.dialect.CommitMode;
import java.time.Duration;
import java.util.List;

/** Short ways to say things, and small transactions of two keys that must stay together. */
final class Small {
  static final CommitResult APPLIED = new CommitResult.Applied();

  private Small() {}

  static RedisOptions options(CommitMode mode) {
    return RedisOptions.defaults()
        .withMode(mode)
        .withTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(3));
  }

  static Key body(String tag, int number) {
    return new Key("small:{" + tag + "}:" + number);
  }

  static Key index(String tag) {
    return new Key("small:{" + tag + "}:index");
  }

  /** A body and its index member, once. */
  static Transaction put(String tag, int number) {
    Key body = body(tag, number);
    return new Transaction(
        List.of(new Guard.Absent(body)),
        List.of(
            new Write.Put(body, Value.utf8("body " + number), 4_000_000_000_000L),
            new Write.Add(index(tag), new IndexEntry("m" + number, number))));
  }

  static CommitResult commit(TransactionalStore store, Transaction transaction) {
    return store.commit(List.of(transaction)).get(0);
  }

  static CommitResult commit(TransactionalStore store, int number) {
    return commit(store, put("t", number));
  }

  static ReadResult<Value> get(TransactionalStore store, Key key) {
    return store.read(List.of(new Query.Get(key))).get(0);
  }

  static boolean isRejected(CommitResult result) {
    return result instanceof CommitResult.NotApplied notApplied
        && notApplied.reason() instanceof StoreRefusal.Rejected;
  }

  static boolean isUnavailable(CommitResult result) {
    return result instanceof CommitResult.NotApplied notApplied
        && notApplied.reason() instanceof StoreRefusal.Unavailable;
  }
}
