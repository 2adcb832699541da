package io.regionsnap.adapters.inmemory;

import io.regionsnap.adapters.inmemory.Content.Body;
import io.regionsnap.adapters.inmemory.Content.Index;
import io.regionsnap.adapters.inmemory.Content.LargeValue;
import io.regionsnap.adapters.inmemory.Content.Slot;
import io.regionsnap.adapters.inmemory.Content.SmallValue;
import io.regionsnap.adapters.inmemory.Place.Table;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import io.regionsnap.testkit.RawKeys;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The raw keys of both stores. Looking goes to the places themselves, one by one, and judges expiry
 * by itself; tampering goes through the keyspace, below guards and transactions.
 */
final class PlaceRawKeys implements RawKeys {

  /** Gives somebody the places of a store, alone, and sees to it that changes are kept. */
  interface Access {
    <R> R with(Function<PlaceMap, R> action);
  }

  private final Access access;
  private final InstantSource clock;

  PlaceRawKeys(Access access, InstantSource clock) {
    this.access = access;
    this.clock = clock;
  }

  static PlaceRawKeys of(InMemoryStore store, InstantSource clock) {
    return new PlaceRawKeys(store::tamper, clock);
  }

  static PlaceRawKeys of(EmbeddedStore store, InstantSource clock) {
    Access access = new Access() {
      @Override
      public <R> R with(Function<PlaceMap, R> action) {
        return store.session().tamper(file -> {
          R result = action.apply(file.places());
          file.commit();
          return result;
        });
      }
    };
    return new PlaceRawKeys(access, clock);
  }

  @Override
  public Map<Key, ObservedKey> readAll() {
    return access.with(places -> {
      Map<Key, ObservedKey> all = new HashMap<>();
      Iterator<Place> keys =
          places.walk(new Place(Table.KEY, 0, 0, ""), Place.firstExpiry(), false);
      while (keys.hasNext()) {
        Place place = keys.next();
        Slot slot = (Slot) Objects.requireNonNull(places.get(place));
        OptionalLong expiry = slot.expiresAtMillis();
        if (expiry.isEmpty() || expiry.getAsLong() > clock.millis()) {
          all.put(new Key(place.name()), observe(places, slot));
        }
      }
      return all;
    });
  }

  private static ObservedKey observe(PlaceMap places, Slot slot) {
    if (slot instanceof SmallValue small) {
      return new ObservedValue(small.value(), small.expiresAtMillis());
    } else if (slot instanceof LargeValue large) {
      Body body = (Body) Objects.requireNonNull(places.get(Place.body(large.body())));
      return new ObservedValue(body.value(), large.expiresAtMillis());
    }
    long number = ((Index) slot).number();
    SortedSet<IndexEntry> entries = new TreeSet<>();
    places
        .walk(
            Place.scoreBound(number, Long.MIN_VALUE),
            Place.scoreBound(number, Long.MAX_VALUE),
            false)
        .forEachRemaining(place -> entries.add(new IndexEntry(place.name(), place.score())));
    return new ObservedIndex(entries, slot.expiresAtMillis());
  }

  @Override
  public void putValue(Key key, Value value, OptionalLong expiresAtMillis) {
    change(keyspace -> keyspace.put(key, value, expiresAtMillis));
  }

  @Override
  public void putIndex(Key key, Collection<IndexEntry> entries, OptionalLong expiresAtMillis) {
    change(keyspace -> {
      keyspace.delete(key);
      entries.forEach(entry -> keyspace.add(key, entry));
      keyspace.expire(key, expiresAtMillis);
    });
  }

  @Override
  public void delete(Key key) {
    change(keyspace -> keyspace.delete(key));
  }

  private void change(Consumer<Keyspace> change) {
    access.with(places -> {
      change.accept(new Keyspace(places, clock.millis()));
      return places;
    });
  }
}
