package io.regionsnap.benchmarks;

import io.regionsnap.adapters.inmemory.EmbeddedStore;
import io.regionsnap.adapters.inmemory.InMemoryStore;
import io.regionsnap.adapters.redis.RedisOptions;
import io.regionsnap.adapters.redis.RedisStore;
import io.regionsnap.adapters.upstash.UpstashOptions;
import io.regionsnap.adapters.upstash.UpstashStore;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.rest.RestServer;
import io.regionsnap.testkit.rest.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A store of regionsnap with all that is behind it.
 *
 * @param store the store
 * @param closing ends what is behind it, after the store was closed
 */
record Backend(TransactionalStore store, Runnable closing) implements AutoCloseable {

  static Backend memory() {
    return new Backend(new InMemoryStore(InstantSource.system()), () -> {});
  }

  static Backend embedded() {
    try {
      Path folder = Files.createTempDirectory("regionsnap-benchmark");
      return new Backend(
          EmbeddedStore.open(
              folder.resolve("store.mv"),
              EmbeddedStore.Options.readWrite(),
              InstantSource.system()),
          () -> delete(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Backend redis() {
    RedisServer server = RedisServer.start();
    return new Backend(redis(server.port(), CommitMode.SCRIPT), server::close);
  }

  static TransactionalStore redis(int port, CommitMode mode) {
    return RedisStore.open("redis://127.0.0.1:" + port, RedisOptions.defaults().withMode(mode));
  }

  static Backend upstash(CommitMode mode, int roundTripMillis) {
    Rest rest = Rest.start(roundTripMillis);
    return new Backend(rest.store(mode), rest::close);
  }

  @Override
  public void close() {
    store.close();
    closing.run();
  }

  /** An Upstash-compatible server in front of a Redis of its own. */
  record Rest(RedisServer redis, RestServer server) implements AutoCloseable {
    static Rest start(int roundTripMillis) {
      RedisServer redis = RedisServer.start();
      RestServer server = RestServer.start(redis.url());
      server.faults().latency(Duration.ofMillis(roundTripMillis));
      return new Rest(redis, server);
    }

    TransactionalStore store(CommitMode mode) {
      return UpstashStore.open(
          server.url(), server.token(), UpstashOptions.defaults().withMode(mode));
    }

    Ground.Sent sent() {
      Traffic traffic = server.traffic();
      return new Ground.Sent(traffic.requestBytes(), traffic.requests());
    }

    @Override
    public void close() {
      server.close();
      redis.close();
    }
  }
}
