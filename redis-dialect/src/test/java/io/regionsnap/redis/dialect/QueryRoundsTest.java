package io.regionsnap.redis.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Followed;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.Inspected;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.KeyDescription;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import io.regionsnap.redis.dialect.PlainTransaction.Judgement;
import io.regionsnap.redis.dialect.PlainTransaction.Stop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replies that are errors or nonsense, at any command of any round. */
class QueryRoundsTest {
  private static final Key KEY = new Key("key");
  private static final Key INDEX = new Key("index");
  private static final Reply WRONG = new Reply.Failure("WRONGTYPE Operation against a key");
  private static final Reply LOADING = new Reply.Failure("LOADING Redis is loading");

  private static Reply bulk(String text) {
    return new Reply.Bulk(Value.utf8(text));
  }

  private static Reply empty() {
    return new Reply.Many(new ArrayList<>());
  }

  private static <R> R play(Round<R> first, List<List<Reply>> rounds) {
    Round<R> round = first;
    for (List<Reply> replies : rounds) {
      assertThat(replies).hasSameSizeAs(round.commands());
      Round.Step<R> step = round.next().apply(replies);
      if (step instanceof Round.Done<R> done) {
        return done.result();
      }
      round = ((Round.More<R>) step).round();
    }
    throw new AssertionError("another round is needed: " + round.commands());
  }

