package io.regionsnap.adapters.upstash;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.StoreDiagnostics.KeyGroup;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Command;
import io.regionsnap.redis.dialect.Reply;
import io.regionsnap.redis.dialect.Round;
import io.regionsnap.redis.dialect.server.ServerChecks;
import io.regionsnap.redis.dialect.server.ServerSight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Asks a server what it is, and tries how large a request may be. Thread-safe.
 *
 * <p>INFO is asked for as Upstash documents it; what it does not show there, disks and replicas, is
 * judged only where the server is not Upstash's.
 */
final class Diagnostics {
  private static final String REQUEST_SIZE = "request-size";

  /**
   * As much as is tried, in bytes: more than the 1 MiB at which many a proxy draws the line, and
   * little enough to be sent for nothing.
   */
  static final int MOST_TRIED = 1_200_000;

  /** What a request holds besides the arguments of a command, and more. */
  private static final int SPARE = 512;

  private static final int ARGUMENT = Key.MAX_BYTES / 2;

  private final Conversation conversation;
  private final int maxRequestBytes;

  Diagnostics(Conversation conversation, UpstashOptions options) {
    this.conversation = conversation;
    this.maxRequestBytes = options.maxRequestBytes();
  }

  List<Check> check(List<KeyGroup> groups) {
    ServerSight sight = ServerSight.of(List.of(ask(ServerSight.info())));
    List<Check> checks = new ArrayList<>(
        sight.field("aof_enabled").isPresent()
            ? ServerChecks.all(sight, 0)
            : ServerChecks.ofUpstash(sight));
    checks.add(requestSize(groups));
    return checks;
  }

  private Reply ask(Command command) {
    Round<Reply> round = new Round<>(List.of(command), replies -> new Round.Done<>(replies.get(0)));
    return conversation
        .run(
            Rest.PIPELINE,
            List.of(round),
            answer -> new Reply.Failure(Advice.with(Answer.message(answer))))
        .get(0);
  }

  /** Asks whether keys exist, of which there are many and none does. */
  private Check requestSize(List<KeyGroup> groups) {
    int tried = Math.min(maxRequestBytes, MOST_TRIED);
    String prefix = groups.stream()
        .filter(KeyGroup::inUse)
        .flatMap(group -> group.keys().stream())
        .findFirst()
        .map(Key::name)
        .orElse("regionsnap:");
    List<Value> names = new ArrayList<>();
    for (int left = tried - Rest.overhead() - SPARE; left > 0; left -= ARGUMENT) {
      int padding = Math.max(1, Math.min(left, ARGUMENT) - prefix.length() - 3);
      names.add(Value.utf8(prefix + String.join("", Collections.nCopies(padding, "-"))));
    }
    if (names.isEmpty()) {
      return Check.fail(
          REQUEST_SIZE,
          "requests of up to %d bytes are allowed".formatted(maxRequestBytes),
          "allow larger ones: --max-request-bytes; no snapshot fits into such");
    }
    if (!(ask(new Command("EXISTS", names)) instanceof Reply.Failure failure)) {
      return Check.pass(REQUEST_SIZE, taken(tried));
    } else if (ask(new Command("EXISTS", names.subList(0, 1))) instanceof Reply.Failure small) {
      return Check.warn(
          REQUEST_SIZE,
          "not tried: " + small.message(),
          "make sure that the server takes requests of --max-request-bytes, " + maxRequestBytes);
    }
    return Check.fail(
        REQUEST_SIZE,
        "a request of %d bytes got: %s".formatted(tried, failure.message()),
        "lower --max-request-bytes, until this passes; a snapshot must still fit");
  }

  private String taken(int tried) {
    return tried == maxRequestBytes
        ? "requests of %d bytes, the most that is sent, are taken".formatted(tried)
        : "a request of %d bytes is taken; up to %d may be sent, which was not tried, for it costs"
                .formatted(tried, maxRequestBytes)
            + " as much as it carries";
  }
}
