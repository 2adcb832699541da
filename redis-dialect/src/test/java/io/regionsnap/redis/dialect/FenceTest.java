package io.regionsnap.redis.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import io.regionsnap.redis.dialect.PlainTransaction.Go;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands that are bound to a fence: what they do without it, and what their prefixes show. */
@SuppressWarnings("NullAway.Init")
class FenceTest {
  private static final long LATER = 4_000_000_000_000L;
  private static final Key INDEX = new Key("{t}:index");
  private static final Key EMPTY = new Key("{t}:no-index");
  private static final Key VALUE = new Key("{t}:value");
  private static final Key LIST = new Key("{t}:list");
  private static final Key ASIDE = new Key("{t}:aside");
  private static final Key NEW = new Key("{t}:new");

  /** Samples that change a key twice. */
  private static final Set<String> STEPWISE =
      Set.of("two indexes in turn", "a list moved over a value, and its key used");

  private static RedisServer server;
  private static RespClient client;

  /** A transaction, and its name. */
  record Sample(String name, Transaction transaction) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void connect() {
    server = SharedServer.usual();
    client = server.connect();
  }

  @AfterAll
  static void disconnect() {
    client.close();
  }

  @BeforeEach
  void clear() {
    client.call("FLUSHALL");
    fill();
  }

  /** Leaves fences where they are. */
  private static void fill() {
    keys().keySet().stream()
        .filter(key -> !key.contains(":fence:"))
        .forEach(key -> client.call("DEL", key));
    client.call("ZADD", INDEX, 1, "one", 2, "two");
    client.call("PEXPIREAT", INDEX, LATER - 1);
    client.call("SET", VALUE, "old", "PXAT", LATER - 2);
    client.call("RPUSH", LIST, "a", "b");
  }

  private static Sample sample(String name, Write... writes) {
    return new Sample(name, new Transaction(List.of(), List.of(writes)));
  }

  static List<Sample> samples() {
    Value body = Value.utf8("body");
    return List.of(
        sample(
            "a snapshot",
            new Write.Put(NEW, body, LATER),
            new Write.Put(new Key("{t}:new-too"), body, LATER),
            new Write.Add(INDEX, new IndexEntry("three", 3)),
            new Write.Trim(INDEX, 1),
            new Write.ExpireWithTop(INDEX, LATER),
            new Write.PointAtTop(new Key("{t}:pointer"), INDEX, LATER),
            new Write.IfNewTop(new Write.Delete(VALUE)),
            new Write.Put(new Key("{t}:claim"), Value.utf8("three"), LATER + 1)),
        sample("the first member", new Write.Add(EMPTY, new IndexEntry("one", 1))),
        sample("a member moved", new Write.Add(INDEX, new IndexEntry("one", 7))),
        sample(
            "two indexes in turn",
            new Write.Add(INDEX, new IndexEntry("three", 3)),
            new Write.Add(EMPTY, new IndexEntry("one", 1)),
            new Write.Remove(INDEX, "two")),
        sample("a member removed", new Write.Remove(INDEX, "one")),
        sample("all removed", new Write.Remove(INDEX, "one"), new Write.Remove(INDEX, "two")),
        sample(
            "all removed, one added",
            new Write.Remove(INDEX, "one"),
            new Write.Remove(INDEX, "two"),
            new Write.Add(INDEX, new IndexEntry("three", 3))),
        sample("a member removed that is none", new Write.Remove(EMPTY, "one")),
        sample("an index expired", new Write.ExpireWithTop(INDEX, 0)),
        sample("a value replaced", new Write.Put(VALUE, body, LATER)),
        sample("a value that has expired", new Write.Put(VALUE, body, 1)),
        sample("deleted", new Write.Delete(VALUE), new Write.Delete(NEW)),
        sample("a value moved", new Write.Move(VALUE, Kind.VALUE, ASIDE, LATER)),
        sample("an index moved", new Write.Move(INDEX, Kind.INDEX, ASIDE, LATER)),
        sample(
            "a list moved over a value, and its key used",
            new Write.Move(LIST, Kind.OTHER, VALUE, LATER),
            new Write.Add(LIST, new IndexEntry("one", 1))),
        sample("moved to where it has expired", new Write.Move(LIST, Kind.OTHER, VALUE, 1)));
  }

  private static Map<String, String> keys() {
    Map<String, String> keys = new TreeMap<>();
    for (Object name : client.list("KEYS", "*")) {
      byte[] key = (byte[]) Objects.requireNonNull(name);
      byte[] dump = (byte[]) Objects.requireNonNull(client.call("DUMP", key));
      String expiry = client.text("PEXPIRETIME", key);
      keys.put(Value.copyOf(key).asUtf8(), expiry + " " + HexFormat.of().formatHex(dump));
    }
    return keys;
  }

  private static Go prepare(Transaction transaction, Fence fence) {
    return (Go) new Server(client).run(PlainTransaction.of(transaction, fence).firstRound());
  }

  private static CommitResult execute(Go go, int first) {
    Server through = new Server(client);
    client.call("MULTI");
    go.commands().subList(0, first).forEach(through::call);
    return go.executed(Replies.elements(through.call(Command.of("EXEC"))));
  }

