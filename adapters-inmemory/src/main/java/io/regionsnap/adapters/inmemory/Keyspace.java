package io.regionsnap.adapters.inmemory;

import io.regionsnap.adapters.inmemory.Content.Index;
import io.regionsnap.adapters.inmemory.Content.LargeValue;
import io.regionsnap.adapters.inmemory.Content.Mark;
import io.regionsnap.adapters.inmemory.Content.Slot;
import io.regionsnap.adapters.inmemory.Content.SmallValue;
import io.regionsnap.adapters.inmemory.Place.Table;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keys, as they are at one instant: a key whose expiry has come does not exist. Made anew for each
 * transaction and each read. Whoever asks for a value or an index has made sure of the kind.
 */
final class Keyspace {
  private final PlaceMap places;
  private final long nowMillis;
  private final Bodies bodies;

  Keyspace(PlaceMap places, long nowMillis) {
    this.places = places;
    this.nowMillis = nowMillis;
    this.bodies = new Bodies(places);
  }

  long nowMillis() {
    return nowMillis;
  }

  Optional<Slot> find(Key key) {
    return stored(key).filter(slot -> !slot.isExpired(nowMillis));
  }

  private Optional<Slot> stored(Key key) {
    return places.get(Place.key(key.name())) instanceof Slot slot
        ? Optional.of(slot)
        : Optional.empty();
  }

  Optional<Value> value(Key key) {
    return find(key).map(bodies::read);
  }

  Optional<Entries> entries(Key index) {
    return find(index).map(slot -> new Entries(places, ((Index) slot).number()));
  }

  Optional<IndexEntry> top(Key index) {
    return entries(index).flatMap(Entries::top);
  }

  OptionalLong score(Key index, String member) {
    return entries(index).map(found -> found.score(member)).orElse(OptionalLong.empty());
  }

  /** The names of keys at or after a name, in order; expired ones included. */
  Iterator<Place> names(String from) {
    return places.walk(Place.key(from), Place.firstExpiry(), false);
  }

  void put(Key key, Value value, OptionalLong expiresAtMillis) {
    delete(key);
    store(key, bodies.write(value, expiresAtMillis));
  }

  void add(Key index, IndexEntry entry) {
    Entries entries = entries(index).orElseGet(() -> create(index));
    entries.put(entry);
  }

  void remove(Key index, String member) {
    entries(index).ifPresent(entries -> {
      entries.remove(member);
      if (entries.top().isEmpty()) {
        delete(index);
      }
    });
  }

  /** Moves what a key holds under another; what a slot leads to stays where it is. */
  void move(Key from, Key to, OptionalLong expiresAtMillis) {
    find(from).ifPresent(slot -> {
      delete(to);
      unschedule(from, slot);
      places.remove(Place.key(from.name()));
      store(to, expiring(slot, expiresAtMillis));
    });
  }

  private Entries create(Key index) {
    // What is stored there, if anything, has expired.
    delete(index);
    long number = Bodies.nextNumber(places);
    store(index, new Index(OptionalLong.empty(), number));
    return new Entries(places, number);
  }

  void expire(Key key, OptionalLong expiresAtMillis) {
    find(key).ifPresent(slot -> {
      unschedule(key, slot);
      store(key, expiring(slot, expiresAtMillis));
    });
  }

  private static Slot expiring(Slot slot, OptionalLong expiresAtMillis) {
    if (slot instanceof SmallValue small) {
      return new SmallValue(expiresAtMillis, small.value());
    } else if (slot instanceof LargeValue large) {
      return new LargeValue(expiresAtMillis, large.body());
    } else {
      return new Index(expiresAtMillis, ((Index) slot).number());
    }
  }

  /** Removes a key with all that it leads to, be it expired or not. */
  void delete(Key key) {
    stored(key).ifPresent(slot -> {
      unschedule(key, slot);
      places.remove(Place.key(key.name()));
      if (slot instanceof LargeValue large) {
        bodies.release(large);
      } else if (slot instanceof Index index) {
        new Entries(places, index.number()).removeAll();
      }
    });
  }

  /** Removes keys that have expired, the longest expired first, and not more than the limit. */
  void purge(int limit) {
    for (int purged = 0; purged < limit; purged++) {
      Place next = places.ceiling(Place.firstExpiry());
      if (next == null || next.table() != Table.EXPIRY || next.number() > nowMillis) {
        return;
      }
      delete(new Key(next.name()));
      // Already gone, unless a damaged file lists an expiry that its key knows nothing of.
      places.remove(next);
    }
  }

  private void store(Key key, Slot slot) {
    places.put(Place.key(key.name()), slot);
    slot.expiresAtMillis().ifPresent(at -> places.put(Place.expiry(at, key), Mark.MARK));
  }

  private void unschedule(Key key, Slot slot) {
    slot.expiresAtMillis().ifPresent(at -> places.remove(Place.expiry(at, key)));
  }
}