  static List<Query<?>> queries() {
    return List.of(
        new Query.Get(KEY),
        Query.Range.top(INDEX),
        new Query.Follow(KEY, "id:", INDEX),
        new Query.Describe(KEY),
        new Query.Inspect(KEY));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void firstRound_error_isUnreadable(Query<?> query) {
    for (boolean scripts : new boolean[] {true, false}) {
      Round<? extends ReadResult<?>> round = new QueryRounds(scripts).firstRound(query);
      List<Reply> replies = round.commands().stream().map(command -> LOADING).toList();
      assertThat(play(round, List.of(replies)))
          .isEqualTo(new ReadResult.Unreadable<>("LOADING Redis is loading"));
    }
  }

  @ParameterizedTest
  @MethodSource("queries")
  void firstRound_nonsense_isUnexpected(Query<?> query) {
    for (boolean scripts : new boolean[] {true, false}) {
      Round<? extends ReadResult<?>> round = new QueryRounds(scripts).firstRound(query);
      List<Reply> replies =
          round.commands().stream().<Reply>map(command -> new Reply.Whole(3)).toList();
      assertThatExceptionOfType(UnexpectedReplyException.class)
          .isThrownBy(() -> play(round, List.of(replies)));
    }
  }

  @Test
  void get_keyGoneBeforeItsTypeIsAsked_isUnreadable() {
    Round<ReadResult<Value>> round = new QueryRounds(true).firstRound(new Query.Get(KEY));
    assertThat(play(round, List.of(List.of(WRONG), List.of(new Reply.Status("none")))))
        .isInstanceOf(ReadResult.Unreadable.class);
    assertThat(play(round, List.of(List.of(WRONG), List.of(LOADING))))
        .isInstanceOf(ReadResult.Unreadable.class);
  }

  private static final List<Reply> BEFORE_7 =
      List.of(new Reply.Status("string"), new Reply.Failure("ERR unknown command 'PEXPIRETIME'"));

  private static Reply time(int micros) {
    return new Reply.Many(List.of(bulk("1700000000"), bulk(Integer.toString(micros))));
  }

  private static List<Reply> left(String type, long millis, int timeBefore, int timeAfter) {
    return List.of(
        new Reply.Status(type), time(timeBefore), new Reply.Whole(millis), time(timeAfter));
  }

  private static Object describe(List<List<Reply>> more) {
    List<List<Reply>> rounds = new ArrayList<>(List.of(BEFORE_7));
    rounds.addAll(more);
    return play(new QueryRounds(true).firstRound(new Query.Describe(KEY)), rounds);
  }

  @Test
  void describe_serverBefore7_worksTheExpiryOut() {
    assertThat(describe(List.of(left("string", 1000, 123_000, 123_999))))
        .isEqualTo(new ReadResult.Found<>(
            new KeyDescription(Kind.VALUE, OptionalLong.of(1_700_000_001_123L))));
    assertThat(describe(List.of(left("string", -1, 1, 2))))
        .isEqualTo(new ReadResult.Found<>(new KeyDescription(Kind.VALUE, OptionalLong.empty())));
    assertThat(describe(List.of(left("none", -2, 1, 2)))).isEqualTo(new ReadResult.Absent<>());
    assertThat(describe(List.of(List.of(LOADING, LOADING, LOADING, LOADING))))
        .isInstanceOf(ReadResult.Unreadable.class);
  }

  @Test
  void describe_serverBefore7AndItsClockRunsOn_readsItAgain() {
    List<Reply> ranOn = left("string", 1000, 122_999, 123_000);
    assertThat(describe(List.of(ranOn, ranOn, left("string", 998, 125_000, 125_000))))
        .isEqualTo(new ReadResult.Found<>(
            new KeyDescription(Kind.VALUE, OptionalLong.of(1_700_000_001_123L))));
    assertThat(describe(Collections.nCopies(20, ranOn))).isInstanceOf(ReadResult.Unreadable.class);
  }

  private static Object inspect(List<List<Reply>> rounds) {
    return play(new QueryRounds(true).firstRound(new Query.Inspect(KEY)), rounds);
  }

  private static ReadResult<Inspected> inspected(Kind kind, long expiry, Optional<Value> value) {
    return new ReadResult.Found<>(
        new Inspected(new KeyDescription(kind, OptionalLong.of(expiry)), value));
  }

  private static Reply only(Reply element) {
    return new Reply.Many(List.of(element));
  }

  @Test
  void inspect_serverBefore7_worksTheExpiryOut() {
    List<Reply> before7 =
        List.of(only(bulk("x")), new Reply.Failure("ERR unknown command 'PEXPIRETIME'"));
    List<Reply> left =
        List.of(only(bulk("x")), time(123_000), new Reply.Whole(1000), time(123_999));
    assertThat(inspect(List.of(before7, left)))
        .isEqualTo(inspected(Kind.VALUE, 1_700_000_001_123L, Optional.of(Value.utf8("x"))));
  }

  @Test
  void inspect_anotherKind_isAskedForWithItsExpiry() {
    List<Reply> index = List.of(only(new Reply.Nil()), new Reply.Whole(7));
    assertThat(inspect(List.of(index, List.of(new Reply.Status("zset"), new Reply.Whole(8)))))
        .isEqualTo(inspected(Kind.INDEX, 8, Optional.empty()));
    assertThat(inspect(List.of(index, List.of(new Reply.Status("none"), new Reply.Whole(-2)))))
        .isEqualTo(new ReadResult.Absent<>());
    assertThat(inspect(List.of(index, List.of(LOADING, new Reply.Whole(8)))))
        .isInstanceOf(ReadResult.Unreadable.class);
  }

  @Test
  void inspect_noKey_isAbsentAtOnce() {
    assertThat(inspect(List.of(List.of(only(new Reply.Nil()), new Reply.Whole(-2)))))
        .isEqualTo(new ReadResult.Absent<>());
  }

  private static final Key OTHER = new Key("other");

  private static Round<List<ReadResult<Inspected>>> inspectBoth() {
    return new QueryRounds(true)
        .firstRound(List.of(new Query.Inspect(KEY), new Query.Inspect(OTHER)));
  }

  @Test
  void inspect_several_takesOneCommandForAllBytes() {
    assertThat(inspectBoth().commands())
        .containsExactly(
            Command.of("MGET", KEY, OTHER),
            Command.of("PEXPIRETIME", KEY),
            Command.of("PEXPIRETIME", OTHER));
    List<Reply> replies = List.of(
        new Reply.Many(List.of(bulk("x"), new Reply.Nil())),
        new Reply.Whole(8),
        new Reply.Whole(9));
    List<Reply> kind = List.of(new Reply.Status("zset"), new Reply.Whole(9));
    assertThat(play(inspectBoth(), List.of(replies, kind)))
        .isEqualTo(List.of(
            inspected(Kind.VALUE, 8, Optional.of(Value.utf8("x"))),
            inspected(Kind.INDEX, 9, Optional.empty())));
  }

  @Test
  void inspect_severalAndTheServerFails_eachIsUnreadable() {
    assertThat(play(inspectBoth(), List.of(List.of(LOADING, LOADING, LOADING))))
        .isEqualTo(Collections.nCopies(
            2, new ReadResult.Unreadable<Inspected>("LOADING Redis is loading")));
    List<Reply> bytesForbidden =
        List.of(new Reply.Failure("NOPERM no"), new Reply.Whole(8), new Reply.Whole(9));
    assertThat(play(inspectBoth(), List.of(bytesForbidden)))
        .isEqualTo(Collections.nCopies(2, new ReadResult.Unreadable<Inspected>("NOPERM no")));
  }

  @Test
  void inspect_severalAndServerBefore7_worksTheExpiriesOut() {
    Reply unknown = new Reply.Failure("ERR unknown command 'PEXPIRETIME'");
    List<Reply> left = List.of(
        only(bulk("x")),
        time(1_000),
        new Reply.Whole(1000),
        time(1_000),
        only(bulk("y")),
        time(1_000),
        new Reply.Whole(-1),
        time(1_000));
    assertThat(play(inspectBoth(), List.of(List.of(unknown, unknown, unknown), left)))
        .isEqualTo(List.of(
            inspected(Kind.VALUE, 1_700_000_001_001L, Optional.of(Value.utf8("x"))),
            new ReadResult.Found<>(new Inspected(
                new KeyDescription(Kind.VALUE, OptionalLong.empty()),
                Optional.of(Value.utf8("y"))))));
  }

  @Test
  void firstRound_noQueries_asksNothing() {
    Round<List<ReadResult<Value>>> round = new QueryRounds(true).firstRound(List.of());
    assertThat(round.commands()).isEmpty();
    assertThat(play(round, List.of(List.of()))).isEmpty();
  }

  @Test
  void inspect_valueByTheTimeItsKindIsAsked_isReadAgain() {
    List<Reply> index = List.of(only(new Reply.Nil()), new Reply.Whole(7));
    List<Reply> value = List.of(new Reply.Status("string"), new Reply.Whole(8));
    assertThat(inspect(List.of(index, value, List.of(only(bulk("x")), new Reply.Whole(9)))))
        .isEqualTo(inspected(Kind.VALUE, 9, Optional.of(Value.utf8("x"))));
    List<List<Reply>> restless = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      restless.addAll(List.of(index, value));
    }
    assertThat(inspect(restless)).isInstanceOf(ReadResult.Unreadable.class);
  }

