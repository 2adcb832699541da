package io.regionsnap.domain.audit;

import io.regionsnap.ports.Key;

/**
 * The views that were judged with the members of their indexes, so that nobody needs to ask for
 * them again when their names turn up. Grows to a fixed size, 4 MiB: where too many meet the later
 * ones stay, and the earlier are asked for again. Not thread-safe.
 *
 * <p>Remembers 64 bits of each. That two names share those is as good as impossible: one in ten
 * million million audits of a million keys.
 */
final class Judged {
  private static final int FEWEST_BITS = 10;
  private static final int MOST_BITS = 19;
  private static final int WAYS = 4;
  private static final long PRIME = 0x100000001b3L;

  private int bits = FEWEST_BITS;
  private long[] places = new long[1 << bits];
  private int taken;

  void add(Key key) {
    if (taken > places.length / 2 && bits < MOST_BITS) {
      grow();
    }
    put(hash(key));
  }

  private void grow() {
    long[] before = places;
    bits++;
    places = new long[1 << bits];
    taken = 0;
    for (long hash : before) {
      if (hash != 0) {
        put(hash);
      }
    }
  }

  private void put(long hash) {
    int first = firstPlace(hash);
    for (int place = first; place < first + WAYS; place++) {
      if (places[place] == hash) {
        return;
      } else if (places[place] == 0) {
        places[place] = hash;
        taken++;
        return;
      }
    }
    places[first + ((int) hash >>> 1) % WAYS] = hash;
  }

  /** Whether it was, as far as is known. */
  boolean contains(Key key) {
    long hash = hash(key);
    int first = firstPlace(hash);
    for (int place = first; place < first + WAYS; place++) {
      if (places[place] == hash) {
        return true;
      }
    }
    return false;
  }

  /** Of those in which it may be. */
  private int firstPlace(long hash) {
    return (int) (hash >>> (Long.SIZE - bits)) / WAYS * WAYS;
  }

  /** FNV-1a, and then its bits mixed: names differ in their last letters. Never 0. */
  private static long hash(Key key) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < key.name().length(); i++) {
      hash = (hash ^ key.name().charAt(i)) * PRIME;
    }
    hash = (hash ^ (hash >>> 32)) * 0x9e3779b97f4a7c15L;
    return (hash ^ (hash >>> 29)) | 1;
  }
}
