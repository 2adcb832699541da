package io.regionsnap.adapters.inmemory;

import io.regionsnap.adapters.inmemory.Content.Body;
import io.regionsnap.adapters.inmemory.Content.Header;
import io.regionsnap.adapters.inmemory.Content.LargeValue;
import io.regionsnap.adapters.inmemory.Content.Slot;
import io.regionsnap.adapters.inmemory.Content.SmallValue;
import io.regionsnap.adapters.inmemory.Content.Uses;
import io.regionsnap.ports.Value;
import java.util.IdentityHashMap;
import java.util.OptionalLong;

/**
 * The bytes of values, and how many keys use them. Within one transaction, keys that are given the
 * same {@code Value} object share one body; nobody compares bytes.
 */
final class Bodies {
  /** Up to this size a value lies with its key: ids and claims do, snapshots do not. */
  static final int SMALL_BYTES = 512;

  private final PlaceMap places;
  private final IdentityHashMap<Value, Long> written = new IdentityHashMap<>();

  Bodies(PlaceMap places) {
    this.places = places;
  }

  Value read(Slot slot) {
    if (slot instanceof SmallValue small) {
      return small.value();
    }
    long number = ((LargeValue) slot).body();
    if (places.get(Place.body(number)) instanceof Body body) {
      return body.value();
    }
    throw new Damage("body " + number + " is missing");
  }

  /** Keeps a value and returns the slot that leads to it. */
  Slot write(Value value, OptionalLong expiresAtMillis) {
    if (value.size() <= SMALL_BYTES) {
      return new SmallValue(expiresAtMillis, value);
    }
    Long shared = written.get(value);
    // It may be gone again, if a later write of the same transaction replaced its key.
    if (shared != null && places.get(Place.body(shared)) != null) {
      places.put(Place.uses(shared), new Uses(uses(shared) + 1));
      return new LargeValue(expiresAtMillis, shared);
    }
    long number = nextNumber(places);
    places.put(Place.body(number), new Body(value));
    written.put(value, number);
    return new LargeValue(expiresAtMillis, number);
  }

  /** Lets go of what a slot leads to. */
  void release(LargeValue slot) {
    long uses = uses(slot.body());
    if (uses > 2) {
      places.put(Place.uses(slot.body()), new Uses(uses - 1));
    } else if (uses == 2) {
      places.remove(Place.uses(slot.body()));
    } else {
      places.remove(Place.body(slot.body()));
    }
  }

  private long uses(long number) {
    return places.get(Place.uses(number)) instanceof Uses uses ? uses.count() : 1;
  }

  /** A number that no index and no body had before. */
  static long nextNumber(PlaceMap places) {
    Header header = places.get(Place.HEADER) instanceof Header found ? found : new Header(0, 0);
    long number = header.lastNumber() + 1;
    places.put(Place.HEADER, new Header(number, header.places()));
    return number;
  }
}
