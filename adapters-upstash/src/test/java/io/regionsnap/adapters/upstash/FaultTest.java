package io.regionsnap.adapters.upstash;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.RegionInvariants;
import io.regionsnap.domain.invariants.RegionState;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.domain.persist.PersistSnapshots;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.SnapshotDocuments;
import io.regionsnap.testkit.rest.Fault;
import io.regionsnap.testkit.rest.Gate;
import io.regionsnap.testkit.rest.RestReply;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault at every request of a commit: what is reported is true, the region is whole whether
 * the fault is over or not, and trying again ends in exactly one snapshot.
 */
class FaultTest extends RestTest {
  private static final Region REGION = new Region("mena");
  private static final KeyLayout LAYOUT = KeyLayout.WORLDMONITOR;
  private static final Policy POLICY = Policy.DEFAULT;
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(400);

  /** What a commit is told when the fault meets the request that writes. */
  enum Told {
    APPLIED,
    NOT_APPLIED,
    IN_DOUBT
  }

  /** A fault. */
  record Cell(String name, Supplier<Fault> fault, Told told) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Cell cell(String name, Told told, Supplier<Fault> fault) {
    return new Cell(name, fault, told);
  }

  private static RestReply html(int status) {
    return RestReply.text(status, "<html>something in between</html>");
  }

  private static RestReply error(int status, String message) {
    return RestReply.json(status, "{\"error\":\"" + message + "\"}");
  }

  private static RestReply firstHalf(RestReply reply) {
    byte[] body = reply.body().toByteArray();
    return reply.withBody(Value.copyOf(java.util.Arrays.copyOf(body, body.length / 2)));
  }

  private static RestReply wrapped(RestReply reply) {
    return reply.withBody(Value.utf8("{\"result\":" + reply.body().asUtf8() + "}"));
  }

  static List<Cell> cells() {
    return List.of(
        cell("cut within the request", Told.IN_DOUBT, () -> Fault.cutRequestAfter(300)),
        cell("cut before forwarding", Told.IN_DOUBT, Fault::cutBeforeForwarding),
        cell("cut after forwarding", Told.IN_DOUBT, Fault::cutAfterForwarding),
        cell("cut within the head of the reply", Told.IN_DOUBT, () -> Fault.cutReplyAfter(20)),
        cell("cut within the body of the reply", Told.IN_DOUBT, () -> Fault.cutReplyAfter(120)),
        cell("500 without having run", Told.IN_DOUBT, () -> Fault.answerInstead(html(500))),
        cell("500 having run", Told.IN_DOUBT, () -> Fault.answerAfterForwarding(html(500))),
        cell(
            "500, empty, having run",
            Told.IN_DOUBT,
            () -> Fault.answerAfterForwarding(RestReply.text(500, ""))),
        cell("502 having run", Told.IN_DOUBT, () -> Fault.answerAfterForwarding(html(502))),
        cell("503 without having run", Told.IN_DOUBT, () -> Fault.answerInstead(html(503))),
        cell("504 having run", Told.IN_DOUBT, () -> Fault.answerAfterForwarding(html(504))),
        cell("429", Told.NOT_APPLIED, () -> Fault.answerInstead(error(429, "slow down"))),
        cell("401", Told.NOT_APPLIED, () -> Fault.answerInstead(error(401, "WRONGPASS invalid"))),
        cell("403", Told.NOT_APPLIED, () -> Fault.answerInstead(html(403))),
        cell("413", Told.NOT_APPLIED, () -> Fault.answerInstead(html(413))),
        cell("404", Told.NOT_APPLIED, () -> Fault.answerInstead(html(404))),
        cell(
            "discarded",
            Told.NOT_APPLIED,
            () -> Fault.answerInstead(
                error(400, "EXECABORT Transaction discarded because of previous errors."))),
        cell(
            "discarded with 200",
            Told.NOT_APPLIED,
            () -> Fault.answerInstead(error(200, "ERR max daily request limit exceeded"))),
        cell("hang without having run", Told.IN_DOUBT, Fault::hangBeforeForwarding),
        cell("hang having run", Told.IN_DOUBT, Fault::hangAfterForwarding),
        cell("half a reply", Told.IN_DOUBT, () -> Fault.rewrite(FaultTest::firstHalf)),
        cell("a reply of another shape", Told.IN_DOUBT, () -> Fault.rewrite(FaultTest::wrapped)),
        cell(
            "an empty reply",
            Told.IN_DOUBT,
            () -> Fault.rewrite(reply -> reply.withBody(Value.utf8("")))),
        cell("a page instead of a reply", Told.IN_DOUBT, () -> Fault.rewrite(reply -> html(200))),
        cell(
            "one reply too few",
            Told.IN_DOUBT,
            () -> Fault.rewrite(reply -> reply.withBody(Value.utf8("[{\"result\":\"OK\"}]")))));
  }

