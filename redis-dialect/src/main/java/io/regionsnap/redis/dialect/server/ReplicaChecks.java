package io.regionsnap.redis.dialect.server;

import io.regionsnap.ports.StoreDiagnostics.Check;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who else has what the server has. INFO still says master and slave where people say otherwise.
 */
final class ReplicaChecks {
  private static final String REPLICAS = "replicas";
  private static final String MINIMUM = "min-replicas";
  private static final String DURABLE = "durable-replicas";

  /** In seconds; the lag at which Redis by itself takes a replica for lost. */
  private static final long LAGGING = 10;

  private static final String CUT_OFF =
      "a primary that is cut off from its replicas goes on taking commits, which are lost when it"
          + " comes back: set min-replicas-to-write 1";

  private ReplicaChecks() {}

  /** A line such as slave0:ip=127.0.0.1,port=6380,state=online,offset=14,lag=0. */
  private record Replica(String name, boolean online, long lag) {
    static Replica parse(String line) {
      Map<String, String> parts = new HashMap<>();
      for (String part : line.split(",", -1)) {
        int equals = part.indexOf('=');
        parts.put(part.substring(0, Math.max(0, equals)), part.substring(equals + 1));
      }
      return new Replica(
          parts.getOrDefault("ip", "?") + ":" + parts.getOrDefault("port", "?"),
          parts.getOrDefault("state", "").equals("online"),
          ServerSight.whole(Optional.ofNullable(parts.get("lag"))).orElse(LAGGING + 1));
    }

    boolean isGood() {
      return online && lag <= LAGGING;
    }

    @Override
    public String toString() {
      return online ? "%s %d s behind".formatted(name, lag) : name + " not online";
    }
  }

  static List<Check> of(ServerSight sight, int durableReplicas) {
    Optional<String> role = sight.field("role");
    if (role.isEmpty()) {
      return List.of(
          sight.unseen(REPLICAS, "ask whoever runs the server how many replicas follow it"),
          sight.unseen(MINIMUM, CUT_OFF),
          sight.unseen(DURABLE, "no more replicas can confirm a commit than follow the server"));
    }
    List<Replica> replicas = sight.numbered("slave").map(Replica::parse).toList();
    long good = replicas.stream().filter(Replica::isGood).count();
    return List.of(
        isReplica(role.get()) ? ofReplica(sight) : replicas(replicas, good),
        minimum(sight, replicas.size()),
        durable(durableReplicas, good));
  }

  private static boolean isReplica(String role) {
    return role.equals("slave") || role.equals("replica");
  }

  private static Check ofReplica(ServerSight sight) {
    return Check.fail(
        REPLICAS,
        "this server is a replica of %s:%s, and its link is %s"
            .formatted(
                sight.field("master_host").orElse("?"),
                sight.field("master_port").orElse("?"),
                sight.field("master_link_status").orElse("unknown")),
        "use the address of the primary, or redis-sentinel://: a replica takes no commits");
  }

  private static Check replicas(List<Replica> replicas, long good) {
    if (replicas.isEmpty()) {
      return Check.warn(
          REPLICAS,
          "no replica follows this server",
          "attach one, or keep backups: the loss of this machine is the loss of all");
    }
    String seen = String.join(", ", replicas.stream().map(Replica::toString).toList());
    return good == replicas.size()
        ? Check.pass(REPLICAS, seen)
        : Check.warn(
            REPLICAS,
            seen,
            "look at the logs of the replicas: what they lack is lost if they take" + " over");
  }

  /** The number of replicas that follow closely is shown only where some are demanded. */
  private static Check minimum(ServerSight sight, int replicas) {
    OptionalLong following = sight.number("min_slaves_good_slaves");
    OptionalLong demanded = ServerSight.whole(sight.setting("min-replicas-to-write"));
    if (following.isEmpty()) {
      return replicas == 0
          ? Check.pass(MINIMUM, "none are demanded, and there are none")
          : Check.warn(MINIMUM, "min-replicas-to-write is 0", CUT_OFF);
    }
    long have = following.getAsLong();
    if (demanded.isEmpty()) {
      return have == 0
          ? Check.fail(MINIMUM, "replicas are demanded, and none follows closely", "attach them")
          : Check.pass(MINIMUM, "some are demanded; %d follow closely".formatted(have));
    }
    String seen =
        "min-replicas-to-write is %d; %d follow closely".formatted(demanded.getAsLong(), have);
    return have < demanded.getAsLong()
        ? Check.fail(MINIMUM, seen, "attach replicas: the server refuses commits until then")
        : Check.pass(MINIMUM, seen);
  }

  private static Check durable(int wanted, long good) {
    if (wanted > good) {
      return Check.warn(
          DURABLE,
          "%d are to confirm each commit, and %d can".formatted(wanted, good),
          "attach replicas, or ask for fewer: each commit waits until the time limit has passed");
    }
    return Check.pass(
        DURABLE,
        wanted == 0
            ? "not asked for; up to %d could confirm each commit".formatted(good)
            : "%d are to confirm each commit, and %d can".formatted(wanted, good));
  }
}
