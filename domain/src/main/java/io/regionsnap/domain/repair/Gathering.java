package io.regionsnap.domain.repair;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.audit.Drift;
import io.regionsnap.domain.audit.Finding;
import io.regionsnap.domain.audit.Look;
import io.regionsnap.domain.audit.Subject;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Gathers what hangs together with drifted parts of a region: from each id and time that occurs in
 * one, on to what its views and its index entry name, until nothing new comes. Used once, by one
 * thread.
 */
final class Gathering {
  private static final int BATCH = 32;

  private final KeyLayout layout;
  private final SnapshotParser parser;
  private final Look head;
  private final Map<Object, Tie> ties = new LinkedHashMap<>();
  private Look look;

  Gathering(KeyLayout layout, SnapshotParser parser, Look head) {
    this.layout = layout;
    this.parser = parser;
    this.head = head;
    this.look = head;
  }

  /** What is being tied together. */
  private static final class Tie {
    private final Map<Key, Fact> facts = new LinkedHashMap<>();
    private final Set<IndexEntry> entries = new LinkedHashSet<>();
    private final Set<Finding> findings = new LinkedHashSet<>();
    private final Set<Object> nodes = new LinkedHashSet<>();

    Cluster cluster() {
      return new Cluster(
          new ArrayList<>(facts.values()), new ArrayList<>(entries), new ArrayList<>(findings));
    }
  }

  /** Some drifted parts of a region, without its head, and all that hangs together with them. */
  List<Cluster> clusters(Collection<Drift> drifts) {
    List<Drift> all = List.copyOf(drifts);
    for (int from = 0; from < all.size(); from += BATCH) {
      List<Drift> batch = all.subList(from, Math.min(from + BATCH, all.size()));
      look = head.another();
      fetch(batch);
      for (Drift drift : batch) {
        Tie tie = tie(drift.subject());
        tie.findings.addAll(drift.findings());
      }
    }
    return new LinkedHashSet<>(ties.values()).stream().map(Tie::cluster).toList();
  }

  private void fetch(List<Drift> batch) {
    Set<SnapshotId> ids = new HashSet<>();
    Set<Long> times = new HashSet<>();
    for (Drift drift : batch) {
      for (Object node : nodes(drift.subject())) {
        if (node instanceof SnapshotId id) {
          ids.add(id);
        } else if (node instanceof Long time) {
          times.add(time);
        }
      }
    }
    look.fetchViews(ids, times);
    look.fetchScores(ids.stream().map(SnapshotId::text).toList());
    look.fetchEntries(times);
  }

  private static List<Object> nodes(Subject subject) {
    if (subject instanceof Subject.Member member) {
      IndexEntry entry = member.entry();
      return SnapshotId.isId(entry.member())
          ? List.of(new SnapshotId(entry.member()), entry.score())
          : List.of(entry.score());
    } else if (subject instanceof Subject.IdView view) {
      return List.of(view.id());
    } else if (subject instanceof Subject.TimestampView view) {
      return List.of(view.generatedAtMillis());
    }
    return List.of();
  }

  private Tie tie(Subject subject) {
    Deque<Object> open = new ArrayDeque<>(nodes(subject));
    Tie tie = new Tie();
    while (!open.isEmpty()) {
      Object node = open.remove();
      Tie known = ties.get(node);
      if (known == null) {
        put(node, tie);
        open.addAll(follow(node, tie));
      } else if (known != tie) {
        absorb(known, tie);
      }
    }
    return tie;
  }

  private void put(Object node, Tie tie) {
    ties.put(node, tie);
    tie.nodes.add(node);
  }

  private void absorb(Tie known, Tie tie) {
    tie.facts.putAll(known.facts);
    tie.entries.addAll(known.entries);
    tie.findings.addAll(known.findings);
    known.nodes.forEach(node -> put(node, tie));
  }

  /** Notes what an id or a time leads to; returns the ids and times that this names. */
  private List<Object> follow(Object node, Tie tie) {
    List<Object> next = new ArrayList<>();
    Fact fact;
    if (node instanceof SnapshotId id) {
      fact = fact(layout.idView(look.region(), id), layout.idViewsNameRegion());
      OptionalLong score = look.score(id.text());
      score.ifPresent(time -> {
        tie.entries.add(new IndexEntry(id.text(), time));
        next.add(time);
      });
    } else {
      long time = (Long) node;
      fact = fact(layout.timestampView(look.region(), time), true);
      for (IndexEntry entry : look.entriesAt(time)) {
        tie.entries.add(entry);
        if (SnapshotId.isId(entry.member())) {
          next.add(new SnapshotId(entry.member()));
        }
      }
    }
    tie.facts.put(fact.key(), fact);
    fact.body().filter(body -> body.region().equals(look.region())).ifPresent(body -> {
      next.add(body.id());
      next.add(body.generatedAtMillis());
    });
    return next;
  }

  private Fact fact(Key key, boolean namesRegion) {
    Optional<ObservedKey> held = look.at(key);
    if (held.isEmpty()) {
      return new Fact(key, new Seen.Nothing(), OptionalLong.empty(), Optional.empty(), false);
    }
    OptionalLong expiry = held.get().expiresAtMillis();
    if (!(held.get() instanceof ObservedValue value)) {
      return new Fact(key, new Seen.OfKind(held.get().kind()), expiry, Optional.empty(), false);
    }
    Seen.Bytes bytes = Seen.Bytes.of(value.value());
    Optional<Body> body = body(value.value(), bytes);
    boolean foreign = !namesRegion
        && body.filter(other -> !other.region().equals(look.region())).isPresent();
    return new Fact(key, bytes, expiry, body, foreign);
  }

  private Optional<Body> body(Value value, Seen.Bytes bytes) {
    return parser
        .parse(value)
        .match(
            snapshot -> Optional.of(
                new Body(bytes, snapshot.region(), snapshot.id(), snapshot.generatedAtMillis())),
            refusal -> Optional.empty());
  }
}
