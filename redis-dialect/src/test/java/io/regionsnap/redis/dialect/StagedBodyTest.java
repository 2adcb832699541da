package io.regionsnap.redis.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body beside the script: what is sent, and what becomes of it whatever happens. */
@SuppressWarnings("NullAway.Init")
class StagedBodyTest {
  private static final Key ID = new Key("id:{r}:1");
  private static final Key TIME = new Key("ts:{r}:1");
  private static final Key OTHER = new Key("other:{r}");
  private static final Key INDEX = new Key("index:{r}");
  private static final Value BODY = Value.utf8("x".repeat(1_000));
  private static final long LATER = 4_000_000_000_000L;
  private static final ScriptAnswer APPLIED = new ScriptAnswer.Decided(new CommitResult.Applied());
  private static final ScriptAnswer UNSTAGED = new ScriptAnswer.Unstaged(false);

  private static RedisServer server;
  private static RespClient client;

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
    client.call("CONFIG", "SET", "maxmemory", "0");
    client.call("FLUSHALL");
  }

  private static Transaction persist(Value body) {
    return new Transaction(
        List.of(
            new Guard.NotAll(List.of(new Guard.Equal(ID, body), new Guard.Equal(TIME, body))),
            new Guard.AbsentOrEqual(ID, body),
            new Guard.AbsentOrEqual(TIME, body)),
        List.of(
            new Write.Put(ID, body, LATER),
            new Write.Put(TIME, body, LATER),
            new Write.Add(INDEX, new IndexEntry("1", 1))));
  }

  private static TransactionScript staging(Transaction transaction) {
    return TransactionScript.staging(transaction, 1_000, "name");
  }

  private static ScriptAnswer commit(Transaction transaction) {
    return new Server(client).run(staging(transaction).firstRound());
  }

  private static List<String> keys() {
    return client.list("KEYS", "*").stream()
        .map(name -> Value.copyOf((byte[]) name).asUtf8())
        .sorted()
        .toList();
  }

  private static String get(Key key) {
    return client.text("GET", key);
  }

  @Test
  void staged_bodyTravelsOnceAndNotThroughTheScript() {
    List<Command> commands = staging(persist(BODY)).firstRound().commands();
    assertThat(commands).extracting(Command::name).containsExactly("SET", "EVALSHA");
    assertThat(commands.get(0).arguments().get(0)).isEqualTo(Value.utf8("stage:{r}:name"));
    assertThat(commands.get(0).arguments().get(1)).isSameAs(BODY);
    assertThat(commands.get(1).arguments()).doesNotContain(BODY);
  }

  @Test
  void staged_isAppliedAndNothingIsLeft() {
    assertThat(commit(persist(BODY))).isEqualTo(APPLIED);
    assertThat(keys()).containsExactly("id:{r}:1", "index:{r}", "ts:{r}:1");
    for (Key view : List.of(ID, TIME)) {
      assertThat(get(view)).isEqualTo(BODY.asUtf8());
      assertThat(client.call("PEXPIRETIME", view)).isEqualTo(LATER);
    }
  }

  @Test
  void staged_viewsExpireApart_eachAsItSays() {
    Transaction transaction = new Transaction(
        List.of(), List.of(new Write.Put(ID, BODY, LATER), new Write.Put(TIME, BODY, LATER + 5)));
    assertThat(commit(transaction)).isEqualTo(APPLIED);
    assertThat(client.call("PEXPIRETIME", ID)).isEqualTo(LATER);
    assertThat(client.call("PEXPIRETIME", TIME)).isEqualTo(LATER + 5);
  }

  /**
   * An expiry that has passed deletes a key at once; the others are to hold the bytes all the same.
   */
  @Test
  void staged_firstHasExpiredAlready_theOtherIsThere() {
    client.call("SET", TIME, "old");
    Transaction transaction = new Transaction(
        List.of(), List.of(new Write.Put(ID, BODY, 1), new Write.Put(TIME, BODY, LATER)));
    assertThat(commit(transaction)).isEqualTo(APPLIED);
    assertThat(keys()).containsExactly("ts:{r}:1");
    assertThat(get(TIME)).isEqualTo(BODY.asUtf8());
    assertThat(client.call("PEXPIRETIME", TIME)).isEqualTo(LATER);
  }

  /** As above, but where the other's bytes are there they are older, and go as well. */
  @Test
  void staged_allHaveExpiredAlready_noneIsThere() {
    client.call("SET", TIME, "old");
    Transaction transaction = new Transaction(
        List.of(), List.of(new Write.Put(ID, BODY, 1), new Write.Put(TIME, BODY, 1)));
    assertThat(commit(transaction)).isEqualTo(APPLIED);
    assertThat(keys()).isEmpty();
  }

  @Test
  void staged_aWriteComesBefore_isAppliedOrNothingIs() {
    Transaction transaction = new Transaction(
        List.of(), List.of(new Write.Delete(OTHER), new Write.Put(ID, BODY, LATER)));
    client.call("SET", OTHER, "goes");
    TransactionScript script = staging(transaction);
    assertThat(script.decode(new Server(client).call(script.eval()))).isEqualTo(UNSTAGED);
    assertThat(keys()).containsExactly("other:{r}");
    assertThat(commit(transaction)).isEqualTo(APPLIED);
    assertThat(keys()).containsExactly("id:{r}:1");
  }

  /** The same steps, but once the bytes that are compared are those that are staged. */
  @Test
  void staged_sameStepsOfOtherBytes_areNotTheSameScript() {
    client.call("SET", TIME, BODY.asUtf8());
    Value another = Value.utf8("y".repeat(1_000));
    assertThat(commit(copyIf(BODY))).isEqualTo(APPLIED);
    assertThat(commit(copyIf(another)))
        .isInstanceOfSatisfying(
            ScriptAnswer.Decided.class,
            decided -> assertThat(decided.result()).isInstanceOf(CommitResult.GuardFailed.class));
    assertThat(commit(copyIf(BODY))).isEqualTo(APPLIED);
  }

  private static Transaction copyIf(Value held) {
    return new Transaction(
        List.of(new Guard.Equal(TIME, held)), List.of(new Write.Put(ID, BODY, LATER)));
  }

  @Test
  void staged_againAfterSuccess_isFoundWholeByItsBytes() {
    commit(persist(BODY));
    assertThat(commit(persist(BODY)))
        .isInstanceOfSatisfying(
            ScriptAnswer.Decided.class,
            decided -> assertThat(decided.result())
                .isInstanceOfSatisfying(
                    CommitResult.GuardFailed.class,
                    failed -> assertThat(failed.guardIndex()).isZero()));
    assertThat(keys()).containsExactly("id:{r}:1", "index:{r}", "ts:{r}:1");
  }

  @Test
  void staged_halfIsThere_isMended() {
    client.call("SET", ID, BODY.asUtf8());
    assertThat(commit(persist(BODY))).isEqualTo(APPLIED);
    assertThat(get(TIME)).isEqualTo(BODY.asUtf8());
    assertThat(client.call("PEXPIRETIME", ID)).isEqualTo(LATER);
  }

  @Test
  void guardFails_stagedBytesAreDeleted() {
    client.call("SET", TIME, "another");
    assertThat(commit(persist(BODY)))
        .isInstanceOfSatisfying(
            ScriptAnswer.Decided.class,
            decided -> assertThat(decided.result()).isInstanceOf(CommitResult.GuardFailed.class));
    assertThat(keys()).containsExactly("ts:{r}:1");
  }

  @Test
  void wrongKind_stagedBytesAreDeleted() {
    client.call("RPUSH", ID, "x");
    assertThat(commit(persist(BODY)))
        .isEqualTo(new ScriptAnswer.Decided(
            new CommitResult.NotApplied(new StoreRefusal.WrongKind(ID, Kind.OTHER))));
    assertThat(keys()).containsExactly("id:{r}:1");
  }

  /** Gone before the script, never arrived, or arriving without it. */
  @ParameterizedTest
  @CsvSource({"false", "true"})
  void stagedBytesLost_nothingIsWritten(boolean halfIsThere) {
    if (halfIsThere) {
      client.call("SET", ID, BODY.asUtf8());
    }
    List<String> before = keys();
    TransactionScript script = staging(persist(BODY));
    assertThat(script.decode(new Server(client).call(script.eval()))).isEqualTo(UNSTAGED);
    assertThat(keys()).isEqualTo(before);
  }

  @Test
  void cutAfterTheBytes_theyExpireWithinMinutes() {
    new Server(client).call(staging(persist(BODY)).firstRound().commands().get(0));
    assertThat(keys()).containsExactly("stage:{r}:name");
    assertThat((Long) client.call("PTTL", "stage:{r}:name")).isBetween(1L, 180_000L);
  }

  @Test
  void deliveredTwice_isAppliedOnceAndNothingIsLeft() {
    commit(persist(BODY));
    clear();
    List<Command> once = staging(persist(BODY)).firstRound().commands();
    List<Command> commands = new ArrayList<>(once);
    commands.addAll(once);
    List<Reply> replies = commands.stream().map(new Server(client)::call).toList();
    TransactionScript script = staging(persist(BODY));
    assertThat(script.decode(replies.get(1))).isEqualTo(APPLIED);
    assertThat(script.decode(replies.get(3))).isNotEqualTo(APPLIED);
    assertThat(keys()).containsExactly("id:{r}:1", "index:{r}", "ts:{r}:1");
  }

  @Test
  void scriptUnknown_textGoesOnWithWhatIsStaged() {
    commit(persist(BODY));
    clear();
    client.call("SCRIPT", "FLUSH");
    Round<ScriptAnswer> first = staging(persist(BODY)).firstRound();
    Server through = new Server(client);
    Round.Step<ScriptAnswer> step =
        first.next().apply(first.commands().stream().map(through::call).toList());
    assertThat(step).isInstanceOfSatisfying(Round.More.class, more -> {
      List<Command> commands = ((Round<?>) more.round()).commands();
      assertThat(commands).extracting(Command::name).containsExactly("EVAL");
    });
    assertThat(through.run(((Round.More<ScriptAnswer>) step).round())).isEqualTo(APPLIED);
    assertThat(keys()).containsExactly("id:{r}:1", "index:{r}", "ts:{r}:1");
  }

  @Test
  void outOfMemory_nothingIsWrittenAndTheNextTrySaysWhy() {
    client.call("CONFIG", "SET", "maxmemory", "1");
    assertThat(commit(persist(BODY))).isEqualTo(UNSTAGED);
    assertThat(new Server(client).run(TransactionScript.insisting(persist(BODY)).firstRound()))
        .isInstanceOfSatisfying(
            ScriptAnswer.Decided.class,
            decided -> assertThat(decided.result().toString()).contains("OOM"));
    assertThat(keys()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-rename,~*", "-copy,~*", "+@all,~*:{r}:1 ~index:{r}", "-set,~*", "-exists,~*"})
  void notPermitted_nothingIsWrittenAndItSaysThatItIsHopeless(String commands, String patterns) {
    List<String> user = new ArrayList<>(
        List.of("ACL", "SETUSER", "limited", "reset", "on", ">pw", "+@all", commands));
    user.addAll(List.of(patterns.split(" ", -1)));
    client.call(user.toArray());
    try (RespClient limited = server.connect()) {
      limited.call("AUTH", "limited", "pw");
      assertThat(new Server(limited).run(staging(persist(BODY)).firstRound()))
          .isEqualTo(new ScriptAnswer.Unstaged(true));
      assertThat(keys()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "snapshot:id:{mena}:1, stage:{mena}:name",
    "intelligence:snapshot-by-id:v1:1, stage:{intelligence:snapshot-by-id:v1:1}:name",
    "a{b, stage:{a{b}:name",
    "a{b}c{d}, stage:{b}:name",
  })
  void key_isInTheSlotOfTheOneThatItBecomes(String key, String staged) {
    Transaction transaction =
        new Transaction(List.of(), List.of(new Write.Put(new Key(key), BODY, LATER)));
    assertThat(staged(transaction, 1).orElseThrow().key()).isEqualTo(new Key(staged));
  }

  private static Optional<StagedBody> staged(Transaction transaction, int fromBytes) {
    return StagedBody.of(transaction, Needs.of(transaction), fromBytes, "name");
  }

  @Test
  void notStaged_whereItWouldNotBeCertainOrNotPay() {
    Write.Put put = new Write.Put(ID, BODY, LATER);
    Write.Add add = new Write.Add(INDEX, new IndexEntry("1", 1));
    for (List<Write> writes : List.<List<Write>>of(
        List.of(new Write.Put(ID, Value.utf8("x".repeat(999)), LATER)),
        List.of(put, new Write.Delete(ID)),
        List.of(put, put),
        List.of(put, new Write.Move(OTHER, Kind.VALUE, ID, LATER)),
        List.of(put, new Write.PointAtTop(ID, INDEX, LATER)),
        List.of(add, new Write.IfNewTop(new Write.Put(OTHER, BODY, LATER)), put),
        List.of(new Write.Put(new Key("a{}b"), BODY, LATER)),
        List.of(new Write.Put(new Key("long".repeat(400)), BODY, LATER)))) {
      assertThat(staged(new Transaction(List.of(), writes), 1_000))
          .as(writes.toString())
          .isEmpty();
    }
  }
}
