package io.regionsnap.domain.audit;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.invariants.Bodies;
import io.regionsnap.domain.invariants.IndexHead;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.domain.invariants.RegionSight;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One look at a part of a region: what was read once stays as it was read. What is not known yet is
 * read when it is asked for; what is known to be needed is fetched beforehand, in batches. Not
 * thread-safe.
 */
public final class Look implements RegionSight {
  private final Reader reader;
  private final KeyLayout layout;
  private final SnapshotParser parser;
  private final Bodies bodies;
  private final Head head;
  private final Map<Key, Optional<ObservedKey>> seen = new HashMap<>();
  private final Map<String, OptionalLong> scores = new HashMap<>();
  private final Map<Long, List<IndexEntry>> entries = new HashMap<>();
  private final Map<SnapshotId, Region> strays = new HashMap<>();

  Look(Reader reader, KeyLayout layout, SnapshotParser parser, Head head) {
    this.reader = reader;
    this.layout = layout;
    this.parser = parser;
    this.bodies = new Bodies(parser);
    this.head = head;
  }

  /**
   * Another look at the same region, with the head of this one.
   *
   * @return a look that has seen nothing else yet
   */
  public Look another() {
    return new Look(reader, layout, parser, head);
  }

  /** The bodies that this look has seen. */
  Bodies bodies() {
    return bodies;
  }

  /**
   * Takes entries that were read from the index for what it holds, reads the views that they name,
   * and parses them, so that nothing is left to do but judge. The two of a snapshot are one object
   * if they have the same bytes, and parsed once.
   */
  void readMembers(Collection<IndexEntry> members) {
    List<Key> keys = new ArrayList<>();
    List<Views> named = new ArrayList<>();
    for (IndexEntry entry : members) {
      scores.put(entry.member(), OptionalLong.of(entry.score()));
      Key timestampView = layout.timestampView(region(), entry.score());
      keys.add(timestampView);
      if (SnapshotId.isId(entry.member())) {
        Key idView = layout.idView(region(), new SnapshotId(entry.member()));
        keys.add(idView);
        named.add(new Views(idView, timestampView));
      }
    }
    fetch(keys);
    named.forEach(this::unite);
    seen.values()
        .forEach(held -> held.filter(ObservedValue.class::isInstance)
            .ifPresent(value -> bodies.parse(((ObservedValue) value).value())));
  }

  /** The keys of a snapshot's views. */
  private record Views(Key byId, Key byTime) {}

  private void unite(Views views) {
    if (at(views.byId()).orElse(null) instanceof ObservedValue byId
        && at(views.byTime()).orElse(null) instanceof ObservedValue byTime
        && byId.value().equals(byTime.value())) {
      seen.put(
          views.byTime(), Optional.of(new ObservedValue(byId.value(), byTime.expiresAtMillis())));
    }
  }

  /**
   * Reads views.
   *
   * @param ids those of id views
   * @param times those of timestamp views; epoch milliseconds
   */
  public void fetchViews(Collection<SnapshotId> ids, Collection<Long> times) {
    List<Key> keys = new ArrayList<>();
    ids.forEach(id -> keys.add(layout.idView(region(), id)));
    times.forEach(time -> keys.add(layout.timestampView(region(), time)));
    fetch(keys);
  }

  private void fetch(List<Key> keys) {
    Set<Key> unknown = new LinkedHashSet<>(keys);
    unknown.removeAll(seen.keySet());
    seen.putAll(reader.observe(unknown));
  }

  /**
   * Reads scores.
   *
   * @param members any texts, none of them empty
   */
  public void fetchScores(Collection<String> members) {
    List<String> unknown = members.stream()
        .filter(member -> !scores.containsKey(member))
        .distinct()
        .toList();
    List<Optional<Long>> found = reader.read(
        unknown.stream().map(member -> new Query.Score(indexKey(), member)).toList());
    for (int i = 0; i < unknown.size(); i++) {
      scores.put(unknown.get(i), found.get(i).map(OptionalLong::of).orElseGet(OptionalLong::empty));
    }
  }

