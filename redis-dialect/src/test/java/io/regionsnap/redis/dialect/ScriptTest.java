package io.regionsnap.redis.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Followed;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Observation;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import io.regionsnap.testkit.redis.RedisRawKeys;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script by itself: what the contract cannot ask for, because no other store has it. */
@SuppressWarnings("NullAway.Init")
class ScriptTest {
  private static final Key KEY = new Key("key");
  private static final Key OTHER = new Key("other");
  private static final Key INDEX = new Key("index");
  private static final Value VALUE = Value.utf8("value");
  private static final long LATER = 4_000_000_000_000L;
  private static final CommitResult APPLIED = new CommitResult.Applied();

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

  private static Transaction whole() {
    return new Transaction(
        List.of(),
        List.of(
            new Write.Put(KEY, VALUE, LATER),
            new Write.Add(INDEX, new IndexEntry("m", 7)),
            new Write.Trim(INDEX, 5),
            new Write.ExpireWithTop(INDEX, LATER),
            new Write.Delete(OTHER)));
  }

  private static CommitResult commit(RespClient through, Transaction transaction, boolean check) {
    ScriptAnswer answer =
        new Server(through).run(TransactionScript.of(transaction, check).firstRound());
    return ((ScriptAnswer.Decided) answer).result();
  }

  private static CommitResult commit(Transaction transaction) {
    return commit(client, transaction, true);
  }

  private static CommitResult plainly(Transaction transaction) {
    try (DialectStore store = new DialectStore(server.url(), DialectStore.Way.PLAIN)) {
      return store.commit(List.of(transaction)).get(0);
    }
  }

  private static CommitResult commit(List<Guard> guards, Write... writes) {
    return commit(new Transaction(guards, List.of(writes)));
  }

  private static long keys() {
    return Long.parseLong(client.text("DBSIZE"));
  }

  @Test
  void firstRound_scriptUnknown_sendsItsTextOnceAndThenTheHash() {
    client.call("SCRIPT", "FLUSH");
    TransactionScript script = TransactionScript.of(whole(), false);
    assertThat(new Server(client).call(script.evalsha()))
        .isInstanceOfSatisfying(
            Reply.Failure.class,
            failure ->
                assertThat(ErrorReply.of(failure.message())).isEqualTo(ErrorReply.SCRIPT_UNKNOWN));
    assertThat(new Server(client).run(script.firstRound()))
        .isEqualTo(new ScriptAnswer.Decided(APPLIED));
    assertThat(script.decode(new Server(client).call(script.evalsha())))
        .isEqualTo(new ScriptAnswer.Decided(APPLIED));
  }

  @Test
  void arguments_valueNamedOften_travelsOnce() {
    Value body = Value.copyOf(new byte[100_000]);
    Transaction transaction = new Transaction(
        List.of(
            new Guard.AbsentOrEqual(KEY, body),
            new Guard.NotAll(List.of(new Guard.Equal(KEY, body)))),
        List.of(new Write.Put(KEY, body, LATER), new Write.Put(OTHER, body, LATER)));
    List<Value> arguments = TransactionScript.of(transaction, true).evalsha().arguments();
    assertThat(arguments).filteredOn(argument -> argument.size() > 1_000).hasSize(1);
    assertThat(commit(transaction)).isEqualTo(APPLIED);
    assertThat(client.call("GET", OTHER)).isEqualTo(new byte[100_000]);
  }

  @Test
  void commit_outOfMemory_writesNothing() {
    client.call("SET", OTHER, "stays");
    client.call("CONFIG", "SET", "maxmemory", "1");
    assertThat(commit(whole()))
        .isInstanceOfSatisfying(
            CommitResult.NotApplied.class,
            result -> assertThat(result.reason()).isInstanceOf(StoreRefusal.Rejected.class));
    assertThat(keys()).isEqualTo(1);
  }

  /** DEL is allowed without memory; what follows must then be too. */
  @Test
  void commit_outOfMemoryButFirstWriteDeletes_isStillWhole() {
    client.call("SET", OTHER, "goes");
    client.call("CONFIG", "SET", "maxmemory", "1");
    assertThat(commit(List.of(), new Write.Delete(OTHER), new Write.Put(KEY, VALUE, LATER)))
        .isEqualTo(APPLIED);
    assertThat(client.call("GET", KEY)).isEqualTo(VALUE.toByteArray());
  }

