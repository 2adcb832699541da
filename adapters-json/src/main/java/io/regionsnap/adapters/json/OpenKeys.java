package io.regionsnap.adapters.json;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The keys seen so far of each object that is open, in one array for all of them: most objects have
 * few keys, and a set for each would take more memory than the document. An object that has many
 * gets a set, so that no document takes more than its share of time. Not thread-safe.
 */
final class OpenKeys {
  private static final int FEW = 16;

  private String[] keys = new String[4 * FEW];
  private int size;

  /** Where the keys of each open object or array begin, outermost first. */
  private int[] starts = new int[FEW];

  private int depth;
  private final Map<Integer, Set<String>> many = new HashMap<>();

  int depth() {
    return depth;
  }

  /** Opens an object, or an array, which has no keys. */
  void enter() {
    if (depth == starts.length) {
      starts = Arrays.copyOf(starts, 2 * depth);
    }
    starts[depth++] = size;
  }

  /** Closes the innermost one. */
  void leave() {
    many.remove(depth);
    size = starts[--depth];
  }

  /** Takes a key of the innermost one; false if it has it already. */
  boolean add(String key) {
    int start = starts[depth - 1];
    if (size - start == FEW) {
      return many.computeIfAbsent(
              depth, unused -> new HashSet<>(Arrays.asList(keys).subList(start, size)))
          .add(key);
    }
    for (int i = start; i < size; i++) {
      if (keys[i].equals(key)) {
        return false;
      }
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
    }
    keys[size++] = key;
    return true;
  }
}
