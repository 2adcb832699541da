package io.regionsnap.redis.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One script for each shape, and which of them a server keeps. */
@SuppressWarnings("NullAway.Init")
class TransactionScriptsTest {
  private static final long LATER = 4_000_000_000_000L;
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

  /** As many puts, which is a shape that nothing else in this JVM has. */
  private static Transaction puts(int count, String prefix) {
    List<Write> writes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      writes.add(new Write.Put(new Key(prefix + i), Value.utf8(prefix + i), LATER));
    }
    return new Transaction(List.of(new Guard.Absent(new Key(prefix + 0))), writes);
  }

  private static void commit(TransactionScript script) {
    assertThat(new Server(client).run(script.firstRound()))
        .isEqualTo(new ScriptAnswer.Decided(new CommitResult.Applied()));
  }

  private static boolean isKept(TransactionScript script) {
    return client.list("SCRIPT", "EXISTS", script.sha1().asUtf8()).equals(List.of(1L));
  }

  @Test
  void sameShape_otherKeysAndValues_isTheSameScript() {
    TransactionScript one = TransactionScript.of(puts(31, "a"), true);
    TransactionScript other = TransactionScript.of(puts(31, "b"), true);
    assertThat(other.sha1()).isEqualTo(one.sha1());
    assertThat(TransactionScript.of(puts(32, "a"), true).sha1()).isNotEqualTo(one.sha1());
    assertThat(TransactionScript.of(puts(31, "a"), false).sha1()).isNotEqualTo(one.sha1());
  }

  @Test
  void shapeComesOnce_serverDoesNotKeepItsScript() {
    TransactionScript first = TransactionScript.of(puts(33, "c"), true);
    commit(first);
    assertThat(isKept(first)).isFalse();
    TransactionScript second = TransactionScript.of(puts(33, "d"), true);
    commit(second);
    assertThat(isKept(second)).isTrue();
    assertThat(client.text("DBSIZE")).isEqualTo("66");
  }

  @Test
  void manyShapes_serverKeepsNoneOfThem() {
    commit(TransactionScript.of(puts(34, "e"), true));
    List<TransactionScript> scripts = new ArrayList<>();
    for (int shape = 40; shape < 140; shape++) {
      scripts.add(TransactionScript.of(puts(shape, "shape" + shape + ":"), true));
      commit(scripts.get(scripts.size() - 1));
    }
    assertThat(scripts).noneMatch(TransactionScriptsTest::isKept);
  }
}
