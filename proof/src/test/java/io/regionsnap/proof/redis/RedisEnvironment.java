package io.regionsnap.proof.redis;

import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Write;
import io.regionsnap.proof.history.Environment;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.proof.report.Ledger;
import io.regionsnap.proof.report.Tally;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.RawKeys;
import io.regionsnap.testkit.redis.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A store on a real server, on which and on the way to which everything can go wrong. */
public final class RedisEnvironment implements Environment {
  /** What a server is started with, so that it loses nothing and can be made to refuse. */
  public static final List<String> OPTIONS = List.of(
      "--appendonly",
      "yes",
      "--appendfsync",
      "always",
      "--enable-protected-configs",
      "yes",
      "--busy-reply-threshold",
      "20");

  private static final Duration TIMEOUT = Duration.ofMillis(100);

  /** A commit that changes nothing. */
  private static final Transaction NOTHING = new Transaction(
      List.of(new Guard.StoreClockBefore(0)), List.of(new Write.Delete(new Key("nothing"))));

  private final String name;
  private final List<Fault> faults;
  private final boolean warm;
  private final Tally tally;
  private final RedisBench bench;
  private final ServerFaults serverFaults;
  private final WireFaults wireFaults;
  private final Refusals store;

  private RedisEnvironment(
      String name,
      List<Fault> faults,
      Function<RedisBench, TransactionalStore> opening,
      boolean warm) {
    this.name = name;
    this.warm = warm;
    this.tally = warm ? Ledger.of(name) : Ledger.ofNobody();
    this.faults = List.copyOf(faults);
    this.bench = RedisBench.start(OPTIONS.toArray(String[]::new));
    this.wireFaults = new WireFaults(bench, bench.wire());
    this.store = new Refusals(opening.apply(bench));
    this.serverFaults = new ServerFaults(bench, store);
  }

  /**
   * The store in one of its modes.
   *
   * @param mode how it commits
   * @return the environment; to be closed
   */
  public static RedisEnvironment of(CommitMode mode) {
    List<Fault> faults = new ArrayList<>(List.of(
        Fault.CONNECTION_REFUSED,
        Fault.REQUEST_CUT,
        Fault.REQUEST_CUT,
        Fault.ANSWER_CUT,
        Fault.ANSWER_CUT,
        Fault.ANSWER_LATE,
        Fault.REQUEST_LATE,
        Fault.CLIENT_KILLED,
        Fault.OUT_OF_MEMORY,
        Fault.READ_ONLY,
        Fault.TOO_FEW_REPLICAS,
        Fault.CANNOT_SAVE,
        Fault.BUSY,
        Fault.NO_PERMISSION,
        Fault.NOT_AUTHENTICATED,
        Fault.LOADING,
        Fault.SERVER_PAUSED,
        Fault.SERVER_STOPPED,
        Fault.SERVER_KILLED));
    if (mode == CommitMode.SCRIPT) {
      faults.add(Fault.SCRIPTS_FORGOTTEN);
      // A connection delivers nothing twice; something between client and server may. A replayed
      // EXEC has lost its WATCH, so that way of committing is not for such a network.
      faults.add(Fault.REQUEST_TWICE);
    } else {
      faults.add(Fault.QUEUE_REFUSED);
    }
    return new RedisEnvironment(
        RedisBench.name(mode), faults, bench -> bench.open(mode, TIMEOUT), true);
  }

  /**
   * Another store, for the control group.
   *
   * @param name its name in the summary
   * @param faults what can go wrong
   * @param opening opens it
   * @return the environment; to be closed
   */
  public static RedisEnvironment of(
      String name, List<Fault> faults, Function<RedisBench, TransactionalStore> opening) {
    return new RedisEnvironment(name, faults, opening, false);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Tally tally() {
    return tally;
  }

  @Override
  public void clear() {
    bench.wire().breakage().heal();
    bench.wire().release();
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
    return bench.raw();
  }

  @Override
  public List<Fault> faults() {
    return faults;
  }

  @Override
  public Strike strike(Fault fault, int where) {
    // What strikes is to strike a commit; the making of connections is struck often enough.
    if (warm && where % 4 > 0) {
      warm(store);
    }
    Ending ending;
    if (ServerFaults.knows(fault)) {
      ending = serverFaults.begin(fault, where);
    } else {
      ending = wireFaults.begin(fault, where);
    }
    return () -> {
      long struck = ending.end();
      // Whoever has given up waiting has hung up; until the server knows, it may still act.
      bench.wire().cutAll();
      bench.wire().settle();
      return struck;
    };
  }

  /**
   * Waits until a store has a connection.
   *
   * @param store the store
   */
  public static void warm(TransactionalStore store) {
    Await.until(
        "the store has a connection",
        () -> store.commit(List.of(NOTHING)).get(0) instanceof CommitResult.GuardFailed);
  }

  @Override
  public void deliverLate() {
    bench.wire().release();
  }

  @Override
  public void close() {
    store.close();
    bench.close();
  }
}
