package io.regionsnap.adapters.redis;

import io.lettuce.core.cluster.SlotHash;
import io.regionsnap.adapters.redis.Wire.ConnectException;
import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.StoreDiagnostics.KeyGroup;
import io.regionsnap.redis.dialect.Command;
import io.regionsnap.redis.dialect.Reply;
import io.regionsnap.redis.dialect.server.ClusterCheck;
import io.regionsnap.redis.dialect.server.ServerChecks;
import io.regionsnap.redis.dialect.server.ServerSight;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Asks servers what they are, all of those that take commits at once, and judges it. Thread-safe.
 */
final class Diagnostics {
  private final Topology topology;
  private final boolean cluster;
  private final int durableReplicas;
  private final long timeoutNanos;

  Diagnostics(Topology topology, boolean cluster, RedisOptions options) {
    this.topology = topology;
    this.cluster = cluster;
    this.durableReplicas = options.durableReplicas();
    this.timeoutNanos = options.timeout().toNanos();
  }

  List<Check> check(List<KeyGroup> groups) {
    Map<String, Map<String, Check>> byName = new LinkedHashMap<>();
    sights()
        .forEach((node, checks) -> checks.forEach(check ->
            byName.computeIfAbsent(check.name(), none -> new LinkedHashMap<>()).put(node, check)));
    List<Check> all = new ArrayList<>();
    byName.values().forEach(checks -> all.add(ServerChecks.together(checks)));
    groups.forEach(group -> all.add(slots(group)));
    return all;
  }

  /** The checks of each node, by its name. */
  private Map<String, List<Check>> sights() {
    Map<String, List<Check>> sights = new LinkedHashMap<>();
    try {
      Map<Node, CompletableFuture<Line>> lines = new LinkedHashMap<>();
      topology.primaries().forEach(node -> lines.put(node, node.borrowing()));
      long deadline = System.nanoTime() + timeoutNanos;
      lines.forEach((node, line) -> sights.put(node.name(), ask(node, line, deadline)));
    } catch (ConnectException e) {
      sights.put("the cluster", judge(unanswered(String.valueOf(e.getMessage()))));
    }
    return sights;
  }

  private List<Command> commands() {
    List<Command> commands = new ArrayList<>(ServerSight.commands());
    if (cluster) {
      commands.add(ClusterCheck.command());
    }
    return commands;
  }

  private List<Check> ask(Node node, CompletableFuture<Line> connecting, long deadline) {
    try {
      Line line = node.await(connecting);
      Line.Replies replies = Line.replies(line.exchange(commands(), deadline));
      if (!replies.missing().isEmpty()) {
        line.close();
        return judge(unanswered(Answer.message(replies.missing().get(0))));
      }
      node.giveBack(line);
      return judge(replies.all());
    } catch (ConnectException e) {
      return judge(unanswered(String.valueOf(e.getMessage())));
    }
  }

  private List<Reply> unanswered(String message) {
    return commands().stream().<Reply>map(unused -> new Reply.Failure(message)).toList();
  }

  private List<Check> judge(List<Reply> replies) {
    int shown = ServerSight.commands().size();
    ServerSight sight = ServerSight.of(replies.subList(0, shown));
    List<Check> checks = new ArrayList<>(ServerChecks.all(sight, durableReplicas));
    checks.addAll(
        cluster ? List.of(ClusterCheck.of(replies.get(shown))) : ClusterCheck.ofSingle(sight));
    return checks;
  }

  private Check slots(KeyGroup group) {
    String name = "slots-" + group.name();
    long slots = group.keys().stream()
        .map(key -> SlotHash.getSlot(key.name().getBytes(StandardCharsets.UTF_8)))
        .distinct()
        .count();
    if (slots <= 1) {
      return Check.pass(name, "the keys of a region share a slot of a cluster");
    }
    String seen = "the keys of a region are in %d slots of a cluster".formatted(slots);
    if (!group.inUse()) {
      return Check.pass(name, seen + "; not in use here");
    }
    return cluster
        ? Check.fail(name, seen, "use a key layout with hash tags: no transaction can hold them")
        : Check.warn(
            name,
            seen + ", which this server is not",
            "nothing here; a cluster would need the other key layout");
  }
}
