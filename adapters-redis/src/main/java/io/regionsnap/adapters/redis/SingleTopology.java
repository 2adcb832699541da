package io.regionsnap.adapters.redis;

import io.regionsnap.ports.Key;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One server, or one primary that Sentinels name whenever a connection is made. */
final class SingleTopology implements Topology {
  private final Node node;

  SingleTopology(Node node) {
    this.node = node;
  }

  @Override
  public boolean servesTogether(Collection<Key> keys) {
    return true;
  }

  @Override
  public Node node(Collection<Key> keys) {
    return node;
  }

  @Override
  public Optional<Node> redirect(String message) {
    return Optional.empty();
  }

  @Override
  public List<Node> primaries() {
    return List.of(node);
  }

  /** There is no other; and one connection that cannot be made says nothing of those that are. */
  @Override
  public void unreachable(Node unreachable) {}

  @Override
  public void demoted(Node demoted) {
    node.forget();
  }

  @Override
  public void close() {
    node.close();
  }
}