  @Test
  void follow_secondRoundFails_isUnreadable() {
    Round<? extends ReadResult<?>> round =
        new QueryRounds(false).firstRound(new Query.Follow(KEY, "id:", INDEX));
    assertThat(play(round, List.of(List.of(bulk("a"), empty()), List.of(LOADING))))
        .isInstanceOf(ReadResult.Unreadable.class);
  }

  @Test
  void byScriptText_sendsTheTextAtOnce() {
    Round<? extends ReadResult<?>> round =
        QueryRounds.byScriptText().firstRound(new Query.Follow(KEY, "id:", INDEX));
    assertThat(round.commands())
        .singleElement()
        .satisfies(command -> assertThat(command.name()).isEqualTo("EVAL"));
    assertThat(play(round, List.of(List.of(LOADING)))).isInstanceOf(ReadResult.Unreadable.class);
  }

  private static Reply followed(String pointer) {
    return new Reply.Many(List.of(bulk("followed"), bulk(pointer), new Reply.Nil(), empty()));
  }

  private static Round<List<ReadResult<Followed>>> trying() {
    return QueryRounds.tryingScripts(List.of(new Query.Follow(KEY, "id:", INDEX)));
  }

  private static ReadResult<Followed> to(String pointer) {
    return new ReadResult.Found<>(
        new Followed(Optional.of(Value.utf8(pointer)), Optional.empty(), Optional.empty()));
  }

  private static final Reply NO_SCRIPTS = new Reply.Failure("ERR unknown command 'EVAL'");

  @Test
  void tryingScripts_serverRunsThem_theScriptCounts() {
    assertThat(play(trying(), List.of(List.of(only(followed("a")), bulk("b"), empty()))))
        .containsExactly(to("a"));
  }

  @Test
  void tryingScripts_serverRunsNone_whatWasAskedBesideItCounts() {
    assertThat(play(
            trying(), List.of(List.of(NO_SCRIPTS, bulk("b"), empty()), List.of(new Reply.Nil()))))
        .containsExactly(to("b"));
  }

  @Test
  void tryingScripts_serverRefusesAllForTheScript_asksAgainWithoutIt() {
    assertThat(play(
            trying(),
            List.of(
                List.of(NO_SCRIPTS, NO_SCRIPTS, NO_SCRIPTS),
                List.of(bulk("c"), empty()),
                List.of(new Reply.Nil()))))
        .containsExactly(to("c"));
  }

