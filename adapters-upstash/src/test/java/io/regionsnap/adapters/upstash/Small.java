package io.regionsnap.adapters.upstash;

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

  static UpstashOptions options(CommitMode mode) {
    Duration limit = Duration.ofSeconds(10);
    return UpstashOptions.defaults().withMode(mode).withTimeouts(limit, limit, limit);
  }

  static Key body(String tag, int number) {
    return new Key("small:{" + tag + "}:" + number);
  }

  static Key index(String tag) {
    return new Key("small:{" + tag + "}:index");
  }

  /** A body and its index member, once. */
  static Transaction put(String tag, int number, String content) {
    Key body = body(tag, number);
    return new Transaction(
        List.of(new Guard.Absent(body)),
        List.of(
            new Write.Put(body, Value.utf8(content), 4_000_000_000_000L),
            new Write.Add(index(tag), new IndexEntry("m" + number, number))));
  }

  static Transaction put(String tag, int number) {
    return put(tag, number, "body " + number);
  }

  static CommitResult commit(TransactionalStore store, int number) {
    return store.commit(List.of(put("t", number))).get(0);
  }

  static ReadResult<Value> get(TransactionalStore store, Key key) {
    return store.read(List.of(new Query.Get(key))).get(0);
  }

  /** What a refusal says, with its kind before it; the class of any other result. */
  static String text(CommitResult result) {
    return result instanceof CommitResult.NotApplied notApplied
        ? notApplied
            .reason()
            .match(
                wrong -> "wrong kind: " + wrong.key(),
                unavailable -> "unavailable: " + unavailable.message(),
                rejected -> "rejected: " + rejected.message())
        : result.toString();
  }

  static boolean isUnavailable(CommitResult result) {
    return result instanceof CommitResult.NotApplied notApplied
        && notApplied.reason() instanceof StoreRefusal.Unavailable;
  }

  static String text(ReadResult<?> result) {
    return result instanceof ReadResult.Unreadable<?> unreadable
        ? "unreadable: " + unreadable.message()
        : result.toString();
  }
}
