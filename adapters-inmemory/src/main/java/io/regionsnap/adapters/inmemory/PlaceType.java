package io.regionsnap.adapters.inmemory;

import io.regionsnap.adapters.inmemory.Place.Table;
import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * How places are written and read: the places of a page together in one {@link Frame}, since a
 * damaged place would not be found where it belongs, which looks like a key that does not exist.
 */
final class PlaceType extends BasicDataType<Place> {
  static final PlaceType INSTANCE = new PlaceType();

  private static final int OBJECT_BYTES = 72;

  private PlaceType() {}

  @Override
  public int compare(Place a, Place b) {
    return a.compareTo(b);
  }

  @Override
  public int getMemory(Place place) {
    return OBJECT_BYTES + place.name().length();
  }

  /** Sizes differ too much to be estimated from a sample. */
  @Override
  public boolean isMemoryEstimationAllowed() {
    return false;
  }

  @Override
  public Place[] createStorage(int size) {
    return new Place[size];
  }

  @Override
  public void write(WriteBuffer buffer, Object storage, int size) {
    Place[] places = cast(storage);
    Frame.write(buffer, payload -> {
      for (int i = 0; i < size; i++) {
        write(payload, places[i]);
      }
    });
  }

  @Override
  public void read(ByteBuffer buffer, Object storage, int size) {
    Place[] places = cast(storage);
    int read = Frame.read(buffer, payload -> {
      for (int i = 0; i < size; i++) {
        places[i] = read(payload);
      }
      return size;
    });
    for (int i = 1; i < read; i++) {
      if (places[i - 1].compareTo(places[i]) >= 0) {
        throw new Damage("the places of a page are out of order");
      }
    }
  }

  @Override
  public void write(WriteBuffer payload, Place place) {
    payload.put((byte) place.table().code).putLong(place.number()).putLong(place.score());
    payload
        .putVarInt(place.name().length())
        .putStringData(place.name(), place.name().length());
  }

  @Override
  public Place read(ByteBuffer payload) {
    return new Place(
        Table.of(payload.get()),
        payload.getLong(),
        payload.getLong(),
        DataUtils.readString(payload));
  }
}
