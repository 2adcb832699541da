package io.regionsnap.redis.dialect.server;

import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Command;
import io.regionsnap.redis.dialect.Reply;
import java.util.List;
import java.util.Map;

/** Whether a cluster is whole, as one of its nodes sees it. */
public final class ClusterCheck {
  private static final String NAME = "cluster";
  private static final String SLOTS = "16384";

  private ClusterCheck() {}

  /**
   * The command that asks.
   *
   * @return CLUSTER INFO
   */
  public static Command command() {
    return new Command("CLUSTER", List.of(Value.utf8("INFO")));
  }

  /**
   * Judges the answer.
   *
   * @param reply to {@link #command}
   * @return the check
   */
  public static Check of(Reply reply) {
    if (!(reply instanceof Reply.Bulk bulk)) {
      String said = reply instanceof Reply.Failure failure ? failure.message() : "no text";
      return Check.warn(
          NAME,
          "not visible to this user: " + said,
          "make sure that every slot is served; to let this user see it: ACL SETUSER USER"
              + " +cluster|info");
    }
    Map<String, String> fields = ServerSight.parse(bulk.bytes().asUtf8());
    String state = fields.getOrDefault("cluster_state", "unknown");
    String assigned = fields.getOrDefault("cluster_slots_assigned", "unknown");
    String lost = fields.getOrDefault("cluster_slots_fail", "0");
    String doubted = fields.getOrDefault("cluster_slots_pfail", "0");
    String seen = "state %s, %s of %s slots assigned".formatted(state, assigned, SLOTS);
    if (!state.equals("ok") || !assigned.equals(SLOTS) || !lost.equals("0")) {
      return Check.fail(
          NAME,
          seen + ", %s lost".formatted(lost),
          "bring back the nodes that serve the missing slots, or redis-cli --cluster fix: regions in"
              + " them can be neither persisted nor read");
    }
    return doubted.equals("0")
        ? Check.pass(NAME, seen)
        : Check.warn(
            NAME,
            seen + ", %s on nodes that do not answer".formatted(doubted),
            "look at those nodes: CLUSTER NODES names them");
  }

  /**
   * Judges a server that is spoken to as if it were alone.
   *
   * @param sight what it shows
   * @return a check only if it is a node of a cluster
   */
  public static List<Check> ofSingle(ServerSight sight) {
    return sight.field("cluster_enabled").filter(on -> !on.equals("0")).isPresent()
        ? List.of(Check.fail(
            NAME,
            "the server is a node of a cluster",
            "use redis-cluster://HOST: a single node takes only some regions"))
        : List.of();
  }
}
