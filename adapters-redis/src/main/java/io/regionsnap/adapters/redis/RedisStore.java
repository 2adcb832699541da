package io.regionsnap.adapters.redis;

import io.lettuce.core.RedisURI;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.StoreDiagnostics;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.redis.dialect.ErrorReply;
import io.regionsnap.redis.dialect.ScriptAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A store on Redis: one server, a primary behind Sentinels, or a cluster.
 *
 * <p><b>Atomicity.</b> Every transaction is one script call or one watched MULTI/EXEC
 * ({@link CommitMode}), after everything that could fail has been checked. On a cluster its keys
 * must share a slot, by a hash tag in braces; one whose keys do not is rejected.
 *
 * <p><b>Permissions.</b> A user who may run scripts but lacks a command that they write with is
 * refused before anything is written. The script asks the server, every time. Redis before 7.0
 * cannot answer in a script; there the commands are queued and discarded, which takes two round
 * trips on a connection of their own and holds for a second, and a user who may run scripts but not
 * MULTI and DISCARD is refused.
 *
 * <p><b>Results.</b> A commit that could not be sent is {@link StoreRefusal.Unavailable}; one whose
 * answer did not come within the time limit, or whose connection was lost, is
 * {@link CommitResult.InDoubt}. Nothing is ever sent a second time, except where the server said
 * that it had executed nothing (NOSCRIPT, MOVED, ASK, an EXEC called off). What was not confirmed
 * by enough replicas is applied all the same, and the listener is told.
 *
 * <p><b>Connections</b> are made when first needed and again after they were lost; opening a store
 * makes none. Any number of threads use one connection of each node for scripts and reads. In
 * {@link CommitMode#MULTI_EXEC} a call has one connection of its own, and transactions that have no
 * key in common go on side by side on up to seven more of each node, which all calls share: eight
 * regions take two round trips, if nobody else writes them.
 *
 * <p><b>Not promised.</b> In {@link CommitMode#MULTI_EXEC}, that the server's clock has not passed
 * the instant of a {@link io.regionsnap.ports.Guard.StoreClockBefore} between the reads and EXEC.
 * Nor that a key is gone in the very millisecond at which it expires: Redis lets it live through
 * that.
 */
public final class RedisStore implements TransactionalStore, StoreDiagnostics {
  private final Address address;
  private final RedisOptions options;
  private final Wire wire;
  private final Topology topology;
  private final ScriptCommits scripts;
  private final PlainCommits plain;
  private final Reads reads;
  private final Scans scans;
  private final Durability durability;
  private final Diagnostics diagnostics;
  private final AtomicBoolean scriptsRefused = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  private RedisStore(Address address, RedisOptions options, Wire wire, Topology topology) {
    this.address = address;
    this.options = options;
    this.wire = wire;
    this.topology = topology;
    Conversation conversation = new Conversation(topology, options);
    this.scripts = new ScriptCommits(topology, conversation, options);
    this.plain = new PlainCommits(topology, options);
    this.reads = new Reads(topology, conversation);
    this.scans = new Scans(topology, options);
    this.durability = new Durability(options);
    this.diagnostics = new Diagnostics(topology, address.cluster(), options);
  }

  /**
   * Opens a store. Does not connect and does not block: whether the server can be reached is
   * answered by the first call that needs it.
   *
   * @param url {@code redis://[[user]:password@]host[:port][/database]}, {@code rediss://} for TLS,
   *     {@code redis-socket://path}, {@code redis-sentinel://host[,host]?sentinelMasterId=name},
   *     {@code redis-cluster://host[,host]} (or {@code rediss-cluster://}). Before {@code @} are
   *     the credentials of the servers that hold data; those of Sentinels are the parameters
   *     {@code sentinelUser} and {@code sentinelPassword}. All are percent-encoded
   * @param options how to use it
   * @return the store; to be closed
   * @throws IllegalArgumentException if the URL is none of those; the message shows no credentials
   */
  public static RedisStore open(String url, RedisOptions options) {
    Address address = Address.parse(url, options);
    Wire wire = new Wire(options);
    Function<RedisURI, Node> nodes = uri -> new Node(wire, uri, Address.name(uri), options);
    Topology topology = address.cluster()
        ? new ClusterTopology(address.uris(), nodes, options)
        : new SingleTopology(nodes.apply(address.uris().get(0)));
    return new RedisStore(address, options, wire, topology);
  }

  @Override
  public List<CommitResult> commit(List<Transaction> transactions) {
    requireOpen();
    CommitResult[] results = new CommitResult[transactions.size()];
    List<Integer> sendable = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      if (topology.servesTogether(transactions.get(i).kinds().keySet())) {
        sendable.add(i);
      } else {
        results[i] = new CommitResult.NotApplied(
            new StoreRefusal.Rejected("the keys of a transaction must share a slot of the cluster;"
                + " use a key layout with hash tags, such as snapshot:latest:{region}"));
      }
    }
    if (!sendable.isEmpty()) {
      send(transactions, sendable, results);
    }
    return Arrays.stream(results).map(this::explain).toList();
  }

  /** A single server that points elsewhere is a node of a cluster, and always will be. */
  private CommitResult explain(CommitResult result) {
    if (!address.cluster()
        && result instanceof CommitResult.NotApplied notApplied
        && notApplied.reason() instanceof StoreRefusal.Unavailable unavailable
        && ErrorReply.of(unavailable.message()) == ErrorReply.MOVED) {
      return new CommitResult.NotApplied(
          new StoreRefusal.Rejected("the server is a node of a cluster; use redis-cluster:// ("
              + unavailable.message() + ")"));
    }
    return result;
  }

  private void send(List<Transaction> transactions, List<Integer> places, CommitResult[] results) {
    boolean byScript = mayUseScripts();
    boolean ownLines = !byScript || options.durableReplicas() > 0;
    List<Integer> left = places;
    if (byScript) {
      try (Lines lines = ownLines ? new Lines.Own() : Lines.shared()) {
        left = sendScripts(transactions, places, results, lines);
        durability.await(lines.own(), results);
      }
    }
    if (!left.isEmpty()) {
      try (Lanes lanes = new Lanes()) {
        List<CommitResult> plainly =
            plain.commit(left.stream().map(transactions::get).toList(), lanes);
        for (int i = 0; i < left.size(); i++) {
          results[left.get(i)] = plainly.get(i);
        }
        durability.await(lanes.lines(), results);
      }
    }
  }

  /** Sends scripts, and returns the places of those that plain commands have to do. */
  private List<Integer> sendScripts(
      List<Transaction> transactions, List<Integer> places, CommitResult[] results, Lines lines) {
    List<ScriptAnswer> answers =
        scripts.commit(places.stream().map(transactions::get).toList(), lines);
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      int place = places.get(i);
      if (answers.get(i) instanceof ScriptAnswer.Decided decided) {
        results[place] = decided.result();
      } else {
        String message = ((ScriptAnswer.Refused) answers.get(i)).message();
        results[place] = new CommitResult.NotApplied(new StoreRefusal.Rejected(message));
        if (options.mode() == CommitMode.AUTO) {
          left.add(place);
          rememberRefusal(message);
        }
      }
    }
    return left;
  }

  private boolean mayUseScripts() {
    return options.mode() == CommitMode.SCRIPT
        || (options.mode() == CommitMode.AUTO && !scriptsRefused.get());
  }

  private void rememberRefusal(String message) {
    if (scriptsRefused.compareAndSet(false, true)) {
      Durability.tell(() -> options.listener().scriptsRefused(message));
    }
  }

  @Override
  public <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
    requireOpen();
    return reads.read(queries, mayUseScripts());
  }

  @Override
  public ReadResult<ScanPage> scan(Scan scan) {
    requireOpen();
    return scans.scan(scan);
  }

  /** Both ways are strict. They do not wait for replicas. */
  @Override
  public List<CommitWay> commitWays() {
    List<CommitMode> modes = options.mode() == CommitMode.AUTO
        ? List.of(CommitMode.SCRIPT, CommitMode.MULTI_EXEC)
        : List.of(options.mode());
    return modes.stream()
        .map(mode -> new CommitWay(
            mode == CommitMode.SCRIPT ? "script" : "multi-exec",
            new RedisStore(address, options.withMode(mode).withDurableReplicas(0), wire, topology),
            ""))
        .toList();
  }

  @Override
  public List<Check> check(List<KeyGroup> groups) {
    requireOpen();
    return diagnostics.check(groups);
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the store " + address.label() + " is closed");
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      topology.close();
      wire.close();
    }
  }

  /** Where the store is and how it commits; never a user or a password. */
  @Override
  public String toString() {
    return "RedisStore[" + address.label() + ", " + options.mode() + "]";
  }
}
