package io.regionsnap.adapters.redis;

import io.regionsnap.adapters.redis.Wire.ConnectException;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.redis.dialect.KeyScan;
import io.regionsnap.redis.dialect.Reply;
import io.regionsnap.redis.dialect.UnexpectedReplyException;
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
      String[] cursor =
          scan.cursor().map(text -> text.split("@", 2)).orElse(new String[] {KeyScan.Page.END});
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
    Node node = nodes.get(at);
    Answer answer = node.shared()
        .exchange(List.of(KeyScan.command(scan, cursor)), System.nanoTime() + timeoutNanos)
        .get(0);
    if (!(answer instanceof Answer.Replied replied)) {
      return new ReadResult.Unreadable<>(Answer.message(answer));
    } else if (replied.reply() instanceof Reply.Failure failure) {
      return new ReadResult.Unreadable<>(failure.message());
    }
    try {
      return page(KeyScan.page(scan, replied.reply()), nodes, at);
    } catch (UnexpectedReplyException e) {
      return new ReadResult.Unreadable<>(String.valueOf(e.getMessage()));
    }
  }

  private static ReadResult<ScanPage> page(KeyScan.Page page, List<Node> nodes, int at) {
    if (!page.isLast()) {
      return found(page.keys(), Optional.of(page.next() + "@" + nodes.get(at).name()));
    }
    boolean last = at + 1 == nodes.size();
    return found(
        page.keys(),
        last
            ? Optional.empty()
            : Optional.of(KeyScan.Page.END + "@" + nodes.get(at + 1).name()));
  }

  private static ReadResult<ScanPage> found(List<Key> keys, Optional<String> next) {
    return new ReadResult.Found<>(new ScanPage(keys, next));
  }
}
