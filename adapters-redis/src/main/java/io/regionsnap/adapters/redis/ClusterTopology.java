package io.regionsnap.adapters.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.SlotHash;
import io.regionsnap.adapters.redis.Wire.ConnectException;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Command;
import io.regionsnap.redis.dialect.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A cluster, as its nodes describe it (CLUSTER SLOTS). What is known is asked for again when a node
 * says MOVED or cannot be reached.
 */
final class ClusterTopology implements Topology {
  private static final Command SLOTS = new Command("CLUSTER", List.of(Value.utf8("SLOTS")));

  private final List<RedisURI> seeds;
  private final Function<RedisURI, Node> nodeMaker;
  private final long timeoutNanos;
  private final Map<String, Node> nodes = new ConcurrentHashMap<>();
  private volatile SlotMap slots = SlotMap.EMPTY;

  /** Which address serves which slot: the first slot of each range, with what follows it. */
  private record SlotMap(TreeMap<Integer, Served> ranges) {
    static final SlotMap EMPTY = new SlotMap(new TreeMap<>());

    Optional<String> address(int slot) {
      Map.Entry<Integer, Served> range = ranges.floorEntry(slot);
      return range == null || range.getValue().last() < slot
          ? Optional.empty()
          : Optional.of(range.getValue().address());
    }

    Set<String> addresses() {
      Set<String> addresses = new LinkedHashSet<>();
      ranges.values().forEach(range -> addresses.add(range.address()));
      return addresses;
    }
  }

  /** The end of a range of slots, and who serves it. */
  private record Served(int last, String address) {}

  ClusterTopology(List<RedisURI> seeds, Function<RedisURI, Node> nodeMaker, RedisOptions options) {
    this.seeds = List.copyOf(seeds);
    this.nodeMaker = nodeMaker;
    this.timeoutNanos = options.timeout().toNanos();
  }

  private static int slot(Key key) {
    return SlotHash.getSlot(key.name().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean servesTogether(Collection<Key> keys) {
    return keys.stream().mapToInt(ClusterTopology::slot).distinct().count() <= 1;
  }

  @Override
  public Node node(Collection<Key> keys) throws ConnectException {
    int slot = keys.stream().mapToInt(ClusterTopology::slot).findFirst().orElse(0);
    Optional<String> address = slots.address(slot);
    if (address.isEmpty()) {
      refresh();
      address = slots.address(slot);
    }
    return node(address.orElseThrow(
        () -> new ConnectException("CLUSTERDOWN no node of the cluster serves slot " + slot)));
  }

  private Node node(String address) {
    return nodes.computeIfAbsent(address, known -> nodeMaker.apply(uri(known)));
  }

  private RedisURI uri(String address) {
    int colon = address.lastIndexOf(':');
    RedisURI uri = RedisURI.builder(seeds.get(0)).build();
    uri.setHost(address.substring(0, colon));
    uri.setPort(Integer.parseInt(address.substring(colon + 1)));
    return uri;
  }

  private static String address(RedisURI uri) {
    return uri.getHost() + ":" + uri.getPort();
  }

  /** Asks one node after the other until one answers. */
  private synchronized void refresh() throws ConnectException {
    Set<String> candidates = new LinkedHashSet<>(slots.addresses());
    seeds.forEach(seed -> candidates.add(address(seed)));
    candidates.addAll(nodes.keySet());
    ConnectException last = new ConnectException("the cluster has no nodes");
    for (String candidate : candidates) {
      try {
        slots = ask(candidate);
        return;
      } catch (ConnectException e) {
        last = e;
      }
    }
    throw last;
  }

  private SlotMap ask(String candidate) throws ConnectException {
    Line line = node(candidate).shared();
    Answer answer =
        line.exchange(List.of(SLOTS), System.nanoTime() + timeoutNanos).get(0);
    if (!(answer instanceof Answer.Replied replied)) {
      throw new ConnectException(Answer.message(answer));
    } else if (replied.reply() instanceof Reply.Failure failure) {
      throw new ConnectException(failure.message());
    }
    try {
      return parse(replied.reply(), candidate.substring(0, candidate.lastIndexOf(':')));
    } catch (ClassCastException | IndexOutOfBoundsException e) {
      throw new ConnectException(candidate + " answered CLUSTER SLOTS with something else");
    }
  }

  /** Ranges of [first, last, [host, port, ...], replicas...]. */
  private static SlotMap parse(Reply reply, String askedHost) {
    TreeMap<Integer, Served> ranges = new TreeMap<>();
    for (Reply range : ((Reply.Many) reply).elements()) {
      List<Reply> parts = ((Reply.Many) range).elements();
      List<Reply> primary = ((Reply.Many) parts.get(2)).elements();
      // A node that does not know its own address leaves it out: it is the one that was asked.
      String host = primary.get(0) instanceof Reply.Bulk bulk && bulk.bytes().size() > 0
          ? bulk.bytes().asUtf8()
          : askedHost;
      ranges.put(
          (int) ((Reply.Whole) parts.get(0)).number(),
          new Served(
              (int) ((Reply.Whole) parts.get(1)).number(),
              host + ":" + ((Reply.Whole) primary.get(1)).number()));
    }
    return new SlotMap(ranges);
  }

  /** "MOVED slot host:port" or "ASK slot host:port". */
  @Override
  public Optional<Node> redirect(String message) {
    String[] words = message.split(" ", -1);
    if (words.length != 3 || words[2].lastIndexOf(':') < 1) {
      return Optional.empty();
    }
    if (words[0].equals("MOVED")) {
      doubt();
    }
    return Optional.of(node(words[2]));
  }

  @Override
  public List<Node> primaries() throws ConnectException {
    if (slots.ranges().isEmpty()) {
      refresh();
    }
    List<Node> primaries = new ArrayList<>();
    slots.addresses().forEach(address -> primaries.add(node(address)));
    primaries.sort(Comparator.comparing(Node::name));
    return primaries;
  }

  @Override
  public void unreachable(Node node) {
    doubt();
  }

  @Override
  public void demoted(Node node) {
    doubt();
  }

  private void doubt() {
    try {
      refresh();
    } catch (ConnectException e) {
      // What is known stays; whoever needs a node is told why it cannot be reached.
    }
  }

  @Override
  public void close() {
    nodes.values().forEach(Node::close);
  }
}
