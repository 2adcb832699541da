package io.regionsnap.adapters.redis;

import io.regionsnap.adapters.redis.Wire.ConnectException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which line of a node to use, for the length of one call. */
interface Lines extends AutoCloseable {

  /** The line to use. */
  Line line(Node node) throws ConnectException;

  /** Those that were used and are nobody else's. */
  Collection<Line> own();

  @Override
  void close();

  /** The lines that all threads share. */
  static Lines shared() {
    return new Lines() {
      @Override
      public Line line(Node node) throws ConnectException {
        return node.shared();
      }

      @Override
      public Collection<Line> own() {
        return List.of();
      }

      @Override
      public void close() {}
    };
  }

  /** Lines of the call's own, one of each node, given back in the end. Used by one thread. */
  final class Own implements Lines {
    private final Map<Node, Line> lines = new HashMap<>();

    @Override
    public Line line(Node node) throws ConnectException {
      Line line = lines.get(node);
      if (line == null || !line.isOpen()) {
        line = node.borrow();
        lines.put(node, line);
      }
      return line;
    }

    @Override
    public Collection<Line> own() {
      return List.copyOf(lines.values());
    }

    @Override
    public void close() {
      lines.forEach(Node::giveBack);
    }
  }
}
