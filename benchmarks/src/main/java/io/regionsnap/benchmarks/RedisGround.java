package io.regionsnap.benchmarks;

import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A Redis server of its own on loopback, which keeps nothing on disk; with a {@link Relay} in front
 * of it if there is to be a round trip.
 */
final class RedisGround implements Ground {
  private static final int FILLED_TOGETHER = 1_000;

  private final RedisServer server;
  private final Optional<Relay> relay;
  private final Contender contender;
  private final RespClient direct;

  /**
   * Starts the server.
   *
   * @param roundTripMillis what every answer takes longer
   * @param opener who persists, given a port
   */
  RedisGround(int roundTripMillis, IntFunction<Contender> opener) {
    this.server = RedisServer.start();
    this.relay = roundTripMillis == 0
        ? Optional.empty()
        : Optional.of(Relay.to(server.port(), roundTripMillis));
    this.contender = opener.apply(relay.map(Relay::port).orElse(server.port()));
    this.direct = server.connect();
  }

  @Override
  public Contender contender() {
    return contender;
  }

  @Override
  public synchronized void fill(List<String> regions, int members, long lastMillis) {
    for (String region : regions) {
      for (int from = 0; from < members; from += FILLED_TOGETHER) {
        List<Object> command = new ArrayList<>(List.of("ZADD", "snapshot:index:{" + region + "}"));
        for (int i = from; i < Math.min(members, from + FILLED_TOGETHER); i++) {
          command.add(lastMillis - (members - 1 - i));
          command.add(member(i));
        }
        direct.call(command.toArray());
      }
      direct.call("SET", "snapshot:latest:{" + region + "}", member(members - 1));
    }
  }

  private static String member(int number) {
    return String.format(Locale.ROOT, "%012x-filled000000", number);
  }

  @Override
  public synchronized void sweep(List<Document> documents) {
    List<Object> command = new ArrayList<>(List.of("DEL"));
    for (Document document : documents) {
      Names names = Names.of(document);
      command.addAll(List.of(names.idView(), names.timestampView(), names.claim()));
    }
    direct.call(command.toArray());
  }

  @Override
  public void isAway(int roundTripMillis) {
    relay.ifPresent(line -> line.takes(roundTripMillis));
  }

  @Override
  public Sent sent() {
    return new Sent(relay.map(Relay::sentBytes).orElse(0L), 0);
  }

  @Override
  public void close() {
    contender.close();
    direct.close();
    relay.ifPresent(Relay::close);
    server.close();
  }
}
