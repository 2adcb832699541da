package io.regionsnap.testkit.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regionsnap.ports.Value;
import io.regionsnap.testkit.redis.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Each fault breaks what it says, and what it says was forwarded has run so often and no oftener.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTest {
  private static final String INCR = "[\"INCR\",\"n\"]";

  private final RestFixture rest = new RestFixture();
  private TestClient client = rest.serve(RestOptions.UPSTASH);

  @BeforeEach
  void start() {
    client = rest.serve(RestOptions.UPSTASH);
  }

  @AfterEach
  void reset() {
    rest.reset();
  }

  @AfterAll
  void close() {
    rest.close();
  }

  private Faults faults() {
    return client.server().faults();
  }

  private String incr() {
    return client.post("/", INCR).body();
  }

  private void incrIsCut() {
    assertThatThrownBy(this::incr).isInstanceOf(UncheckedIOException.class);
  }

  /** How often INCR has run. */
  private long runs() {
    Object reply = rest.behind().call("GET", "n");
    return reply instanceof byte[] digits
        ? Long.parseLong(new String(digits, StandardCharsets.UTF_8))
        : 0;
  }

  @Test
  void next_isForOneRequestEach() {
    faults()
        .next(
            Fault.answerInstead(RestReply.text(502, "a")),
            Fault.none(),
            Fault.answerInstead(RestReply.text(503, "b")));
    assertThat(incr()).isEqualTo("a");
    assertThat(incr()).isEqualTo("{\"result\":1}");
    assertThat(incr()).isEqualTo("b");
    assertThat(incr()).isEqualTo("{\"result\":2}");
  }

  @Test
  void nth_countsFromNow() {
    incr();
    faults().nth(2, Fault.answerInstead(RestReply.text(502, "a")));
    assertThat(incr()).isEqualTo("{\"result\":2}");
    assertThat(incr()).isEqualTo("a");
    assertThat(incr()).isEqualTo("{\"result\":3}");
  }

  @Test
  void always_isUntilHealed() {
    faults().always(Fault.answerInstead(RestReply.text(502, "a")));
    assertThat(incr() + incr()).isEqualTo("aa");
    faults().heal();
    assertThat(incr()).isEqualTo("{\"result\":1}");
  }

  @RepeatedTest(20)
  void refuseConnections_isRefusedUntilAccepted() throws IOException {
    client.server().refuseConnections();
    assertThatThrownBy(() -> rawReply(rawRequest())).isInstanceOf(ConnectException.class);
    client.server().acceptConnections();
    assertThat(rawReply(rawRequest())).endsWith("{\"result\":1}");
  }

  @Test
  void cutRequestAfter_anyByteOfIt_isNotForwarded() throws IOException {
    byte[] request = rawRequest();
    for (int bytes = 1; bytes <= request.length; bytes++) {
      faults().next(Fault.cutRequestAfter(bytes));
      assertThat(rawReply(request)).isEmpty();
    }
    assertThat(runs()).isZero();
    faults().next(Fault.cutRequestAfter(request.length + 1));
    assertThat(rawReply(request)).endsWith("{\"result\":1}");
  }

  @Test
  void cutReplyAfter_anyByteOfIt_isForwardedAndCutThere() throws IOException {
    byte[] request = rawRequest();
    int whole = rawReply(request).length();
    for (int bytes = 0; bytes < whole; bytes++) {
      faults().next(Fault.cutReplyAfter(bytes));
      assertThat(rawReply(request)).hasSize(bytes);
      rest.behind().call("SET", "n", 0);
    }
    faults().next(Fault.cutReplyAfter(whole));
    assertThat(rawReply(request)).endsWith("{\"result\":1}");
  }

  @Test
  void cutBeforeForwarding_hasNotRun() {
    faults().next(Fault.cutBeforeForwarding());
    incrIsCut();
    assertThat(runs()).isZero();
  }

  @Test
  void cutAfterForwarding_hasRun() {
    faults().next(Fault.cutAfterForwarding());
    incrIsCut();
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void hangBeforeForwarding_hasNotRunAndKeepsTheConnection() throws IOException {
    faults().next(Fault.hangBeforeForwarding());
    try (Socket waiting = sent(rawRequest())) {
      Await.until("the request arrived", () -> client.server().requests().size() == 1);
      assertThat(incr()).isEqualTo("{\"result\":1}");
      assertThat(waiting.getInputStream().available()).isZero();
    }
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void hangAfterForwarding_hasRunAndKeepsTheConnection() throws IOException {
    faults().next(Fault.hangAfterForwarding());
    try (Socket waiting = sent(rawRequest())) {
      Await.until("the request has run", () -> runs() == 1);
      assertThat(incr()).isEqualTo("{\"result\":2}");
      assertThat(waiting.getInputStream().available()).isZero();
    }
  }

  @Test
  void deliverLate_runsAfterTheClientGaveUp() throws IOException {
    Gate gate = new Gate();
    faults().next(Fault.deliverLate(gate));
    try (Socket impatient = sent(rawRequest())) {
      gate.awaitReached();
      assertThat(impatient.getInputStream().available()).isZero();
    }
    assertThat(incr()).isEqualTo("{\"result\":1}");
    gate.openAndAwait();
    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void answerLate_hasRunBeforeItAnswers() {
    Gate gate = new Gate();
    faults().next(Fault.answerLate(gate));
    CompletableFuture<String> reply = CompletableFuture.supplyAsync(this::incr);
    gate.awaitReached();
    assertThat(runs()).isEqualTo(1);
    assertThat(reply).isNotDone();
    gate.open();
    assertThat(reply.join()).isEqualTo("{\"result\":1}");
  }

  @Test
  void deliverTwice_runsTwiceAndAnswersTheSecond() {
    faults().next(Fault.deliverTwice());
    assertThat(incr()).isEqualTo("{\"result\":2}");
    assertThat(runs()).isEqualTo(2);
    assertThat(client.server().traffic().requests()).isEqualTo(1);
  }

  @Test
  void duplicateLate_runsAgainWhenTheGateOpens() {
    Gate gate = new Gate();
    faults().next(Fault.duplicateLate(gate));
    assertThat(incr()).isEqualTo("{\"result\":1}");
    assertThat(incr()).isEqualTo("{\"result\":2}");
    gate.awaitReached();
    assertThat(runs()).isEqualTo(2);
    gate.openAndAwait();
    assertThat(runs()).isEqualTo(3);
  }

  @Test
  void answerInstead_hasNotRun() {
    faults()
        .next(Fault.answerInstead(
            RestReply.json(429, "{\"error\":\"slow down\"}").withHeader("retry-after", "7")));
    HttpResponse<String> reply = client.post("/", INCR);
    assertThat(reply.statusCode()).isEqualTo(429);
    assertThat(reply.body()).isEqualTo("{\"error\":\"slow down\"}");
    assertThat(reply.headers().firstValue("retry-after")).contains("7");
    assertThat(reply.headers().firstValue("upstash-sync-token")).isEmpty();
    assertThat(runs()).isZero();
  }

  @Test
  void answerAfterForwarding_hasRun() {
    faults().next(Fault.answerAfterForwarding(RestReply.text(500, "")));
    HttpResponse<String> reply = client.post("/", INCR);
    assertThat(reply.statusCode()).isEqualTo(500);
    assertThat(reply.body()).isEmpty();
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void rewrite_changesTheRealReply() {
    faults()
        .next(Fault.rewrite(
            reply -> reply.withBody(Value.utf8(reply.body().asUtf8().substring(0, 8)))));
    assertThat(incr()).isEqualTo("{\"result");
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void latency_isOnTopOfOtherFaults() {
    faults().latency(Duration.ofMillis(100));
    faults().next(Fault.answerInstead(RestReply.text(502, "a")));
    long start = System.nanoTime();
    assertThat(incr()).isEqualTo("a");
    assertThat(incr()).isEqualTo("{\"result\":1}");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(200));
  }

  @Test
  void traffic_countsEveryByteOnTheWire() throws IOException {
    byte[] request = rawRequest();
    Traffic before = client.server().traffic();
    int replied = rawReply(request).length() + rawReply(request).length();
    assertThat(client.server().traffic().since(before))
        .isEqualTo(new Traffic(2, 2, 2L * request.length, 2L * INCR.length(), replied));
  }

  @Test
  void traffic_ofOneClient_reusesItsConnection() {
    for (int i = 0; i < 5; i++) {
      incr();
    }
    assertThat(client.server().traffic().connections()).isEqualTo(1);
    assertThat(client.server().traffic().requests()).isEqualTo(5);
    assertThat(client.server().requests()).hasSize(5);
  }

  private byte[] rawRequest() {
    return ("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer " + client.token() + "\r\nContent-Length: " + INCR.length()
            + "\r\n\r\n" + INCR)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private Socket sent(byte[] request) throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), client.server().url().getPort());
    socket.getOutputStream().write(request);
    return socket;
  }

  /** What comes back on a connection of its own until that is closed. */
  private String rawReply(byte[] request) throws IOException {
    try (Socket socket = sent(request)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
