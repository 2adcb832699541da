package io.regionsnap.proof.upstash;

import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.history.Environment;
import io.regionsnap.proof.redis.Ending;
import io.regionsnap.proof.redis.RedisEnvironment;
import io.regionsnap.proof.redis.Refusals;
import io.regionsnap.proof.redis.ServerFaults;
import io.regionsnap.proof.redis.WireFaults;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.proof.report.Ledger;
import io.regionsnap.proof.report.Tally;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.RawKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A store over REST: on the way to the REST server, in it, and on the Redis behind it everything
 * can go wrong.
 */
public final class RestEnvironment implements Environment {
  private static final Duration TIMEOUT = Duration.ofMillis(250);

  private final RestBench bench = RestBench.start(RedisEnvironment.OPTIONS.toArray(String[]::new));
  private final ServerFaults serverFaults;
  private final WireFaults wireFaults = new WireFaults(bench.redis(), bench.wire());
  private final RestFaults restFaults = new RestFaults(bench);
  private final List<Fault> faults;
  private final String name;
  private final Refusals store;

  /**
   * The store in one of its modes; to be closed.
   *
   * @param mode how it commits
   */
  public RestEnvironment(CommitMode mode) {
    this.name = bench.nameOf(mode);
    this.faults = new ArrayList<>(RestFaults.ALL);
    faults.addAll(List.of(
        Fault.CONNECTION_REFUSED,
        Fault.REQUEST_CUT,
        Fault.ANSWER_CUT,
        Fault.ANSWER_LATE,
        Fault.CLIENT_KILLED,
        Fault.OUT_OF_MEMORY,
        Fault.READ_ONLY,
        Fault.TOO_FEW_REPLICAS,
        Fault.CANNOT_SAVE,
        Fault.BUSY,
        Fault.NO_PERMISSION,
        Fault.LOADING,
        Fault.SERVER_PAUSED,
        Fault.SERVER_STOPPED,
        Fault.SERVER_KILLED));
    if (mode == CommitMode.MULTI_EXEC) {
      faults.add(Fault.QUEUE_REFUSED);
    } else {
      faults.add(Fault.SCRIPTS_FORGOTTEN);
    }
    this.store = new Refusals(bench.open(mode, TIMEOUT));
    this.serverFaults = new ServerFaults(bench.redis(), store);
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
    bench.wire().breakage().heal();
    bench.wire().release();
    restFaults.deliverLate();
    bench.settle();
    bench.clear();
  }

  @Override
  public TransactionalStore store() {
    return store;
  }

  @Override
  public Map<Key, ObservedKey> keys() {
    return bench.keys();
  }

  @Override
  public RawKeys raw() {
    return bench.redis().raw();
  }

  @Override
  public List<Fault> faults() {
    return faults;
  }

  @Override
  public Strike strike(Fault fault, int where) {
    if (where % 4 > 0) {
      RedisEnvironment.warm(store);
    }
    Ending ending = begin(fault, where);
    return () -> {
      long struck = ending.end();
      bench.wire().cutAll();
      bench.settle();
      return struck;
    };
  }

  private Ending begin(Fault fault, int where) {
    if (RestFaults.ALL.contains(fault)) {
      return restFaults.begin(fault, where);
    } else if (!ServerFaults.knows(fault)) {
      return wireFaults.begin(fault, where);
    }
    long before = bench.server().traffic().requests();
    Ending ending = serverFaults.begin(fault, where);
    // The REST server asks whether a connection lives, and is refused that as well.
    return () -> Math.min(ending.end(), bench.server().traffic().requests() - before);
  }

  @Override
  public void deliverLate() {
    restFaults.deliverLate();
  }

  @Override
  public void close() {
    store.close();
    bench.close();
  }
}
