package io.regionsnap.testkit.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Six servers of this test that form a cluster: three primaries, the first three, with a third of
 * the slots each, and a replica of each.
 *
 * <p>Ready when {@link #start()} returns: every node says that the cluster is well, and every
 * replica follows its primary.
 */
public final class RedisCluster implements AutoCloseable {
  private static final int PRIMARIES = 3;
  private static final int SLOTS = 16_384;

  private final List<RedisServer> nodes = new ArrayList<>();

  private RedisCluster() {}

  /**
   * Starts a cluster.
   *
   * @return the cluster; to be closed
   */
  public static RedisCluster start() {
    RedisCluster cluster = new RedisCluster();
    try {
      for (int i = 0; i < 2 * PRIMARIES; i++) {
        cluster.nodes.add(RedisServer.start(
            "--cluster-enabled",
            "yes",
            "--cluster-node-timeout",
            "2000",
            // A replica is not named to clients before its primary has sent it anything.
            "--repl-ping-replica-period",
            "1"));
      }
      cluster.join();
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  private void join() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      try (RespClient node = nodes.get(i).connect()) {
        // Epochs must differ, or nodes quarrel about slots for a while.
        node.call("CLUSTER", "SET-CONFIG-EPOCH", i + 1);
        if (i < PRIMARIES) {
          node.call(
              "CLUSTER", "ADDSLOTSRANGE", SLOTS * i / PRIMARIES, SLOTS * (i + 1) / PRIMARIES - 1);
        }
        // Everybody meets everybody: waiting for gossip to spread would take many seconds.
        for (RedisServer other : nodes.subList(0, i)) {
          node.call("CLUSTER", "MEET", "127.0.0.1", other.port());
        }
        ids.add(node.text("CLUSTER", "MYID"));
      }
    }
    Await.until("all nodes know each other", () -> nodes.stream().allMatch(this::knowsAll));
    for (int i = PRIMARIES; i < nodes.size(); i++) {
      try (RespClient node = nodes.get(i).connect()) {
        node.call("CLUSTER", "REPLICATE", ids.get(i - PRIMARIES));
      }
    }
    Await.until("the cluster is well", () -> nodes.stream().allMatch(this::isWell));
    // Of an empty cluster it deletes nothing; PUBLISH takes another way to the nodes of a cluster.
    primaries().forEach(primary -> primary.awaitReplicas(1, "FLUSHALL"));
  }

  private boolean knowsAll(RedisServer server) {
    try (RespClient node = server.connect()) {
      Stream<String> known =
          node.text("CLUSTER", "NODES").lines().filter(line -> !line.contains("handshake"));
      return known.count() == nodes.size();
    }
  }

  private boolean isWell(RedisServer server) {
    try (RespClient node = server.connect()) {
      String replication = node.text("INFO", "replication");
      boolean connected = replication.contains("master_link_status:up")
          || replication.contains("connected_slaves:1");
      return connected
          && node.text("CLUSTER", "INFO").contains("cluster_state:ok")
          && node.list("CLUSTER", "SLOTS").stream()
              .allMatch(range -> range instanceof List<?> list && list.size() == 4);
    }
  }

  /**
   * Its nodes.
   *
   * @return three primaries, then three replicas in the same order
   */
  public List<RedisServer> nodes() {
    return List.copyOf(nodes);
  }

  /**
   * Its primaries as they were at the start.
   *
   * @return three nodes
   */
  public List<RedisServer> primaries() {
    return List.copyOf(nodes.subList(0, PRIMARIES));
  }

  /**
   * Its address.
   *
   * @return a {@code redis-cluster://} URL of its first node
   */
  public String url() {
    return "redis-cluster://127.0.0.1:" + nodes.get(0).port();
  }

  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }
}
