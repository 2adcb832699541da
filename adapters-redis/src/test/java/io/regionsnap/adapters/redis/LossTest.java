package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.redis.CuttingProxy;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections and servers that are lost: what is said of a commit is true, and it is sent once. */
@SuppressWarnings("NullAway.Init")
class LossTest {
  private RedisServer server;
  private CuttingProxy proxy;
  private RespClient client;

  @BeforeEach
  void start() {
    server = RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
    proxy = CuttingProxy.to(server.port());
    client = server.connect();
  }

  @AfterEach
  void stop() {
    client.close();
    proxy.close();
    server.close();
  }

  private RedisStore open(CommitMode mode) {
    return RedisStore.open("redis://127.0.0.1:" + proxy.port(), Small.options(mode));
  }

  /** A transaction that leaves a trace each time that it is executed. */
  private static Transaction counting() {
    return new Transaction(
        List.of(),
        List.of(
            new Write.Put(new Key("{t}body"), Value.utf8("x"), 4_000_000_000_000L),
            new Write.Add(new Key("{t}index"), new IndexEntry("m", 1))));
  }

  private long calls(String command) {
    return client
        .text("INFO", "commandstats")
        .lines()
        .filter(line -> line.startsWith("cmdstat_" + command + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^=]*=([0-9]+),.*", "$1")))
        .sum();
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void answerCutOff_isInDoubtAndNeverSentAgain(CommitMode mode) {
    try (RedisStore store = open(mode)) {
      // Twice, because what Lettuce asks of a new connection may come after the first.
      assertThat(Small.commit(store, counting())).isEqualTo(Small.APPLIED);
      assertThat(Small.commit(store, counting())).isEqualTo(Small.APPLIED);
      long before = calls("zadd");
      if (mode == CommitMode.MULTI_EXEC) {
        // The reads are answered; what EXEC answers is not.
        proxy.cutAfterAnswerBytes(30);
      } else {
        // No byte is answered, whatever else was asked for; cut once it is executed.
        proxy.mute();
      }
      CompletableFuture<CommitResult> result =
          CompletableFuture.supplyAsync(() -> Small.commit(store, counting()));
      Await.until("the lost commit was executed", () -> calls("zadd") == before + 1);
      proxy.cutAll();
      assertThat(result.join()).isInstanceOf(CommitResult.InDoubt.class);
      proxy.heal();
      assertThat(Small.get(store, new Key("{t}body")))
          .isEqualTo(new ReadResult.Found<>(Value.utf8("x")));
      assertThat(Small.commit(store, counting())).isEqualTo(Small.APPLIED);
      assertThat(calls("zadd")).isEqualTo(before + 2);
    }
  }

  @Test
  void requestCutAtAnyByte_leavesNothingOrEverythingAndSaysSo() {
    try (RedisStore store = open(CommitMode.SCRIPT)) {
      assertThat(Small.commit(store, 0)).isEqualTo(Small.APPLIED);
      boolean whole = false;
      for (int number = 1; !whole; number++) {
        int current = number;
        proxy.cutAfterRequestBytes(1 + 41L * (number - 1));
        CommitResult result = Small.commit(store, number);
        // Once it is applied, the request was shorter than what was let through.
        whole = result.equals(Small.APPLIED);
        assertThat(whole || result instanceof CommitResult.InDoubt)
            .as("%s", result)
            .isTrue();
        assertThat(whole && number < 4).isFalse();
        proxy.heal();
        Await.until("the store has a connection", () -> {
          CommitResult again = Small.commit(store, current);
          return again.equals(Small.APPLIED) || again instanceof CommitResult.GuardFailed;
        });
        assertThat(client.call("EXISTS", Small.body("t", number).name())).isEqualTo(1L);
        assertThat(client.call("ZSCORE", Small.index("t").name(), "m" + number)).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void answerOverdue_isInDoubtWithinTheTimeLimit(CommitMode mode) {
    RedisOptions options =
        Small.options(mode).withTimeouts(Duration.ofSeconds(3), Duration.ofMillis(300));
    try (RedisStore store = RedisStore.open("redis://127.0.0.1:" + proxy.port(), options)) {
      assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
      proxy.mute();
      long begin = System.nanoTime();
      CommitResult result = Small.commit(store, 2);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
      if (mode == CommitMode.MULTI_EXEC) {
        assertThat(result).as("the reads were not answered").matches(Small::isUnavailable);
      } else {
        assertThat(result).isInstanceOf(CommitResult.InDoubt.class);
      }
      assertThat(Small.get(store, new Key("x"))).isInstanceOf(ReadResult.Unreadable.class);
      proxy.heal();
      Await.until(
          "the store has a connection again",
          () -> !(Small.commit(store, 3) instanceof CommitResult.NotApplied));
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void idleConnectionKilled_nextCommitIsAppliedOrSaysThatItWasNotSent(CommitMode mode) {
    try (RedisStore store = open(mode)) {
      assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
      client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
      AtomicInteger number = new AtomicInteger(1);
      Await.until("commits are applied again", () -> {
        CommitResult result = Small.commit(store, number.incrementAndGet());
        assertThat(result).isNotInstanceOf(CommitResult.GuardFailed.class);
        return result.equals(Small.APPLIED);
      });
    }
  }

  @ParameterizedTest
  @EnumSource(CommitMode.class)
  void serverForgetsScripts_isApplied(CommitMode mode) {
    try (RedisStore store = open(mode)) {
      assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
      client.call("SCRIPT", "FLUSH");
      assertThat(store.commit(List.of(Small.put("t", 2), Small.put("u", 3))))
          .containsExactly(Small.APPLIED, Small.APPLIED);
      server.kill();
      server.restart();
      Await.until(
          "commits are applied after the restart",
          () -> Small.commit(store, 4) instanceof CommitResult.Applied);
    }
  }

  @Test
  void interrupted_isInDoubtAndStaysInterrupted() {
    try (RedisStore store = open(CommitMode.SCRIPT)) {
      assertThat(Small.commit(store, 1)).isEqualTo(Small.APPLIED);
      proxy.mute();
      Thread.currentThread().interrupt();
      CommitResult result = Small.commit(store, 2);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(result).isInstanceOf(CommitResult.InDoubt.class);
    }
  }

  /** Kills the server again and again while threads write, and compares what was said with it. */
  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void serverKilledUnderLoad_whatWasReportedIsTrue(CommitMode mode) throws Exception {
    Map<String, CommitResult> said = new ConcurrentHashMap<>();
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> writers = new ArrayList<>();
    try (RedisStore store = RedisStore.open(server.url().toString(), Small.options(mode))) {
      for (int t = 0; t < 4; t++) {
        String tag = "w" + t;
        writers.add(threads.submit(() -> {
          for (int i = 0; !stop.get(); i++) {
            said.put(tag + " " + i, Small.commit(store, Small.put(tag, i)));
          }
        }));
      }
      for (int kill = 0; kill < 3; kill++) {
        long before = applied(said);
        Await.until("commits are applied", () -> applied(said) > before + 100);
        server.kill();
        server.restart();
      }
      long before = applied(said);
      Await.until("commits are applied", () -> applied(said) > before + 100);
      stop.set(true);
      for (Future<?> writer : writers) {
        writer.get();
      }
    } finally {
      stop.set(true);
      threads.shutdownNow();
    }
    try (RespClient observer = server.connect()) {
      said.forEach((name, result) -> assertTrue(observer, name, result));
    }
  }

  private static long applied(Map<String, CommitResult> said) {
    return said.values().stream().filter(Small.APPLIED::equals).count();
  }

  private static void assertTrue(RespClient observer, String name, CommitResult result) {
    String[] parts = name.split(" ", -1);
    int number = Integer.parseInt(parts[1]);
    boolean body = observer.text("EXISTS", Small.body(parts[0], number).name()).equals("1");
    boolean member = observer.call("ZSCORE", Small.index(parts[0]).name(), "m" + number) != null;
    assertThat(member).as("whole: " + name + " " + result).isEqualTo(body);
    if (result.equals(Small.APPLIED)) {
      assertThat(body).as(name).isTrue();
    } else if (result instanceof CommitResult.NotApplied) {
      assertThat(body).as(name + " " + result).isFalse();
    } else {
      assertThat(result).isInstanceOf(CommitResult.InDoubt.class);
    }
  }
}
