package io.regionsnap.adapters.redis;

import io.regionsnap.adapters.redis.Wire.ConnectException;
import io.regionsnap.ports.Key;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which server serves which key. Thread-safe. */
interface Topology extends AutoCloseable {

  /** Whether one transaction can take all of these keys. */
  boolean servesTogether(Collection<Key> keys);

  /** The node for keys that are served together. */
  Node node(Collection<Key> keys) throws ConnectException;

  /**
   * The node that a MOVED or ASK names. Nothing was executed where they come from, so that what
   * they answer may be sent again. Empty where there is no other node.
   */
  Optional<Node> redirect(String message);

  /** Every node that serves keys of its own, in an order that stays. */
  List<Node> primaries() throws ConnectException;

  /** A node cannot be reached. */
  void unreachable(Node node);

  /** A node takes no writes any more: it is no primary. */
  void demoted(Node node);

  @Override
  void close();
}