  private static CommitResult execute(Go go) {
    return execute(go, go.commands().size());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void fenceLowered_nothingIsChanged(Sample sample) {
    Fence fence = Fence.of(sample.transaction(), "id");
    Go late = prepare(sample.transaction(), fence);
    new Server(client).call(fence.lower());
    Map<String, String> before = keys();
    assertThat(execute(late)).isInstanceOf(CommitResult.InDoubt.class);
    assertThat(keys()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void onceMore_afterOthersWrote_nothingIsChanged(Sample sample) {
    Go twice = prepare(sample.transaction(), Fence.of(sample.transaction(), "id"));
    assertThat(execute(twice)).isEqualTo(new CommitResult.Applied());
    fill();
    client.call("SET", NEW, "newer");
    Map<String, String> before = keys();
    assertThat(execute(twice)).isInstanceOf(CommitResult.InDoubt.class);
    assertThat(keys()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyPrefix_leavesEachKeyAsItWasOrAsItWillBe_inTheOrderOfTheWrites(Sample sample) {
    Map<String, String> before = keys();
    List<Set<String>> changed = new ArrayList<>();
    List<Map<String, String>> states = new ArrayList<>();
    int commands = prepare(sample.transaction(), Fence.of(sample.transaction(), "id"))
        .commands()
        .size();
    for (int first = 0; first <= commands; first++) {
      clear();
      execute(prepare(sample.transaction(), Fence.of(sample.transaction(), "id")), first);
      Map<String, String> state = keys();
      state.keySet().removeIf(key -> key.contains(":fence:"));
      states.add(state);
      changed.add(differences(before, state));
    }
    Map<String, String> after = states.get(commands);
    boolean inSteps = STEPWISE.contains(sample.name());
    Set<String> inOrder = new LinkedHashSet<>();
    for (int first = 0; first <= commands; first++) {
      Map<String, String> state = states.get(first);
      assertThat(changed.get(first)).containsAll(inOrder);
      inOrder.addAll(changed.get(first));
      if (!inSteps) {
        changed.get(first).forEach(key -> assertThat(state.get(key)).isEqualTo(after.get(key)));
      }
    }
    if (sample.transaction().writes().stream().noneMatch(Write.Move.class::isInstance)) {
      // What is moved is there before it is gone from where it was.
      assertThat(
              sample.transaction().writtenKeys().stream().map(Key::name).filter(inOrder::contains))
          .containsExactlyElementsOf(inOrder);
    }
  }

  private static Set<String> differences(Map<String, String> before, Map<String, String> after) {
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
    return keys;
  }

  @Test
  void raisedAgain_isStillOneFence() {
    Transaction transaction = samples().get(0).transaction();
    Fence fence = Fence.of(transaction, "id");
    Go go = prepare(transaction, fence);
    prepare(transaction, fence);
    assertThat(execute(go)).isEqualTo(new CommitResult.Applied());
    assertThat(keys().keySet()).noneMatch(key -> key.contains("fence"));
  }

  /** Each is billed where commands are. */
  @Test
  void snapshot_takesSoManyCommands() {
    Transaction transaction = samples().get(0).transaction();
    assertThat(prepare(transaction, Fence.of(transaction, "id")).commands()).hasSize(22);
  }

  @Test
  void forgotten_isGoneAfterAMinute() {
    Transaction transaction = samples().get(0).transaction();
    Fence fence = Fence.of(transaction, "id");
    prepare(transaction, fence);
    assertThat(Long.parseLong(client.text("PTTL", fence.key()))).isBetween(1L, 60_000L);
  }

  @Test
  void memberOfAForeignName_isKept() {
    Transaction transaction =
        new Transaction(List.of(), List.of(new Write.Add(INDEX, new IndexEntry(Fence.MEMBER, 3))));
    client.call("ZADD", INDEX, 4, "shut");
    execute(prepare(transaction, Fence.of(transaction, "id")));
    assertThat(client.text("ZCARD", INDEX)).isEqualTo("4");
  }

  /** A member that somebody adds between the reads and the commands is there afterwards. */
  @Test
  void foreignMemberInBetween_isKept() {
    Transaction transaction = samples().get(0).transaction();
    Go go = prepare(transaction, Fence.of(transaction, "id"));
    client.call("ZADD", INDEX, 2, "foreign");
    assertThat(execute(go)).isEqualTo(new CommitResult.Applied());
    assertThat(client.text("ZSCORE", INDEX, "foreign")).isEqualTo("2");
  }

  /** What somebody puts in between under a key that is deleted is deleted. */
  @Test
  void foreignValueInBetween_isDeleted() {
    Transaction transaction = new Transaction(List.of(), List.of(new Write.Delete(NEW)));
    Go go = prepare(transaction, Fence.of(transaction, "id"));
    client.call("SET", NEW, "foreign");
    assertThat(execute(go)).isEqualTo(new CommitResult.Applied());
    assertThat(client.text("EXISTS", NEW)).isEqualTo("0");
  }
}
