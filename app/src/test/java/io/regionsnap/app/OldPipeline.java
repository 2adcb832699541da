package io.regionsnap.app;

import io.regionsnap.domain.Snapshot;
import io.regionsnap.ports.Value;
import io.regionsnap.testkit.drift.OldWriter;
import io.regionsnap.testkit.redis.CuttingProxy;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.rest.Faults;
import io.regionsnap.testkit.rest.RestOptions;
import io.regionsnap.testkit.rest.RestServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/**
 * What users have today: the writer of old, a REST server, a way that can be cut, and a real Redis.
 */
final class OldPipeline implements AutoCloseable {
  private static final List<List<Object>> PING = List.of(List.of("PING"));

  private final RedisServer redis = RedisServer.start();
  private final CuttingProxy way = CuttingProxy.to(redis.port());
  private final RestServer rest = start(RestOptions.UPSTASH);
  private final RestServer reconnecting = start(RestOptions.UPSTASH.reconnecting());
  private final RespClient observer = redis.connect();
  private final OldWriter pipeline;
  private final OldWriter multiExec;
  private final OldWriter overReconnecting;

  /** With a clock for the writer; the server's own cannot be set. */
  OldPipeline(InstantSource clock) {
    this.pipeline = OldWriter.pipeline(rest, clock);
    this.multiExec = OldWriter.multiExec(rest, clock);
    this.overReconnecting = OldWriter.pipeline(reconnecting, clock);
  }

  private RestServer start(RestOptions options) {
    return RestServer.start(URI.create("redis://127.0.0.1:" + way.port()), options);
  }

  OldWriter writer() {
    return pipeline;
  }

  OldWriter multiExec() {
    return multiExec;
  }

  /** The whole of it, with the connection cut for good after some of the six commands. */
  OldWriter.Said persistCutAfter(int commands, Snapshot snapshot) {
    OldWriter.Said claimed = pipeline.claim(snapshot);
    // Not at their end, but with the first byte of the next: so the last of them has its answer.
    way.cutAfterRequestBytes(
        bytes(PING) + bytes(pipeline.commands(snapshot).subList(0, commands)) + 1);
    return end(claimed, pipeline.write(snapshot));
  }

  /** The same with the commands as one transaction. */
  OldWriter.Said persistAtomicallyCutAfter(int commands, Snapshot snapshot) {
    OldWriter.Said claimed = multiExec.claim(snapshot);
    way.cutAfterRequestBytes(bytes(PING)
        + bytes(List.of(List.of("MULTI")))
        + bytes(multiExec.commands(snapshot).subList(0, commands))
        + 1);
    return end(claimed, multiExec.write(snapshot));
  }

  /** With one connection lost in the middle of the id view, and another for what comes after it. */
  OldWriter.Said persistDroppingTheIdView(Snapshot snapshot) {
    OldWriter.Said claimed = overReconnecting.claim(snapshot);
    way.cutOnceAfterRequestBytes(
        2 * bytes(PING) + bytes(pipeline.commands(snapshot).subList(0, 1)) + 20);
    return end(claimed, overReconnecting.write(snapshot));
  }

  /** With a server that runs out of memory between the two requests, and has some again later. */
  OldWriter.Said persistOutOfMemory(OldWriter writer, Snapshot snapshot) {
    OldWriter.Said claimed = writer.claim(snapshot);
    observer.call("CONFIG", "SET", "maxmemory", 1);
    OldWriter.Said written = writer.write(snapshot);
    observer.call("CONFIG", "SET", "maxmemory", 0);
    return end(claimed, written);
  }

  private OldWriter.Said end(OldWriter.Said claimed, OldWriter.Said written) {
    way.heal();
    return claimed == OldWriter.Said.OK ? written : claimed;
  }

  /** As {@link RespClient} sends them. */
  private static long bytes(List<List<Object>> commands) {
    long bytes = 0;
    for (List<Object> command : commands) {
      bytes += ("*" + command.size() + "\r\n").length();
      for (Object part : command) {
        int length = part.toString().getBytes(StandardCharsets.UTF_8).length;
        bytes += ("$" + length + "\r\n").length() + length + 2;
      }
    }
    return bytes;
  }

  Faults faults() {
    return rest.faults();
  }

  RespClient observer() {
    return observer;
  }

  RestServer rest() {
    return rest;
  }

  String url() {
    return redis.url().toString();
  }

  /** What a document says it is. */
  static Snapshot snapshot(String document) {
    return io.regionsnap.testkit.SnapshotDocuments.PARSER
        .parse(Value.utf8(document))
        .match(parsed -> parsed, refusal -> {
          throw new IllegalArgumentException(refusal.message());
        });
  }

  @Override
  public void close() {
    way.heal();
    rest.close();
    reconnecting.close();
    observer.close();
    way.close();
    redis.close();
  }
}
