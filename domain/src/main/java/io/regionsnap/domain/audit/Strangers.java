package io.regionsnap.domain.audit;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.KeyRole;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.invariants.FindingCode;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Judges keys that were found by their names: views that no index names, and claims. What an index
 * does name was judged with its members. Not thread-safe.
 */
final class Strangers {
  private static final int BATCH = 32;

  private final KeyLayout layout;
  private final SnapshotParser parser;
  private final Reader reader;
  private final Findings findings;
  private final Consumer<Region> discovered;
  private final Map<Region, List<SnapshotId>> ids = new TreeMap<>();
  private final List<SnapshotId> homeless = new ArrayList<>();
  private final Map<Region, List<Long>> times = new TreeMap<>();
  private final Map<Region, List<Subject>> strangers = new TreeMap<>();

  /** @param discovered is told of the region of every body that no index names */
  Strangers(
      KeyLayout layout,
      SnapshotParser parser,
      Reader reader,
      Findings findings,
      Consumer<Region> discovered) {
    this.layout = layout;
    this.parser = parser;
    this.reader = reader;
    this.findings = findings;
    this.discovered = discovered;
  }

  /** Takes a key of a region that is audited. */
  void add(Key key, KeyRole role) {
    if (role instanceof KeyRole.IdView view) {
      view.namedRegion()
          .map(region -> ids.computeIfAbsent(region, none -> new ArrayList<>()))
          .orElse(homeless)
          .add(view.id());
    } else if (role instanceof KeyRole.TimestampView view) {
      times.computeIfAbsent(view.region(), none -> new ArrayList<>()).add(view.generatedAtMillis());
    } else if (role instanceof KeyRole.Claim claim) {
      stranger(claim.region(), new Subject.Claim(key));
    }
  }

  private void stranger(Region region, Subject subject) {
    strangers.computeIfAbsent(region, none -> new ArrayList<>()).add(subject);
  }

  /** Judges what was taken since the last time. */
  void judge(Set<Region> audited, boolean onlyThose) {
    if (!homeless.isEmpty()) {
      findHomes(List.copyOf(audited), onlyThose);
    }
    addStrangers();
    strangers.forEach(this::judge);
    ids.clear();
    times.clear();
    homeless.clear();
    strangers.clear();
  }

  private void judge(Region region, List<Subject> subjects) {
    Head head = findings.head(region);
    for (int from = 0; from < subjects.size(); from += BATCH) {
      List<Subject> batch = subjects.subList(from, Math.min(from + BATCH, subjects.size()));
      Look look = findings.look(head);
      look.fetchViews(
          batch.stream()
              .filter(Subject.IdView.class::isInstance)
              .map(subject -> ((Subject.IdView) subject).id())
              .toList(),
          batch.stream()
              .filter(Subject.TimestampView.class::isInstance)
              .map(subject -> ((Subject.TimestampView) subject).generatedAtMillis())
              .toList());
      findings.judge(look, batch, Optional.empty());
    }
  }

  /** A view that may be a stranger, and whether the index of its region knows it. */
  private record Asked<T>(Region region, Subject subject, Query<T> query) {}

  /** Those views that no index names: asked of all indexes together. */
  private void addStrangers() {
    List<Asked<Long>> byId = new ArrayList<>();
    ids.forEach((region, some) -> some.forEach(
        id -> byId.add(new Asked<>(region, new Subject.IdView(id), score(region, id)))));
    List<Asked<List<IndexEntry>>> byTime = new ArrayList<>();
    times.forEach((region, some) -> some.forEach(time ->
        byTime.add(new Asked<>(region, new Subject.TimestampView(time), at(region, time)))));
    filter(byId, reader.read(byId.stream().map(Asked::query).toList()))
        .forEach(asked -> stranger(asked.region(), asked.subject()));
    List<Optional<IndexEntry>> first =
        reader.read(byTime.stream().map(Asked::query).toList()).stream()
            .map(entries -> entries.flatMap(list -> list.stream().findFirst()))
            .toList();
    filter(byTime, first).forEach(asked -> stranger(asked.region(), asked.subject()));
  }

  private Query.Score score(Region region, SnapshotId id) {
    return new Query.Score(layout.index(region), id.text());
  }

  private Query.Range at(Region region, long time) {
    return new Query.Range(layout.index(region), time, time, Query.Order.LOWEST_FIRST, 0, 1);
  }

  /** Those that are no members. */
  private List<SnapshotId> without(Region region, List<SnapshotId> some) {
    return filter(some, reader.read(some.stream().map(id -> score(region, id)).toList()));
  }

  private static <T> List<T> filter(List<T> all, List<? extends Optional<?>> found) {
    List<T> left = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (found.get(i).isEmpty()) {
        left.add(all.get(i));
      }
    }
    return left;
  }

  /** Id views whose names name no region, and no index names them: their bodies say whose. */
  private void findHomes(Collection<Region> audited, boolean onlyThose) {
    List<SnapshotId> left = List.copyOf(homeless);
    for (Region region : audited) {
      left = left.isEmpty() ? left : without(region, left);
    }
    for (int from = 0; from < left.size(); from += BATCH) {
      List<SnapshotId> batch = left.subList(from, Math.min(from + BATCH, left.size()));
      List<Key> keys = batch.stream().map(this::idView).toList();
      Map<Key, Optional<ObservedKey>> seen = reader.observe(keys);
      for (int i = 0; i < batch.size(); i++) {
        SnapshotId id = batch.get(i);
        Key key = keys.get(i);
        seen.getOrDefault(key, Optional.empty())
            .ifPresent(held -> takeHome(id, key, held, audited, onlyThose));
      }
    }
  }

  /** The key of an id view where that names no region. */
  private Key idView(SnapshotId id) {
    return layout.idView(new Region("any"), id);
  }

  private void takeHome(
      SnapshotId id, Key key, ObservedKey held, Collection<Region> audited, boolean onlyThose) {
    if (!(held instanceof ObservedValue value)) {
      unplaceable(FindingCode.WRONG_TYPE, id, key, "a value", "another kind", onlyThose);
      return;
    }
    parser
        .parse(value.value())
        .match(
            snapshot -> {
              if (!onlyThose) {
                discovered.accept(snapshot.region());
              }
              if (!onlyThose || audited.contains(snapshot.region())) {
                ids.computeIfAbsent(snapshot.region(), none -> new ArrayList<>())
                    .add(id);
              }
              return true;
            },
            refusal -> {
              String size = "%d bytes: %s".formatted(value.value().size(), refusal.message());
              unplaceable(
                  FindingCode.PAYLOAD_UNREADABLE,
                  id,
                  key,
                  "the JSON of a snapshot",
                  size,
                  onlyThose);
              return false;
            });
  }

  private void unplaceable(
      FindingCode code, SnapshotId id, Key key, String expected, String seen, boolean onlyThose) {
    if (!onlyThose) {
      findings.unplaceable(id, new Finding(code, Optional.empty(), key, expected, seen));
    }
  }
}