  @Test
  void pointersAlone_areOneScriptCall_whereScriptsRun() {
    Query<Followed> pointer = new Query.Follow(KEY, "id:", INDEX);
    List<Query<Followed>> two = List.of(pointer, pointer);
    assertThat(new QueryRounds(true).firstRound(two).commands()).hasSize(1);
    assertThat(new QueryRounds(false).firstRound(two).commands()).hasSize(4);
    assertThat(new QueryRounds(true).firstRound(List.<Query<Followed>>of()).commands())
        .isEmpty();
    Query<Value> value = new Query.Get(KEY);
    assertThat(new QueryRounds(true).firstRound(List.of(value, value)).commands())
        .hasSize(2);
  }

  @Test
  void takesSeveralCommands_isSaidOfWhatNeedsOneInstant() {
    assertThat(queries().stream().map(QueryRounds::takesSeveralCommands))
        .containsExactly(false, false, false, true, true);
  }

  @Test
  void serverBefore7_kindOrBytesUnreadable_isUnreadable() {
    List<Reply> described = List.of(LOADING, time(1), new Reply.Whole(5), time(2));
    assertThat(describe(List.of(described))).isInstanceOf(ReadResult.Unreadable.class);
    List<Reply> before7 =
        List.of(only(bulk("x")), new Reply.Failure("ERR unknown command 'PEXPIRETIME'"));
    assertThat(inspect(List.of(before7, described))).isInstanceOf(ReadResult.Unreadable.class);
  }

  @Test
  void keyScan_namesWhatMatchesAndThePortHasAWordFor() {
    Scan scan = new Scan("k[", ":x", Optional.empty(), 7);
    assertThat(KeyScan.command(scan, "5").arguments())
        .extracting(Value::asUtf8)
        .containsExactly("5", "MATCH", "k\\[*:x", "COUNT", "7");
    Reply notText = new Reply.Bulk(Value.copyOf(new byte[] {'k', '[', (byte) 0xC3, ':', 'x'}));
    Reply names = new Reply.Many(List.of(bulk("k[1:x"), bulk("k[2:y"), notText, bulk("")));
    KeyScan.Page page = KeyScan.page(scan, new Reply.Many(List.of(bulk("9"), names)));
    assertThat(page).isEqualTo(new KeyScan.Page("9", List.of(new Key("k[1:x"))));
    assertThat(page.isLast()).isFalse();
    assertThat(KeyScan.page(scan, new Reply.Many(List.of(bulk("0"), empty()))).isLast())
        .isTrue();
    assertThatExceptionOfType(UnexpectedReplyException.class)
        .isThrownBy(() -> KeyScan.page(scan, new Reply.Many(List.of(bulk("0")))));
  }

  @Test
  void range_oddOrUnreadableScores_areUnexpected() {
    Round<? extends ReadResult<?>> round =
        new QueryRounds(false).firstRound(Query.Range.top(INDEX));
    for (List<Reply> flat : List.of(List.of(bulk("m")), List.of(bulk("m"), bulk("x")))) {
      assertThatExceptionOfType(UnexpectedReplyException.class)
          .isThrownBy(() -> play(round, List.of(List.of(new Reply.Many(flat)))));
    }
  }

  private static Round<Judgement> pointing() {
    return PlainTransaction.of(new Transaction(
            List.of(new Guard.AbsentOrMember(KEY, INDEX)),
            List.of(new Write.Put(KEY, Value.utf8("v"), 1))))
        .firstRound();
  }

  private static CommitResult stopped(List<List<Reply>> rounds) {
    return ((Stop) play(pointing(), rounds)).result();
  }

  @Test
  void plainTransaction_readFails_isNotAppliedInAnyRound() {
    CommitResult unavailable =
        new CommitResult.NotApplied(new StoreRefusal.Unavailable("LOADING Redis is loading"));
    assertThat(stopped(List.of(List.of(LOADING, LOADING)))).isEqualTo(unavailable);
    assertThat(stopped(List.of(List.of(bulk("a"), new Reply.Whole(0)), List.of(LOADING))))
        .isEqualTo(unavailable);
    assertThat(stopped(List.of(List.of(WRONG, new Reply.Whole(0)), List.of(LOADING))))
        .isEqualTo(unavailable);
    assertThat(stopped(List.of(List.of(new Reply.Failure("ERR new"), new Reply.Whole(0)))))
        .isEqualTo(new CommitResult.NotApplied(new StoreRefusal.Rejected("ERR new")));
    assertThat(
            stopped(List.of(List.of(WRONG, new Reply.Whole(0)), List.of(new Reply.Status("none")))))
        .isInstanceOf(CommitResult.NotApplied.class);
  }
}
