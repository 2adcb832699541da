package io.regionsnap.adapters.upstash;

import static io.regionsnap.adapters.upstash.Small.APPLIED;
import static io.regionsnap.adapters.upstash.Small.body;
import static io.regionsnap.adapters.upstash.Small.commit;
import static io.regionsnap.adapters.upstash.Small.get;
import static io.regionsnap.adapters.upstash.Small.options;
import static io.regionsnap.adapters.upstash.Small.put;
import static io.regionsnap.adapters.upstash.Small.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Followed;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.rest.Fault;
import io.regionsnap.testkit.rest.RestOptions;
import io.regionsnap.testkit.rest.RestReply;
import io.regionsnap.testkit.rest.RestRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, and what servers that differ from Upstash make of it. */
class UpstashStoreTest extends RestTest {
  private static final Query.Follow FOLLOW =
      new Query.Follow(new Key("pointer"), "id:", new Key("index"));

  private List<Transaction> many(int count) {
    List<Transaction> transactions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      transactions.add(put("t" + i, i, "x".repeat(1000)));
    }
    return transactions;
  }

  private int requests() {
    return server.requests().size();
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  @Test
  void request_isAsDocumented() {
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      assertThat(commit(store, 1)).isEqualTo(APPLIED);
    }
    RestRequest request = server.requests().get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/multi-exec");
    assertThat(request.header("content-type")).hasValue("application/json");
    assertThat(request.header("authorization")).hasValue("Bearer " + server.token());
    assertThat(request.header("upstash-encoding")).hasValue("base64");
    assertThat(request.header("content-length")).hasValue("" + request.body().size());
    assertThat(request.header("user-agent"))
        .hasValueSatisfying(name -> assertThat(name).startsWith("regionsnap"));
    assertThat(request.header("upstash-sync-token")).isEmpty();
  }

  @Test
  void connection_isReused() {
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      for (int i = 0; i < 10; i++) {
        assertThat(commit(store, i)).isEqualTo(APPLIED);
      }
    }
    assertThat(server.traffic().connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void syncToken_ofTheLatestAnswer_goesWithTheNextRequest(CommitMode mode) {
    try (UpstashStore store = open(options(mode))) {
      for (int i = 0; i < 4; i++) {
        assertThat(commit(store, i)).isEqualTo(APPLIED);
        assertThat(get(store, body("t", i)))
            .isEqualTo(new ReadResult.Found<>(Value.utf8("body " + i)));
      }
    }
    List<RestRequest> requests = server.requests();
    assertThat(requests).hasSizeGreaterThanOrEqualTo(8);
    for (int i = 1; i < requests.size(); i++) {
      assertThat(requests.get(i).header("upstash-sync-token"))
          .hasValue(server.syncTokens().get(i - 1));
    }
  }

  @Test
  void syncToken_comesWithErrorsToo_andManyThreadsEachSendOneThatWasIssued() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      assertThat(commit(store, 0)).isEqualTo(APPLIED);
      List<Future<CommitResult>> results = new ArrayList<>();
      for (int i = 1; i <= 40; i++) {
        int number = i;
        results.add(threads.submit(() -> commit(store, number)));
      }
      for (Future<CommitResult> result : results) {
        assertThat(result.get()).isEqualTo(APPLIED);
      }
      assertThat(server.requests().stream()
              .skip(1)
              .map(request -> request.header("upstash-sync-token").orElse("none")))
          .hasSize(40)
          .isSubsetOf(server.syncTokens());
      // Alone again: whatever came last is what goes next.
      String before = server.requests().get(40).header("upstash-sync-token").orElseThrow();
      assertThat(commit(store, 41)).isEqualTo(APPLIED);
      assertThat(server.requests().get(41).header("upstash-sync-token").orElseThrow())
          .isNotEqualTo(before);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void readYourWrites_fromAReplicaThatLagsForever() {
    try (var lagging = io.regionsnap.testkit.redis.RedisServer.start()) {
      restart(RestOptions.UPSTASH.readingFrom(lagging.url()));
      try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
        assertThat(commit(store, 1)).isEqualTo(APPLIED);
        assertThat(get(store, body("t", 1)))
            .isEqualTo(new ReadResult.Found<>(Value.utf8("body 1")));
      }
    }
  }

  @Test
  void batch_byScript_isOneRequestWithOneText() {
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      assertThat(store.commit(many(8))).containsOnly(APPLIED).hasSize(8);
    }
    assertThat(requests()).isEqualTo(1);
    String sent = server.requests().get(0).body().asUtf8();
    assertThat(count(sent, "\"EVAL\"")).isEqualTo(1);
    assertThat(count(sent, "\"EVALSHA\"")).isEqualTo(7);
  }

  @Test
  void batch_byPlainCommands_isTwoRequests() {
    try (UpstashStore store = open(options(CommitMode.MULTI_EXEC))) {
      assertThat(store.commit(many(8))).containsOnly(APPLIED).hasSize(8);
    }
    assertThat(server.requests()).extracting(RestRequest::target).containsOnly("/multi-exec");
    assertThat(requests()).isEqualTo(2);
  }

  @Test
  void batch_byPlainCommands_thatSharesAKey_goesInWaves() {
    try (UpstashStore store = open(options(CommitMode.MULTI_EXEC))) {
      assertThat(store.commit(List.of(put("a", 1), put("b", 1), put("a", 1), put("a", 2))))
          .satisfiesExactly(
              first -> assertThat(first).isEqualTo(APPLIED),
              other -> assertThat(other).isEqualTo(APPLIED),
              again -> assertThat(again).isInstanceOf(CommitResult.GuardFailed.class),
              third -> assertThat(third).isEqualTo(APPLIED));
    }
    // Two each: the second wave stops after its reads, and takes its fence away.
    assertThat(requests()).isEqualTo(6);
  }

  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void batch_overTheLimit_isSplitBetweenTransactions(CommitMode mode) {
    int limit = 9_000;
    try (UpstashStore store = open(options(mode).withMaxRequestBytes(limit))) {
      assertThat(store.commit(many(20))).containsOnly(APPLIED).hasSize(20);
    }
    assertThat(raw.readAll()).hasSize(40);
    assertThat(server.requests())
        .hasSizeGreaterThan(2)
        .allSatisfy(request -> assertThat(request.body().size()).isLessThanOrEqualTo(limit));
  }

  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void transaction_overTheLimitAlone_isRejectedAndItsNeighboursAreNot(CommitMode mode) {
    try (UpstashStore store = open(options(mode).withMaxRequestBytes(9_000))) {
      List<CommitResult> results =
          store.commit(List.of(put("a", 1), put("b", 1, "x".repeat(9_000)), put("c", 1)));
      assertThat(results.get(0)).isEqualTo(APPLIED);
      assertThat(text(results.get(1)))
          .startsWith("rejected: ")
          .contains("its limit is 9000 bytes")
          .containsPattern("9[0-9]{3}|1[0-9]{4} bytes");
      assertThat(results.get(2)).isEqualTo(APPLIED);
    }
    assertThat(raw.readAll()).hasSize(4);
  }

  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void batch_inSeveralRequests_endsWithTheFirstThatIsLost(CommitMode mode) {
    try (UpstashStore store = open(options(mode).withMaxRequestBytes(9_000))) {
      server.faults().nth(mode == CommitMode.SCRIPT ? 2 : 3, Fault.cutBeforeForwarding());
      List<CommitResult> results = store.commit(many(20));
      int doubts = results.indexOf(results.stream()
          .filter(CommitResult.InDoubt.class::isInstance)
          .findFirst()
          .orElseThrow());
      assertThat(results.subList(0, doubts)).isNotEmpty().containsOnly(APPLIED);
      assertThat(text(results.get(19))).startsWith("unavailable: not sent");
    }
  }

  @Test
  void latest_ofManyRegions_isOneRequestByScriptAndElseTwo() {
    List<Query.Follow> queries = List.of(FOLLOW, FOLLOW, FOLLOW);
    observer.call("SET", "pointer", "a");
    observer.call("SET", "id:a", "body");
    for (CommitMode mode : List.of(CommitMode.SCRIPT, CommitMode.AUTO, CommitMode.MULTI_EXEC)) {
      int before = requests();
      try (UpstashStore store = open(options(mode))) {
        assertThat(store.read(queries))
            .hasSize(3)
            .allSatisfy(result -> assertThat(result).isInstanceOf(ReadResult.Found.class));
      }
      assertThat(requests() - before).isEqualTo(mode == CommitMode.MULTI_EXEC ? 2 : 1);
    }
  }

  @Test
  void latest_scriptsRefused_isTwoRequestsFromTheFirstOn() {
    restart(RestOptions.UPSTASH.withoutScripts());
    observer.call("SET", "pointer", "a");
    observer.call("SET", "id:a", "body");
    try (UpstashStore store = open(options(CommitMode.AUTO))) {
      for (int i = 0; i < 2; i++) {
        int before = requests();
        assertThat(store.read(List.of(FOLLOW, FOLLOW)))
            .containsOnly(new ReadResult.Found<>(new Followed(
                Optional.of(Value.utf8("a")), Optional.of(Value.utf8("body")), Optional.empty())));
        assertThat(requests() - before).isEqualTo(2);
      }
      String second = server.requests().get(2).body().asUtf8();
      assertThat(count(second, "EVAL")).isZero();
    }
  }

  /** It says nothing of the other commands, so these are asked again. */
  @Test
  void latest_everythingRefusedForTheScript_isReadAllTheSame() {
    restart(RestOptions.UPSTASH.allowing("TIME", "GET", "ZREVRANGE", "TYPE"));
    observer.call("SET", "pointer", "a");
    observer.call("SET", "id:a", "body");
    try (UpstashStore store = open(options(CommitMode.AUTO))) {
      for (int expected : List.of(3, 2)) {
        int before = requests();
        assertThat(store.read(List.of(FOLLOW)).get(0)).isInstanceOf(ReadResult.Found.class);
        assertThat(requests() - before).isEqualTo(expected);
      }
    }
  }

  @Test
  void latest_scriptsKnownToRun_asksNothingBesideThem() {
    observer.call("SET", "pointer", "a");
    try (UpstashStore store = open(options(CommitMode.AUTO))) {
      for (int beside : List.of(1, 0)) {
        assertThat(store.read(List.of(FOLLOW)).get(0)).isInstanceOf(ReadResult.Found.class);
        String sent = server.requests().get(1 - beside).body().asUtf8();
        assertThat(count(sent, "\"EVAL\"")).isEqualTo(1);
        assertThat(count(sent, "\"ZREVRANGE\"")).isEqualTo(beside);
      }
    }
  }

  @Test
  void auto_scriptsRefused_commitsPlainlyAndTellsOnce() {
    restart(RestOptions.UPSTASH.withoutScripts());
    List<String> told = new ArrayList<>();
    UpstashListener listener = message -> {
      told.add(message);
      throw new IllegalStateException("a listener of its own");
    };
    try (UpstashStore store = open(options(CommitMode.AUTO).withListener(listener))) {
      assertThat(store.commit(many(3))).containsOnly(APPLIED).hasSize(3);
      int before = requests();
      assertThat(commit(store, 100)).isEqualTo(APPLIED);
      assertThat(requests() - before).isEqualTo(2);
    }
    assertThat(told).singleElement().asString().contains("NOPERM", "eval");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"ERR Command is not available: 'EVAL'. See docs\"}",
        "{\"error\":\"NOPERM this user has no permissions to run the 'eval' command\"}",
        "{\"error\":\"ERR unknown command 'eval', with args beginning with: 'x'\"}"
      })
  void auto_scriptsRefusedAsAWhole_commitsPlainly(String discard) {
    server.faults().next(Fault.answerInstead(RestReply.json(400, discard)));
    try (UpstashStore store = open(options(CommitMode.AUTO))) {
      assertThat(commit(store, 1)).isEqualTo(APPLIED);
    }
    assertThat(requests()).isEqualTo(3);
  }

  @Test
  void auto_serverThatAllowsNoScripts_commitsPlainly() {
    restart(RestOptions.UPSTASH.allowing(
        "TIME",
        "GET",
        "SET",
        "ZREVRANGE",
        "ZADD",
        "ZREM",
        "PEXPIRE",
        "COPY",
        "RENAME",
        "RENAMENX",
        "DEL"));
    try (UpstashStore store = open(options(CommitMode.AUTO))) {
      assertThat(commit(store, 1)).isEqualTo(APPLIED);
    }
  }

  @Test
  void script_scriptsRefused_isRejectedWithAdvice() {
    restart(RestOptions.UPSTASH.withoutScripts());
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      assertThat(text(commit(store, 1)))
          .startsWith("rejected: NOPERM")
          .contains("commit by multi-exec");
    }
    assertThat(raw.readAll()).isEmpty();
  }

  @Test
  void multiExec_commandNotAllowed_isRejected() {
    restart(RestOptions.UPSTASH.allowing("TIME", "GET", "STRLEN", "ZCARD", "SET"));
    try (UpstashStore store = open(options(CommitMode.AUTO))) {
      assertThat(text(commit(store, 1)))
          .startsWith("rejected: Command not allowed: ZADD")
          .contains("leaves out");
    }
    assertThat(raw.readAll()).isEmpty();
  }

  @Test
  void serverWithoutTime_isServedWithoutIt() {
    restart(RestOptions.UPSTASH.allowing("GET", "TYPE"));
    observer.call("SET", "k", "Łódź");
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      for (int expected : List.of(2, 1)) {
        int before = requests();
        assertThat(get(store, new Key("k"))).isEqualTo(new ReadResult.Found<>(Value.utf8("Łódź")));
        assertThat(requests() - before).isEqualTo(expected);
      }
    }
  }

  @Test
  void noscript_isSentAgainWithTheTextInItsOrder_andWithTextsFromThenOn() {
    String noscript = "{\"error\":\"NOSCRIPT No matching script. Please use EVAL.\"}";
    server
        .faults()
        .next(Fault.answerInstead(RestReply.json(
            200,
            "[{\"result\":[\"MTc4NzE4NDAwNw==\",\"MTI=\"]},{\"result\":[\"YXBwbGllZA==\"]},%s,%s]"
                .formatted(noscript, noscript))));
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      assertThat(store.commit(many(3))).containsOnly(APPLIED).hasSize(3);
      assertThat(raw.readAll()).hasSize(4);
      assertThat(store.commit(List.of(put("x", 1), put("y", 1)))).containsOnly(APPLIED);
    }
    assertThat(server.requests())
        .extracting(request -> count(request.body().asUtf8(), "\"EVAL\""))
        .containsExactly(1, 2, 2);
  }

  @Test
  void evalshaRefused_isSentAgainWithTexts() {
    server
        .faults()
        .next(Fault.answerInstead(RestReply.json(
            400,
            "{\"error\":\"NOPERM this user has no permissions to run the 'evalsha' command\"}")));
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      assertThat(store.commit(many(2))).containsOnly(APPLIED).hasSize(2);
    }
    assertThat(requests()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = RestOptions.MultiExec.class,
      names = {"BROKEN", "ABSENT"})
  void serverWithoutMultiExec_isRefusedInEveryMode(RestOptions.MultiExec kind) {
    restart(RestOptions.UPSTASH.multiExec(kind));
    for (CommitMode mode : CommitMode.values()) {
      try (UpstashStore store = open(options(mode))) {
        assertThat(text(commit(store, 1)))
            .startsWith("rejected: ")
            .contains("regionsnap never writes otherwise");
      }
    }
    assertThat(raw.readAll()).isEmpty();
  }

  @Test
  void readOnlyToken_reads_andSaysWhatItMayNot() {
    observer.call("SET", "pointer", "a");
    try (UpstashStore store =
        UpstashStore.open(server.url(), server.readOnlyToken(), options(CommitMode.AUTO))) {
      assertThat(get(store, new Key("pointer"))).isEqualTo(new ReadResult.Found<>(Value.utf8("a")));
      assertThat(store.read(List.of(FOLLOW)).get(0)).isInstanceOf(ReadResult.Found.class);
      assertThat(store.read(List.of(new Query.Describe(new Key("pointer")))).get(0))
          .isInstanceOf(ReadResult.Found.class);
      assertThat(text(store.scan(new Scan("", "", Optional.empty(), 10))))
          .contains("NOPERM", "a read-only token names no keys");
      assertThat(text(commit(store, 1))).startsWith("rejected: NOPERM").contains("read-only token");
    }
    assertThat(raw.readAll()).hasSize(1);
  }

  @Test
  void encodingIgnored_bytesAreExact_orSaidToBeUncertain() {
    restart(RestOptions.UPSTASH.base64(RestOptions.Base64.IGNORED));
    observer.call("SET", "plain", "abcd1234");
    observer.call("SET", "broken", new byte[] {'a', (byte) 0xC3});
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      assertThat(get(store, new Key("plain")))
          .isEqualTo(new ReadResult.Found<>(Value.utf8("abcd1234")));
      assertThat(text(get(store, new Key("broken")))).contains("ignores Upstash-Encoding");
      assertThat(commit(store, 1)).isEqualTo(APPLIED);
      assertThat(commit(store, 1)).isInstanceOf(CommitResult.GuardFailed.class);
    }
  }

  @Test
  void torn_namesWhatWasWritten() {
    try (UpstashStore store = open(options(CommitMode.MULTI_EXEC))) {
      // Somebody else makes a list of the index between the reads and the commands.
      server.faults().nth(2, Fault.rewrite(reply -> reply));
      server.faults().nth(1, Fault.rewrite(reply -> {
        observer.call("RPUSH", "small:{t}:index", "x");
        return reply;
      }));
      assertThat(commit(store, 1)).isInstanceOfSatisfying(CommitResult.Torn.class, torn -> {
        assertThat(torn.keys()).containsExactly(body("t", 1));
        assertThat(torn.message()).startsWith("WRONGTYPE");
      });
    }
  }

  @Test
  void retryAfter_isKept_andNothingIsSentUntilThen() {
    RestReply busy = RestReply.json(429, "{\"error\":\"slow down\"}");
    server.faults().next(Fault.answerInstead(busy.withHeader("retry-after", "3000")));
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      assertThat(text(commit(store, 1))).startsWith("unavailable: ").contains("429");
      assertThat(text(commit(store, 1))).contains("left alone for another").contains(" s");
      assertThat(text(get(store, new Key("k")))).contains("left alone");
    }
    assertThat(requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "Sun, 06 Nov 1994 08:49:37 GMT", "soon", ""})
  void retryAfter_thatHasPassedOrSaysNothing_isNoReasonToWait(String wish) {
    server
        .faults()
        .next(Fault.answerInstead(RestReply.text(503, "down").withHeader("retry-after", wish)));
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      assertThat(commit(store, 1)).isInstanceOf(CommitResult.InDoubt.class);
      assertThat(requests()).isEqualTo(1);
      assertThat(commit(store, 1)).isEqualTo(APPLIED);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308, 408, 421, 503})
  void answersThatClientsLikeToFollowUp_areNotFollowedUp(int status) {
    server
        .faults()
        .next(Fault.answerInstead(RestReply.text(status, "")
            .withHeader("location", server.url() + "/elsewhere")
            .withHeader("retry-after", "0")));
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      assertThat(commit(store, 1)).isNotEqualTo(APPLIED);
    }
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void connectionLostWhileIdle_comesBack() {
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      assertThat(commit(store, 1)).isEqualTo(APPLIED);
      server.refuseConnections();
      assertThat(commit(store, 2)).isNotEqualTo(APPLIED);
      assertThat(Small.isUnavailable(commit(store, 2))).isTrue();
      server.acceptConnections();
      assertThat(commit(store, 2)).isEqualTo(APPLIED);
    }
  }

  @Test
  void nothingToDo_sendsNothing() {
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      assertThat(store.commit(List.of())).isEmpty();
      assertThat(store.read(List.<Query.Get>of())).isEmpty();
    }
    assertThat(requests()).isZero();
  }

  @Test
  void closed_isClosed() {
    UpstashStore store = open(options(CommitMode.SCRIPT));
    store.close();
    store.close();
    assertThatIllegalStateException().isThrownBy(() -> commit(store, 1));
  }
}