  private Key indexKey() {
    return layout.index(region());
  }

  @Override
  public Region region() {
    return head.region();
  }

  @Override
  public long observedAtMillis() {
    return head.observedAtMillis();
  }

  @Override
  public Optional<IndexHead> indexHead() {
    return head.index();
  }

  @Override
  public Optional<ObservedKey> pointer() {
    return head.pointer();
  }

  @Override
  public Optional<ObservedKey> live() {
    return head.live();
  }

  @Override
  public Optional<ObservedKey> idView(SnapshotId id) {
    return at(layout.idView(region(), id)).filter(held -> isOurs(id, held));
  }

  /** The body decides where it belongs; if it says nothing, the index does. */
  private boolean isOurs(SnapshotId id, ObservedKey held) {
    if (layout.idViewsNameRegion()) {
      return true;
    }
    Optional<Region> named = held instanceof ObservedValue value
        ? bodies
            .parse(value.value())
            .match(snapshot -> Optional.of(snapshot.region()), refusal -> Optional.empty())
        : Optional.empty();
    if (named.isPresent() && !named.get().equals(region())) {
      strays.put(id, named.get());
      return false;
    }
    return named.isPresent() || score(id.text()).isPresent();
  }

  /** Id views that were asked for and are another region's, with that region. */
  Map<SnapshotId, Region> strays() {
    return strays;
  }

  @Override
  public Optional<ObservedKey> timestampView(long generatedAtMillis) {
    return at(layout.timestampView(region(), generatedAtMillis));
  }

  /**
   * What a key holds, whomever it belongs to.
   *
   * @param key the key of a value
   * @return what was seen; empty if there is none
   */
  public Optional<ObservedKey> at(Key key) {
    if (!seen.containsKey(key)) {
      seen.putAll(reader.observe(List.of(key)));
    }
    return seen.getOrDefault(key, Optional.empty());
  }

  @Override
  public OptionalLong score(String member) {
    if (!scores.containsKey(member)) {
      fetchScores(List.of(member));
    }
    return scores.getOrDefault(member, OptionalLong.empty());
  }

  /**
   * Reads which members have some scores.
   *
   * @param times scores; epoch milliseconds
   */
  public void fetchEntries(Collection<Long> times) {
    List<Long> unknown =
        times.stream().filter(time -> !entries.containsKey(time)).distinct().toList();
    List<Optional<List<IndexEntry>>> found = reader.read(unknown.stream()
        .map(time ->
            new Query.Range(indexKey(), time, time, Query.Order.LOWEST_FIRST, 0, Integer.MAX_VALUE))
        .toList());
    for (int i = 0; i < unknown.size(); i++) {
      entries.put(unknown.get(i), found.get(i).orElse(List.of()));
    }
  }

  /**
   * The members with a score.
   *
   * @param time the score; epoch milliseconds
   * @return the entries; empty if there are none
   */
  public List<IndexEntry> entriesAt(long time) {
    fetchEntries(List.of(time));
    return entries.getOrDefault(time, List.of());
  }

  /**
   * The highest entry of the index that is none of these.
   *
   * @param without members
   * @return the entry; empty if there is no other
   */
  public Optional<IndexEntry> topWithout(Set<String> without) {
    int page = 100;
    for (int offset = 0; ; offset += page) {
      List<IndexEntry> highest = reader
          .read(new Query.Range(
              indexKey(),
              -IndexEntry.MAX_SCORE,
              IndexEntry.MAX_SCORE,
              Query.Order.HIGHEST_FIRST,
              offset,
              page))
          .orElse(List.of());
      Optional<IndexEntry> top =
          highest.stream().filter(entry -> !without.contains(entry.member())).findFirst();
      if (top.isPresent() || highest.size() < page) {
        return top;
      }
    }
  }

  /** How many bytes the views have that were seen. */
  long bytes() {
    return seen.values().stream()
        .flatMap(Optional::stream)
        .filter(ObservedValue.class::isInstance)
        .mapToLong(held -> ((ObservedValue) held).value().size())
        .sum();
  }

  int views() {
    return seen.size();
  }
}
