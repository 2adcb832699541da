package io.regionsnap.proof.redis;

import io.regionsnap.proof.report.Fault;
import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.redis.RespError;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes a real server refuse, and asks the server itself how often it did; of permissions, the
 * store. Not thread-safe.
 */
public final class ServerFaults {
  /** What the server answers, by what is wrong with it. */
  private static final Map<Fault, String> ERRORS = Map.of(
      Fault.OUT_OF_MEMORY, "OOM",
      Fault.READ_ONLY, "READONLY",
      Fault.TOO_FEW_REPLICAS, "NOREPLICAS",
      Fault.CANNOT_SAVE, "MISCONF",
      Fault.BUSY, "BUSY",
      Fault.SCRIPTS_FORGOTTEN, "NOSCRIPT",
      Fault.NOT_AUTHENTICATED, "WRONGPASS",
      Fault.QUEUE_REFUSED, "EXECABORT",
      Fault.LOADING, "LOADING");

  private final RedisBench bench;
  private final Refusals store;

  /**
   * Faults of a server.
   *
   * @param bench the server
   * @param store the store, which is refused permissions
   */
  public ServerFaults(RedisBench bench, Refusals store) {
    this.store = store;
    this.bench = bench;
  }

  /**
   * Whether this class knows how to bring a fault about.
   *
   * @param fault the fault
   * @return whether it does
   */
  public static boolean knows(Fault fault) {
    return fault == Fault.NO_PERMISSION || ERRORS.containsKey(fault);
  }

  /**
   * Begins a fault.
   *
   * @param fault one that this class knows
   * @param where a number that stands for the place or the moment
   * @return ends it and says how often the server refused meanwhile
   */
  public Ending begin(Fault fault, int where) {
    RespClient client = bench.client();
    long before = refusals(fault);
    switch (fault) {
      case OUT_OF_MEMORY -> client.call("CONFIG", "SET", "maxmemory", "1");
      case READ_ONLY -> client.call("REPLICAOF", "127.0.0.1", "1");
      case TOO_FEW_REPLICAS -> client.call("CONFIG", "SET", "min-replicas-to-write", "1");
      case CANNOT_SAVE -> failToSave(client);
      case BUSY -> {
        return busy(before);
      }
      case LOADING -> {
        return new SlowStart(bench).begin();
      }
      case SCRIPTS_FORGOTTEN -> client.call("SCRIPT", "FLUSH");
      case NOT_AUTHENTICATED -> new UserFaults(client).changePassword();
      case QUEUE_REFUSED -> new UserFaults(client).refuseInQueue(where);
      default -> new UserFaults(client).forbid(where);
    }
    return () -> {
      end(fault, client);
      return refusals(fault) - before;
    };
  }

  private static void end(Fault fault, RespClient client) {
    switch (fault) {
      case OUT_OF_MEMORY -> client.call("CONFIG", "SET", "maxmemory", "0");
      case READ_ONLY -> client.call("REPLICAOF", "NO", "ONE");
      case TOO_FEW_REPLICAS -> client.call("CONFIG", "SET", "min-replicas-to-write", "0");
      case CANNOT_SAVE -> client.call("CONFIG", "SET", "save", "");
      case NO_PERMISSION, QUEUE_REFUSED -> new UserFaults(client).allow();
      case NOT_AUTHENTICATED -> new UserFaults(client).changePasswordBack();
      default -> {
        // The scripts are known again as soon as they are used.
      }
    }
  }

  /** The dump cannot take the place of a folder that is not empty. */
  private static void failToSave(RespClient client) {
    client.call("CONFIG", "SET", "dbfilename", "appendonlydir");
    if (client.text("INFO", "persistence").contains("rdb_last_bgsave_status:ok")) {
      client.call("BGSAVE");
      Await.until(
          "a dump has failed",
          () -> client.text("INFO", "persistence").contains("rdb_last_bgsave_status:err"));
    }
    client.call("CONFIG", "SET", "save", "3600 1000000");
  }

  private Ending busy(long before) {
    RespClient looping = bench.server().connect();
    looping.send(List.of("EVAL", "while true do end", 0));
    AtomicLong probes = new AtomicLong();
    Await.until("the server is busy", () -> isBusy(probes));
    return () -> {
      bench.client().call("SCRIPT", "KILL");
      Await.until("the server is idle", () -> !isBusy(probes));
      looping.close();
      return refusals(Fault.BUSY) - before - probes.get();
    };
  }

  private boolean isBusy(AtomicLong probes) {
    try {
      bench.client().call("PING");
      return false;
    } catch (RespError e) {
      probes.incrementAndGet();
      return true;
    }
  }

  /** How often the server has refused in this way since it started. */
  private long refusals(Fault fault) {
    if (fault == Fault.NO_PERMISSION) {
      return store.rejected();
    }
    return errors(bench.client(), Objects.requireNonNull(ERRORS.get(fault)));
  }

  /**
   * How often a server has answered with an error since it started, by its own count.
   *
   * @param client a client that may ask
   * @param code what the error begins with
   * @return how often
   */
  public static long errors(RespClient client, String code) {
    String line = "errorstat_" + code + ":count=";
    return client
        .text("INFO", "errorstats")
        .lines()
        .filter(text -> text.startsWith(line))
        .mapToLong(text -> Long.parseLong(text.substring(line.length()).strip()))
        .sum();
  }
}
