package io.regionsnap.adapters.redis;

import io.regionsnap.adapters.redis.Wire.ConnectException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lines of one call's own, for what goes on side by side: of each node at least one, and more as
 * long as the node has lines to spare. Kept until the call ends. Used by one thread.
 */
final class Lanes implements AutoCloseable {
  private final List<Lane> all = new ArrayList<>();
  private final Map<Node, ConnectException> unreachable = new HashMap<>();

  /** One of them. */
  static final class Lane {
    private final Node node;
    private final boolean spare;
    private final CompletableFuture<Line> connecting;
    private boolean busy = true;
    private @Nullable Line line;

    private Lane(Node node, boolean spare) {
      this.node = node;
      this.spare = spare;
      this.connecting = node.borrowing();
    }

    Node node() {
      return node;
    }
  }

  /**
   * Takes a lane, whose connection may still be in the making.
   *
   * @return nothing if there is none to be had until another is free
   * @throws ConnectException if the node could not be reached a moment ago
   */
  Optional<Lane> take(Node node) throws ConnectException {
    ConnectException failure = unreachable.get(node);
    List<Lane> here = all.stream().filter(lane -> lane.node == node).toList();
    Optional<Lane> free = here.stream().filter(lane -> !lane.busy).findFirst();
    if (free.isPresent()) {
      free.get().busy = true;
      return free;
    } else if (here.isEmpty() && failure != null) {
      throw failure;
    }
    boolean spare = !here.isEmpty();
    if (spare && (failure != null || !node.takeSpare())) {
      return Optional.empty();
    }
    Lane lane = new Lane(node, spare);
    all.add(lane);
    return Optional.of(lane);
  }

  /** Waits for the connection of a lane. Where there is none, no more are tried. */
  Line line(Lane lane) throws ConnectException {
    try {
      Line line = lane.node.await(lane.connecting);
      lane.line = line;
      return line;
    } catch (ConnectException e) {
      unreachable.put(lane.node, e);
      remove(lane);
      throw e;
    }
  }

  /** Whether another lane leads to a node. */
  boolean leadTo(Node node) {
    return all.stream().anyMatch(lane -> lane.node == node);
  }

  /** A lane is free again; nothing is under way on it, or it is closed. */
  void free(Lane lane) {
    lane.busy = false;
    if (lane.line == null || !lane.line.isOpen()) {
      remove(lane);
    }
  }

  private void remove(Lane lane) {
    all.remove(lane);
    if (lane.spare) {
      lane.node.giveSpareBack();
    }
  }

  /** Those that were used and are not lost. */
  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (Lane lane : all) {
      if (lane.line != null) {
        lines.add(lane.line);
      }
    }
    return lines;
  }

  @Override
  public void close() {
    for (Lane lane : List.copyOf(all)) {
      remove(lane);
      if (lane.line != null) {
        lane.node.giveBack(lane.line);
      }
    }
  }
}