  private static RespClient connectWithout(String command) {
    client.call("ACL", "SETUSER", "limited", "reset", "on", ">pw", "~*", "+@all", "-" + command);
    RespClient limited = server.connect();
    limited.call("AUTH", "limited", "pw");
    return limited;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"set", "zadd", "zremrangebyscore", "pexpireat", "del", "zrevrange", "strlen"})
  void commit_permissionLacking_isFoundOutBeforeTheFirstWrite(String command) {
    try (RespClient limited = connectWithout(command)) {
      assertThat(commit(limited, whole(), true))
          .isInstanceOfSatisfying(
              CommitResult.NotApplied.class,
              result -> assertThat(result.reason()).isInstanceOf(StoreRefusal.Rejected.class));
      assertThat(keys()).isZero();
    }
  }

  /** Whether a guard asks for the score anyway, perhaps, or not at all. */
  @Test
  void commit_scoreLacking_isFoundOutBeforeTheFirstWrite() {
    IndexEntry entry = new IndexEntry("m", 7);
    Guard perhaps =
        new Guard.NotAll(List.of(new Guard.Equal(OTHER, VALUE), new Guard.Contains(INDEX, entry)));
    List<Write> writes = List.of(
        new Write.Put(KEY, VALUE, LATER),
        new Write.Add(INDEX, entry),
        new Write.IfNewTop(new Write.Delete(OTHER)));
    try (RespClient limited = connectWithout("zscore")) {
      for (List<Guard> guards : List.<List<Guard>>of(
          List.of(new Guard.Admits(INDEX, entry)), List.of(perhaps), List.of())) {
        assertThat(commit(limited, new Transaction(guards, writes), true))
            .isInstanceOfSatisfying(
                CommitResult.NotApplied.class,
                result -> assertThat(result.reason()).isInstanceOf(StoreRefusal.Rejected.class));
        assertThat(keys()).isZero();
      }
    }
  }

  @Test
  void commit_permissionLackingAndNotAskedFor_saysThatItIsTorn() {
    try (RespClient limited = connectWithout("zadd")) {
      assertThat(commit(limited, whole(), false))
          .isInstanceOfSatisfying(CommitResult.Torn.class, result -> {
            assertThat(result.keys()).contains(KEY, INDEX);
            assertThat(result.message()).contains("can't run");
          });
      assertThat(keys()).isEqualTo(1);
    }
  }

  @Test
  void firstRound_scriptsForbidden_isRefused() {
    try (RespClient limited = connectWithout("@scripting")) {
      assertThat(new Server(limited).run(TransactionScript.of(whole(), true).firstRound()))
          .isInstanceOf(ScriptAnswer.Refused.class);
    }
  }

  @Test
  void follow_scriptsForbidden_goesOnByPlainCommands() {
    client.call("SET", KEY, "m");
    client.call("SET", "id:m", "body");
    try (RespClient limited = connectWithout("@scripting")) {
      ReadResult<Followed> result = new Server(limited)
          .run(new QueryRounds(true).firstRound(new Query.Follow(KEY, "id:", INDEX)));
      assertThat(result)
          .isEqualTo(new ReadResult.Found<>(new Followed(
              Optional.of(Value.utf8("m")), Optional.of(Value.utf8("body")), Optional.empty())));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1})
  void put_expiryThatRedisWouldRefuse_isGone(long expiry) {
    Transaction transaction = new Transaction(
        List.of(), List.of(new Write.Put(KEY, VALUE, expiry), new Write.Put(OTHER, VALUE, LATER)));
    assertThat(commit(transaction)).isEqualTo(APPLIED);
    assertThat(client.call("GET", KEY)).isNull();
    assertThat(plainly(transaction)).isEqualTo(APPLIED);
    assertThat(client.call("GET", KEY)).isNull();
  }

  @Test
  void commit_extremeNumbers_areWhole() {
    Transaction transaction = new Transaction(
        List.of(
            new Guard.WithinSpan(INDEX, -IndexEntry.MAX_SCORE, Long.MAX_VALUE),
            new Guard.StoreClockBefore(Long.MAX_VALUE)),
        List.of(
            new Write.Put(KEY, VALUE, Long.MAX_VALUE),
            new Write.Add(INDEX, new IndexEntry("high", IndexEntry.MAX_SCORE)),
            new Write.Add(INDEX, new IndexEntry("low", -IndexEntry.MAX_SCORE)),
            new Write.Trim(INDEX, Long.MAX_VALUE),
            new Write.ExpireWithTop(INDEX, Long.MAX_VALUE),
            new Write.PointAtTop(OTHER, INDEX, Long.MAX_VALUE)));
    assertThat(commit(transaction)).isEqualTo(APPLIED);
    var byScript = new RedisRawKeys(List.of(client)).readAll();
    assertThat(byScript).containsOnlyKeys(KEY, INDEX, OTHER);
    clear();
    assertThat(plainly(transaction)).isEqualTo(APPLIED);
    assertThat(new RedisRawKeys(List.of(client)).readAll()).isEqualTo(byScript);
  }

  @Test
  void expireWithTop_longAgo_removesTheIndex() {
    Transaction transaction = new Transaction(
        List.of(),
        List.of(
            new Write.Put(KEY, VALUE, LATER),
            new Write.Add(INDEX, new IndexEntry("m", -7)),
            new Write.ExpireWithTop(INDEX, Long.MIN_VALUE),
            new Write.PointAtTop(OTHER, INDEX, -3)));
    RedisRawKeys raw = new RedisRawKeys(List.of(client));
    assertThat(commit(transaction)).isEqualTo(APPLIED);
    assertThat(raw.readAll()).containsOnlyKeys(KEY);
    assertThat(plainly(transaction)).isEqualTo(APPLIED);
    assertThat(raw.readAll()).containsOnlyKeys(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "inf", "-inf", "1e300"})
  void guards_foreignScore_isObservedAsTheNearestWholeOne(String score) {
    client.call("ZADD", INDEX, score, "m");
    Transaction transaction = new Transaction(
        List.of(new Guard.Contains(INDEX, new IndexEntry("m", 2))),
        List.of(new Write.Put(KEY, VALUE, LATER)));
    long whole = switch (score) {
      case "1.5" -> 1;
      case "-inf" -> -IndexEntry.MAX_SCORE;
      default -> IndexEntry.MAX_SCORE;
    };
    CommitResult expected =
        new CommitResult.GuardFailed(0, new Observation.Entry(new IndexEntry("m", whole)));
    assertThat(commit(transaction)).isEqualTo(expected);
    assertThat(plainly(transaction)).isEqualTo(expected);
  }

  /** Adds that move the top down need the entry below it. */
  @Test
  void plainly_topMovesDown_nextOneIsTheTop() {
    Transaction transaction = new Transaction(
        List.of(),
        List.of(
            new Write.Add(INDEX, new IndexEntry("a", 10)),
            new Write.Add(INDEX, new IndexEntry("b", 20)),
            new Write.Add(INDEX, new IndexEntry("c", 30))));
    assertThat(commit(transaction)).isEqualTo(APPLIED);
    Transaction down = new Transaction(
        List.of(),
        List.of(
            new Write.Add(INDEX, new IndexEntry("c", 1)),
            new Write.Add(INDEX, new IndexEntry("b", 2)),
            new Write.PointAtTop(KEY, INDEX, LATER),
            new Write.Trim(INDEX, 8)));
    assertThat(plainly(down)).isEqualTo(APPLIED);
    assertThat(client.text("GET", KEY)).isEqualTo("a");
    assertThat(client.list("ZRANGE", INDEX, 0, -1)).hasSize(2);
  }

  /** What was trimmed before the Add was no member when it came. */
  @Test
  void ifNewTop_memberTrimmedBeforeTheAdd_isNew() {
    for (boolean plain : new boolean[] {false, true}) {
      clear();
      client.call("ZADD", INDEX, 1, "old", 100, "top");
      Transaction transaction = new Transaction(
          List.of(),
          List.of(
              new Write.Trim(INDEX, 10),
              new Write.Add(INDEX, new IndexEntry("old", 200)),
              new Write.IfNewTop(new Write.Put(KEY, VALUE, LATER))));
      assertThat(plain ? plainly(transaction) : commit(transaction)).isEqualTo(APPLIED);
      assertThat(client.call("GET", KEY)).isEqualTo(VALUE.toByteArray());
    }
  }

  private static Reply many(String... parts) {
    return new Reply.Many(List.of(parts).stream()
        .<Reply>map(part -> new Reply.Bulk(Value.utf8(part)))
        .toList());
  }

  @Test
  void decode_answersThatNoScriptGives_areUnexpected() {
    TransactionScript script = TransactionScript.of(whole(), false);
    for (Reply reply : List.of(
        new Reply.Nil(),
        new Reply.Status("OK"),
        new Reply.Whole(1),
        many(),
        many("maybe"),
        many("guard", "0"),
        many("guard", "x", "nothing"),
        many("guard", "0", "feeling"),
        many("guard", "0", "held", "x"),
        many("guard", "0", "entry", "m", "much"),
        many("kind", "9", "list"),
        many("torn"),
        many("refused"),
        many("kind", "-1", "list"),
        new Reply.Many(List.of(new Reply.Nil())))) {
      assertThatExceptionOfType(UnexpectedReplyException.class)
          .as(reply.toString())
          .isThrownBy(() -> script.decode(reply));
    }
  }

  @Test
  void decode_kind_namesTheKey() {
    TransactionScript script = TransactionScript.of(whole(), false);
    assertThat(script.decode(many("kind", "1", "stream")))
        .isEqualTo(new ScriptAnswer.Decided(
            new CommitResult.NotApplied(new StoreRefusal.WrongKind(INDEX, Kind.OTHER))));
    assertThat(Optional.of(script.eval().toString()))
        .as("no bytes in its text")
        .hasValueSatisfying(text -> assertThat(text).doesNotContain("value1"));
  }
}
