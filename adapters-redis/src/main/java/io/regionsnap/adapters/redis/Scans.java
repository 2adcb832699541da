package io.regionsnap.adapters.redis;

import io.regionsnap.adapters.redis.Wire.ConnectException;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Command;
import io.regionsnap.redis.dialect.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names keys by SCAN, one node after the other. A cursor is the server's, with its node's name. */
final class Scans {
  private final Topology topology;
  private final long timeoutNanos;

  Scans(Topology topology, RedisOptions options) {
    this.topology = topology;
    this.timeoutNanos = options.timeout().toNanos();
  }

  ReadResult<ScanPage> scan(Scan scan) {
    try {
      List<Node> nodes = topology.primaries();
      String[] cursor = scan.cursor().map(text -> text.split("@", 2)).orElse(new String[] {"0"});
      int at = cursor.length < 2 ? 0 : find(nodes, cursor[1]);
      return at < 0
          ? new ReadResult.Unreadable<>(
              cursor[1] + " has left the cluster; scan again from the start")
          : scan(scan, cursor[0], nodes, at);
    } catch (ConnectException e) {
      return new ReadResult.Unreadable<>(String.valueOf(e.getMessage()));
    }
  }

  private static int find(List<Node> nodes, String name) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private ReadResult<ScanPage> scan(Scan scan, String cursor, List<Node> nodes, int at)
      throws ConnectException {
    Command command = new Command(
        "SCAN",
        List.of(
            Value.utf8(cursor),
            Value.utf8("MATCH"),
            Value.utf8(literal(scan.prefix()) + "*" + literal(scan.suffix())),
            Value.utf8("COUNT"),
            Value.utf8(Integer.toString(scan.sizeHint()))));
    Node node = nodes.get(at);
    Answer answer = node.shared()
        .exchange(List.of(command), System.nanoTime() + timeoutNanos)
        .get(0);
    if (!(answer instanceof Answer.Replied replied)) {
      return new ReadResult.Unreadable<>(Answer.message(answer));
    } else if (replied.reply() instanceof Reply.Failure failure) {
      return new ReadResult.Unreadable<>(failure.message());
    } else if (replied.reply() instanceof Reply.Many many
        && many.elements().size() == 2
        && many.elements().get(0) instanceof Reply.Bulk next
        && many.elements().get(1) instanceof Reply.Many names) {
      return page(scan, next.bytes().asUtf8(), names.elements(), nodes, at);
    }
    return new ReadResult.Unreadable<>("SCAN answered something else than a page");
  }

  private static ReadResult<ScanPage> page(
      Scan scan, String next, List<Reply> names, List<Node> nodes, int at) {
    List<Key> keys = new ArrayList<>();
    for (Reply name : names) {
      if (name instanceof Reply.Bulk bulk && isKey(bulk.bytes())) {
        String text = bulk.bytes().asUtf8();
        if (scan.matches(text)) {
          keys.add(new Key(text));
        }
      }
    }
    if (!next.equals("0")) {
      return found(keys, Optional.of(next + "@" + nodes.get(at).name()));
    }
    boolean last = at + 1 == nodes.size();
    return found(
        keys, last ? Optional.empty() : Optional.of("0@" + nodes.get(at + 1).name()));
  }

  private static ReadResult<ScanPage> found(List<Key> keys, Optional<String> next) {
    return new ReadResult.Found<>(new ScanPage(keys, next));
  }

  /** Whether the port has a word for it: names are text, and not without end. */
  private static boolean isKey(Value name) {
    return name.size() > 0
        && name.size() <= Key.MAX_BYTES
        && Value.utf8(name.asUtf8()).equals(name);
  }

  /** A pattern that matches just this text. */
  private static String literal(String text) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("*?[]\\^-".indexOf(c) >= 0) {
        pattern.append('\\');
      }
      pattern.append(c);
    }
    return pattern.toString();
  }
}
