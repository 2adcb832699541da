package io.regionsnap.domain.doctor;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Whether a store answers, how soon, and whether it names its keys. */
final class Reach {
  private static final int MEASURED = 5;
  private static final double NANOS_PER_MILLI = 1e6;

  /** Longer than to the other side of the world and back. */
  private static final double SLOW_MILLIS = 500;

  private final TransactionalStore store;
  private final Key key;
  private final LongSupplier nanoTime;

  /** @param key one that does not exist */
  Reach(TransactionalStore store, Key key, LongSupplier nanoTime) {
    this.store = store;
    this.key = key;
    this.nanoTime = nanoTime;
  }

  /** Two checks; only the first, if the store cannot be read. */
  List<Check> checks() {
    // The first one also connects, and is not measured.
    Optional<Check> against = unreadable();
    List<Double> millis = new ArrayList<>();
    while (against.isEmpty() && millis.size() < MEASURED) {
      long before = nanoTime.getAsLong();
      against = unreadable();
      millis.add((nanoTime.getAsLong() - before) / NANOS_PER_MILLI);
    }
    return against
        .map(List::of)
        .orElseGet(() -> List.of(Check.pass("reach", "the store answers"), latency(millis)));
  }

  private Optional<Check> unreadable() {
    ReadResult<Value> result = store.read(List.of(new Query.Get(key))).get(0);
    return result instanceof ReadResult.Unreadable<Value> unreadable
        ? Optional.of(Check.fail(
            "reach",
            unreadable.message(),
            "put right what the store says, or check the address, the network, and the user and"
                + " password or token; nothing else was tried"))
        : Optional.empty();
  }

  private static Check latency(List<Double> millis) {
    double median = millis.stream().sorted().skip(MEASURED / 2).findFirst().orElseThrow();
    String seen =
        String.format(Locale.ROOT, "%.2f ms for a read, the median of %d", median, MEASURED);
    return median <= SLOW_MILLIS
        ? Check.pass("latency", seen)
        : Check.warn(
            "latency",
            seen,
            "run nearer to the store, or raise the time limit: a commit takes as long, or twice");
  }

  /** One page: to find something by its name takes as long as there are keys. */
  Check scan(String prefix) {
    ReadResult<ScanPage> result = store.scan(new Scan(prefix, "", Optional.empty(), 1000));
    return result instanceof ReadResult.Unreadable<ScanPage> unreadable
        ? Check.warn(
            "scan",
            unreadable.message(),
            "name regions on the command line, or give this user or token SCAN: to find regions, and"
                + " views that no index names, needs the names of keys")
        : Check.pass("scan", "keys can be found by their names");
  }
}
