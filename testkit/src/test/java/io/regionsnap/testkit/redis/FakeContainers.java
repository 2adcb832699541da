package io.regionsnap.testkit.redis;

import java.util.ArrayList;
import java.util.List;

/** Containers without an engine: processes, which behave the same from outside. */
final class FakeContainers implements Containers {
  private final boolean available;
  private final List<RedisServer> running = new ArrayList<>();

  FakeContainers(boolean available) {
    this.available = available;
  }

  @Override
  public boolean areAvailable() {
    return available;
  }

  @Override
  public Started start() {
    if (!available) {
      throw new IllegalStateException("no engine answers");
    }
    RedisServer server = RedisServer.start();
    running.add(server);
    return new Started(server.url(), () -> {
      server.close();
      running.remove(server);
    });
  }

  List<RedisServer> running() {
    return List.copyOf(running);
  }
}