  static Stream<Arguments> everyCellAtEveryRequest() {
    return cells().stream()
        .flatMap(cell -> Stream.of(
            Arguments.of(cell, CommitMode.SCRIPT, 1),
            Arguments.of(cell, CommitMode.MULTI_EXEC, 1),
            Arguments.of(cell, CommitMode.MULTI_EXEC, 2)));
  }

  private static Snapshot snapshot(int number) {
    return SnapshotDocuments.snapshot(
        "mena",
        "s" + number,
        CLOCK.millis() / 900_000 * 900_000 - 3_600_000 + number * 900_000L,
        "scheduled_6h",
        "content");
  }

  private static UpstashOptions options(CommitMode mode, Duration limit) {
    return UpstashOptions.defaults().withMode(mode).withTimeouts(LONG, limit, limit);
  }

  private static PersistSnapshots persister(TransactionalStore store) {
    RetryPolicy policy =
        new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30));
    return new PersistSnapshots(
        store, LAYOUT, POLICY, SnapshotDocuments.PARSER, policy, CLOCK, pause -> {});
  }

  /** However often a slow machine made the client give up waiting on the way. */
  private static void assertPersisted(PersistSnapshots persister, Snapshot snapshot) {
    assertThat(persister.persist(List.of(snapshot)).get(0))
        .isInstanceOfAny(PersistOutcome.Persisted.class, PersistOutcome.AlreadyPersisted.class);
  }

  private static void assertWhole(Map<Key, ObservedKey> keys) {
    RegionState state =
        RegionState.of(REGION, LAYOUT, SnapshotDocuments.PARSER, keys, CLOCK.millis());
    assertThat(new RegionInvariants(LAYOUT, POLICY, SnapshotDocuments.PARSER).violations(state))
        .isEmpty();
  }

  private static boolean isThere(Snapshot snapshot, Map<Key, ObservedKey> keys) {
    return keys.containsKey(LAYOUT.idView(snapshot.region(), snapshot.id()));
  }

  /** Looks at the keys after each commit: what was reported is what is there. */
  private static final class Witness implements TransactionalStore {
    private final TransactionalStore store;
    private final Snapshot snapshot;
    final List<Told> told = new ArrayList<>();

    Witness(TransactionalStore store, Snapshot snapshot) {
      this.store = store;
      this.snapshot = snapshot;
    }

    @Override
    public List<CommitResult> commit(List<Transaction> transactions) {
      boolean before = isThere(snapshot, raw.readAll());
      List<CommitResult> results = store.commit(transactions);
      Map<Key, ObservedKey> after = raw.readAll();
      assertWhole(after);
      told.add(results
          .get(0)
          .match(
              () -> {
                assertThat(isThere(snapshot, after)).isTrue();
                return Told.APPLIED;
              },
              failed -> {
                assertThat(before).isTrue();
                return Told.NOT_APPLIED;
              },
              refused -> {
                assertThat(isThere(snapshot, after)).isEqualTo(before);
                return Told.NOT_APPLIED;
              },
              doubt -> Told.IN_DOUBT,
              torn -> {
                throw new AssertionError("torn: " + torn);
              }));
      return results;
    }

    @Override
    public <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
      return store.read(queries);
    }

    @Override
    public ReadResult<ScanPage> scan(Scan scan) {
      return store.scan(scan);
    }

    @Override
    public void close() {
      store.close();
    }
  }

  @ParameterizedTest
  @MethodSource("everyCellAtEveryRequest")
  void persist_faultAtARequest_whatIsReportedIsTrueAndTryingAgainSettlesIt(
      Cell cell, CommitMode mode, int request) {
    Snapshot snapshot = snapshot(1);
    Duration limit = cell.name().startsWith("hang") ? SHORT : LONG;
    boolean writes = mode == CommitMode.SCRIPT || request == 2;
    try (Witness store = new Witness(open(options(mode, limit)), snapshot)) {
      PersistSnapshots persister = persister(store);
      server.faults().nth(request, cell.fault().get());
      PersistOutcome outcome = persister.persist(List.of(snapshot)).get(0);
      assertThat(store.told.get(0)).isEqualTo(writes ? cell.told() : Told.NOT_APPLIED);
      if (outcome instanceof PersistOutcome.Refused) {
        assertThat(cell.told()).isEqualTo(Told.NOT_APPLIED);
        outcome = persister.persist(List.of(snapshot)).get(0);
      }
      assertThat(outcome)
          .isInstanceOfAny(PersistOutcome.Persisted.class, PersistOutcome.AlreadyPersisted.class);
      assertThat(persister.persist(List.of(snapshot)).get(0))
          .isEqualTo(new PersistOutcome.AlreadyPersisted());
    }
    // Both views, the pointer, the index, the claim.
    assertThat(raw.readAll()).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void persist_connectionRefused_isNotAppliedAndTriedAgain(CommitMode mode) {
    Snapshot snapshot = snapshot(1);
    try (Witness store = new Witness(open(options(mode, LONG)), snapshot)) {
      server.refuseConnections();
      PersistSnapshots persister = new PersistSnapshots(
          store,
          LAYOUT,
          POLICY,
          SnapshotDocuments.PARSER,
          RetryPolicy.DEFAULT,
          CLOCK,
          pause -> server.acceptConnections());
      assertThat(persister.persist(List.of(snapshot)).get(0))
          .isEqualTo(new PersistOutcome.Persisted());
      assertThat(store.told).containsExactly(Told.NOT_APPLIED, Told.APPLIED);
    }
  }

  /** The network delivers a request again when a newer run has its snapshot and its live key. */
  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void duplicateLate_afterANewerRun_changesNothing(CommitMode mode) throws Exception {
    Gate gate = new Gate();
    try (UpstashStore store = open(options(mode, LONG))) {
      // The last write of the first run: plainly, its two snapshots take two requests each.
      server.faults().nth(mode == CommitMode.SCRIPT ? 1 : 4, Fault.duplicateLate(gate));
      PersistSnapshots persister = persister(store);
      assertThat(persister.persist(List.of(snapshot(1), snapshot(2))))
          .containsOnly(new PersistOutcome.Persisted());
      assertThat(persister.persist(List.of(snapshot(3))).get(0))
          .isEqualTo(new PersistOutcome.Persisted());
      raw.putValue(LAYOUT.live(REGION), Value.utf8("live"), OptionalLong.of(4_000_000_000_000L));
      var before = raw.readAll();
      gate.awaitReached();
      gate.openAndAwait();
      assertThat(raw.readAll()).isEqualTo(before);
      assertWhole(before);
    }
  }

  /** The client gives up waiting, tries again, and a newer run follows; then the first arrives. */
  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void deliveredLate_afterANewerRun_changesNothing(CommitMode mode) throws Exception {
    Gate gate = new Gate();
    try (UpstashStore store = open(options(mode, SHORT))) {
      server.faults().nth(mode == CommitMode.SCRIPT ? 1 : 2, Fault.deliverLate(gate));
      assertPersisted(persister(store), snapshot(1));
      gate.awaitReached();
    }
    try (UpstashStore store = open(options(mode, LONG))) {
      assertThat(persister(store).persist(List.of(snapshot(2))).get(0))
          .isEqualTo(new PersistOutcome.Persisted());
      raw.putValue(LAYOUT.live(REGION), Value.utf8("live"), OptionalLong.of(4_000_000_000_000L));
      var before = raw.readAll();
      gate.openAndAwait();
      assertThat(raw.readAll()).isEqualTo(before);
      assertWhole(before);
    }
  }

  /** What another snapshot can take from one whose outcome is unknown. */
  enum Taken {
    ID {
      @Override
      Snapshot from(Snapshot first) {
        return SnapshotDocuments.snapshot(
            "mena", first.id().text(), first.generatedAtMillis() + 1, "scheduled_6h", "other");
      }
    },
    INSTANT {
      @Override
      Snapshot from(Snapshot first) {
        return SnapshotDocuments.snapshot(
            "mena", "other", first.generatedAtMillis(), "regime_shift", "other");
      }
    },
    BUCKET {
      @Override
      Snapshot from(Snapshot first) {
        return SnapshotDocuments.snapshot(
            "mena", "other", first.generatedAtMillis() + 1, "scheduled_6h", "other");
      }
    };

    abstract Snapshot from(Snapshot first);
  }

  static Stream<Arguments> everythingTakenInBothModes() {
    return Stream.of(Taken.values())
        .flatMap(taken -> Stream.of(
            Arguments.of(taken, CommitMode.SCRIPT), Arguments.of(taken, CommitMode.MULTI_EXEC)));
  }

  /** The client gives up for good, and another snapshot is first to take what the first needs. */
  @ParameterizedTest
  @MethodSource("everythingTakenInBothModes")
  void deliveredLate_afterAnotherTookItsPlace_changesNothing(Taken taken, CommitMode mode)
      throws Exception {
    Gate gate = new Gate();
    Snapshot first = snapshot(1);
    try (UpstashStore store = open(options(mode, SHORT))) {
      server.faults().nth(mode == CommitMode.SCRIPT ? 1 : 2, Fault.deliverLate(gate));
      PersistSnapshots once = new PersistSnapshots(
          store,
          LAYOUT,
          POLICY,
          SnapshotDocuments.PARSER,
          new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1)),
          CLOCK,
          pause -> {});
      assertThat(once.persist(List.of(first)).get(0)).isInstanceOf(PersistOutcome.Unknown.class);
      gate.awaitReached();
      PersistSnapshots persister = persister(store);
      assertPersisted(persister, taken.from(first));
      assertThat(persister.persist(List.of(first)).get(0))
          .isInstanceOfAny(PersistOutcome.Refused.class, PersistOutcome.Duplicate.class);
      var before = raw.readAll();
      gate.openAndAwait();
      assertThat(raw.readAll()).isEqualTo(before);
      assertWhole(before);
    }
  }

  /** Reads that come again put the fence up again, for commands that will not come again. */
  @Test
  void duplicateLate_ofTheReads_leavesNothingButAFence() throws Exception {
    Gate gate = new Gate();
    try (UpstashStore store = open(options(CommitMode.MULTI_EXEC, LONG))) {
      server.faults().nth(1, Fault.duplicateLate(gate));
      PersistSnapshots persister = persister(store);
      assertThat(persister.persist(List.of(snapshot(1), snapshot(2))))
          .containsOnly(new PersistOutcome.Persisted());
      var before = raw.readAll();
      gate.awaitReached();
      gate.openAndAwait();
      var after = raw.readAll();
      after.keySet().removeIf(key -> key.name().contains(":fence:"));
      assertThat(after).isEqualTo(before);
    }
  }

  /** Nothing is tried again, and nothing is cleared up, where all goes well. */
  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void snapshotAfterSnapshot_takesNoMoreRequestsThanTheFirst(CommitMode mode) {
    try (UpstashStore store = open(options(mode, LONG))) {
      PersistSnapshots persister = persister(store);
      for (int i = 1; i <= 3; i++) {
        var before = server.traffic();
        assertThat(persister.persist(List.of(snapshot(i))).get(0))
            .isEqualTo(new PersistOutcome.Persisted());
        assertThat(server.traffic().since(before).requests())
            .isEqualTo(mode == CommitMode.SCRIPT ? 1 : 2);
      }
    }
  }
}
