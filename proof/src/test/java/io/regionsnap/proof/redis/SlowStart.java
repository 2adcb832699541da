package io.regionsnap.proof.redis;

import io.regionsnap.testkit.redis.Await;
import io.regionsnap.testkit.redis.RespClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Kills a server and starts it again on data that take it a while to load, during which it answers
 * LOADING. Its log must be on. Not thread-safe.
 */
final class SlowStart {
  private static final int KEYS = 40;

  /** Not less than what a server loads between two looks at its clients, see below. */
  private static final int BYTES = 1_100;

  /** A fifth of a second for all keys, and a look at the clients after each. */
  private static final String SLOWLY =
      "key-load-delay 5000\nloading-process-events-interval-bytes 1024\n";

  private final RedisBench bench;

  SlowStart(RedisBench bench) {
    this.bench = bench;
  }

  /** Returns while the server is loading; what is returned waits until it has loaded. */
  Ending begin() {
    fill();
    configure(SLOWLY);
    bench.server().kill();
    bench.server().restartWithoutWaiting();
    Await.until("the server says what it is doing", this::answers);
    return () -> {
      long refused;
      try (RespClient client = bench.server().connect()) {
        refused = ServerFaults.errors(client, "LOADING");
      }
      bench.server().awaitReady();
      configure("");
      bench.reconnect();
      return refused;
    };
  }

  /** In another database, where nobody looks; and in the file that a start begins with. */
  private void fill() {
    Random random = new Random(0);
    List<Object> command = new ArrayList<>(List.of("MSET"));
    for (int key = 0; key < KEYS; key++) {
      // Bytes that a server cannot compress.
      byte[] bytes = new byte[BYTES];
      random.nextBytes(bytes);
      command.add("ballast:" + key);
      command.add(bytes);
    }
    try (RespClient client = bench.server().connect()) {
      client.call("SELECT", 1);
      client.call(command.toArray());
      client.call("BGREWRITEAOF");
      Await.until("the log is rewritten", () -> {
        String state = client.text("INFO", "persistence");
        return state.contains("aof_rewrite_in_progress:0")
            && state.contains("aof_rewrite_scheduled:0");
      });
    }
  }

  private void configure(String text) {
    Path configuration = bench.server().folder().resolve("redis.conf");
    try {
      Files.writeString(configuration, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It may be asked for this, whatever it is doing. */
  private boolean answers() {
    try (RespClient client = bench.server().connect()) {
      return client.text("INFO", "persistence").contains("loading:");
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
