package io.regionsnap.testkit.drift;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.KeyRole;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.TriggerReason;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import io.regionsnap.testkit.RawKeys;
import io.regionsnap.testkit.SnapshotDocuments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Makes whole regions in a store, behind its back, and then a mess of them. Not thread-safe. */
public final class Messes {
  private static final Policy POLICY = Policy.DEFAULT;
  private static final List<String> REGIONS = List.of("europe", "mena");
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** From now: usual, old, beyond retention, beyond the views' life, ahead. */
  private static final long[] OFFSETS = {
    -HOUR,
    -6 * HOUR,
    -7 * HOUR,
    -DAY,
    -30 * DAY,
    -89 * DAY,
    -90 * DAY - HOUR,
    -95 * DAY,
    HOUR,
    200 * DAY
  };

  private final RawKeys raw;
  private final KeyLayout layout;
  private final long nowMillis;

  /**
   * A maker of messes.
   *
   * @param raw the keys of a store
   * @param layout how they are named
   * @param nowMillis the store's clock; epoch milliseconds
   */
  public Messes(RawKeys raw, KeyLayout layout, long nowMillis) {
    this.raw = raw;
    this.layout = layout;
    this.nowMillis = nowMillis;
  }

  /**
   * Any damages.
   *
   * @param most how many at most
   * @return lists of damages
   */
  public static Arbitrary<List<Damage>> damages(int most) {
    Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 10_000);
    return Combinators.combine(Arbitraries.of(Damage.Kind.class), numbers, numbers)
        .as(Damage::new)
        .list()
        .ofMinSize(0)
        .ofMaxSize(most);
  }

  /**
   * Persists whole snapshots, six hours apart, with a claim of the newest.
   *
   * @param perRegion how many in each of two regions
   */
  public void persistWhole(int perRegion) {
    for (String region : REGIONS) {
      List<IndexEntry> entries = new ArrayList<>();
      for (int i = 0; i < perRegion; i++) {
        Snapshot snapshot = snapshot(region, region + "-" + i, -i * (6 * HOUR) - 600_000, "whole");
        putIdView(snapshot, snapshot.body());
        putTimestampView(snapshot, snapshot.body());
        entries.add(new IndexEntry(snapshot.id().text(), snapshot.generatedAtMillis()));
      }
      if (!entries.isEmpty()) {
        putIndex(new Region(region), entries);
        IndexEntry top = entries.get(0);
        raw.putValue(
            layout.pointer(new Region(region)), Value.utf8(top.member()), expiry(top.score()));
        claim(new Region(region), top.member());
      }
    }
  }

  private Snapshot snapshot(String region, String id, long offset, String content) {
    return SnapshotDocuments.snapshot(region, id, nowMillis + offset, "scheduled_6h", content);
  }

  private void putIdView(Snapshot snapshot, Value body) {
    raw.putValue(
        layout.idView(snapshot.region(), snapshot.id()),
        body,
        expiry(snapshot.generatedAtMillis()));
  }

  private void putTimestampView(Snapshot snapshot, Value body) {
    raw.putValue(
        layout.timestampView(snapshot.region(), snapshot.generatedAtMillis()),
        body,
        expiry(snapshot.generatedAtMillis()));
  }

  private void putIndex(Region region, List<IndexEntry> entries) {
    raw.putIndex(
        layout.index(region), entries, expiry(new TreeSet<>(entries).last().score()));
  }

  /** As it should be, or much later where that has passed. */
  private OptionalLong expiry(long generatedAtMillis) {
    long right = POLICY.viewsExpireAtMillis(generatedAtMillis);
    return OptionalLong.of(right > nowMillis + HOUR ? right : nowMillis + 300 * DAY);
  }

  private void claim(Region region, String holds) {
    raw.putValue(
        layout.claim(region, new TriggerReason("scheduled_6h"), POLICY.bucketOf(nowMillis)),
        Value.utf8(holds),
        OptionalLong.of(nowMillis + POLICY.claimLifetime().toMillis()));
  }

  /**
   * Does damage.
   *
   * @param damage what, and where; does nothing where there is nothing to damage
   */
  public void damage(Damage damage) {
    Region region = new Region(REGIONS.get(damage.first() % REGIONS.size()));
    switch (damage.kind()) {
      case DELETE -> key(damage.first()).ifPresent(raw::delete);
      case WRONG_KIND -> key(damage.first()).ifPresent(this::changeKind);
      case OTHER_KIND ->
        key(damage.first()).filter(key -> raw.holdsOther()).ifPresent(raw::putOther);
      case BREAK -> value(damage.first()).ifPresent(key -> change(key, this::cut));
      case NO_EXPIRY -> key(damage.first()).ifPresent(key -> expire(key, OptionalLong.empty()));
      case EXPIRY_OFF ->
        key(damage.first())
            .ifPresent(key ->
                expire(key, OptionalLong.of(nowMillis + (1 + damage.second() % 200) * DAY)));
      case SWAP -> swap(value(damage.first()), value(damage.second()));
      case COPY_OVER ->
        value(damage.first())
            .ifPresent(from ->
                value(damage.second()).ifPresent(to -> change(to, ignored -> held(from))));
      case OTHER_CONTENT -> value(damage.first()).ifPresent(key -> change(key, this::otherContent));
      case FOREIGN_BODY ->
        value(damage.first())
            .ifPresent(key -> change(
                key,
                ignored -> snapshot("asia", "foreign-" + damage.second() % 3, -DAY, "x")
                    .body()));
      case PART_OF_SNAPSHOT -> partOf(region, damage);
      case SAME_TIME -> sameTime(region, damage);
      case POINT_ELSEWHERE ->
        raw.putValue(
            layout.pointer(region), Value.utf8(someId(region, damage.second())), expiry(nowMillis));
      case SCORE_OFF ->
        changeIndex(
            region,
            entries -> entries.set(
                damage.second() % entries.size(),
                new IndexEntry(
                    entries.get(damage.second() % entries.size()).member(),
                    nowMillis + OFFSETS[damage.first() / 2 % OFFSETS.length])));
      case REMOVE_MEMBER ->
        changeIndex(region, entries -> entries.remove(damage.second() % entries.size()));
      case DANGLING_MEMBER ->
        changeIndex(
            region,
            entries -> entries.add(new IndexEntry(
                "dangling-" + damage.second() % 3,
                nowMillis + OFFSETS[damage.second() % OFFSETS.length])));
      case NO_ID_MEMBER ->
        changeIndex(
            region,
            entries -> entries.add(
                new IndexEntry("no id: é", nowMillis + OFFSETS[damage.second() % OFFSETS.length])));
      case CLAIM -> claim(region, someId(region, damage.second()));
      case LIVE ->
        raw.putValue(layout.live(region), Value.utf8("live"), OptionalLong.of(nowMillis + DAY));
    }
  }

  private List<Key> keys() {
    return raw.readAll().keySet().stream()
        .filter(key -> layout.roleOf(key).isPresent())
        .sorted(Comparator.comparing(Key::name))
        .toList();
  }

  private Optional<Key> key(int number) {
    List<Key> keys = keys();
    return keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(number % keys.size()));
  }

  private Optional<Key> value(int number) {
    Map<Key, ObservedKey> all = raw.readAll();
    List<Key> values =
        keys().stream().filter(key -> all.get(key) instanceof ObservedValue).toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(number % values.size()));
  }

  private Value held(Key key) {
    return raw.readAll().get(key) instanceof ObservedValue seen ? seen.value() : Value.utf8("");
  }

  private void change(Key key, java.util.function.UnaryOperator<Value> change) {
    if (raw.readAll().get(key) instanceof ObservedValue seen) {
      raw.putValue(key, change.apply(seen.value()), seen.expiresAtMillis());
    }
  }

  private Value cut(Value value) {
    return Value.copyOf(Arrays.copyOf(value.toByteArray(), value.size() / 2));
  }

  private Value otherContent(Value value) {
    return Value.utf8(value.asUtf8().replace("\"content\":\"", "\"content\":\"other "));
  }

  private void swap(Optional<Key> first, Optional<Key> second) {
    if (first.isPresent() && second.isPresent()) {
      Value before = held(first.get());
      change(first.get(), ignored -> held(second.get()));
      change(second.get(), ignored -> before);
    }
  }

  private void changeKind(Key key) {
    ObservedKey seen = raw.readAll().get(key);
    if (seen instanceof ObservedIndex) {
      raw.putValue(key, Value.utf8("no index"), seen.expiresAtMillis());
    } else if (seen != null) {
      raw.putIndex(key, List.of(new IndexEntry("no value", 7)), seen.expiresAtMillis());
    }
  }

  private void expire(Key key, OptionalLong expiry) {
    ObservedKey seen = raw.readAll().get(key);
    if (seen instanceof ObservedValue value) {
      raw.putValue(key, value.value(), expiry);
    } else if (seen instanceof ObservedIndex index) {
      raw.putIndex(key, index.entries(), expiry);
    }
  }

  private void partOf(Region region, Damage damage) {
    Snapshot part = snapshot(
        region.name(),
        "part-" + damage.second() % 4,
        OFFSETS[damage.second() % OFFSETS.length] + 600_000,
        "part " + damage.second() % 2);
    int keys = 1 + damage.first() / 2 % 15;
    if ((keys & 1) != 0) {
      putIdView(part, part.body());
    }
    if ((keys & 2) != 0) {
      putTimestampView(part, part.body());
    }
    if ((keys & 4) != 0) {
      addMember(region, new IndexEntry(part.id().text(), part.generatedAtMillis()));
    }
    if ((keys & 8) != 0) {
      raw.putValue(layout.pointer(region), part.id().toValue(), expiry(nowMillis));
    }
  }

  private void sameTime(Region region, Damage damage) {
    Snapshot twin = snapshot(
        region.name(),
        "twin-" + damage.second() % 2,
        -(damage.second() % 3) * (6 * HOUR) - 600_000,
        "twin");
    putIdView(twin, twin.body());
    if (damage.second() % 2 == 0) {
      putTimestampView(twin, twin.body());
    }
    addMember(region, new IndexEntry(twin.id().text(), twin.generatedAtMillis()));
  }

  private void addMember(Region region, IndexEntry entry) {
    ObservedKey index = raw.readAll().get(layout.index(region));
    if (index == null) {
      putIndex(region, List.of(entry));
    } else {
      changeIndex(region, entries -> entries.add(entry));
    }
  }

  /** Members may repeat: the last one counts. */
  private void changeIndex(Region region, java.util.function.Consumer<List<IndexEntry>> change) {
    Key key = layout.index(region);
    if (raw.readAll().get(key) instanceof ObservedIndex seen) {
      List<IndexEntry> entries = new ArrayList<>(seen.entries());
      change.accept(entries);
      Map<String, IndexEntry> byMember = new java.util.TreeMap<>();
      entries.forEach(entry -> byMember.put(entry.member(), entry));
      raw.delete(key);
      if (!byMember.isEmpty()) {
        raw.putIndex(key, byMember.values(), seen.expiresAtMillis());
      }
    }
  }

  private String someId(Region region, int number) {
    List<String> ids = new ArrayList<>(List.of("nobody", "no id: é", region + "-0"));
    keys().stream()
        .flatMap(key -> layout.roleOf(key).stream())
        .filter(KeyRole.IdView.class::isInstance)
        .map(role -> ((KeyRole.IdView) role).id())
        .map(SnapshotId::text)
        .forEach(ids::add);
    return ids.get(number % ids.size());
  }
}
