package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The steps of a script as they are being written, and the keys and arguments of which they speak
 * by their places, from 1. Not thread-safe.
 */
final class ScriptText {
  /** What is no longer than this many bytes is shared with its equals: ids and times, above all. */
  private static final int SMALL = 128;

  private static final int USUAL_LENGTH = 1024;
  private static final int USUAL_COUNT = 16;

  private final Optional<StagedBody> staged;
  private final StringBuilder text = new StringBuilder(USUAL_LENGTH);
  private final List<Key> keys = new ArrayList<>(USUAL_COUNT);
  private final Map<Key, Integer> places = new HashMap<>();
  // By identity: the port promises that the same object travels once; comparing bodies would cost.
  private final IdentityHashMap<Value, Integer> shared = new IdentityHashMap<>(2);
  private final Map<Value, Integer> sharedSmall = new HashMap<>();
  private final List<Value> arguments = new ArrayList<>(USUAL_COUNT);
  private int stagedPlace;

  /** @param staged the value for which an argument without bytes stands */
  ScriptText(Optional<StagedBody> staged) {
    this.staged = staged;
  }

  /** Unmodifiable. */
  List<Key> keys() {
    return Collections.unmodifiableList(keys);
  }

  /** Unmodifiable. */
  List<Value> arguments() {
    return Collections.unmodifiableList(arguments);
  }

  /** Which argument stands for the staged bytes; 0 if none does yet. */
  int stagedPlace() {
    return stagedPlace;
  }

  /** Gives a key the next place. */
  void name(Key key) {
    keys.add(key);
    places.put(key, keys.size());
  }

  int place(Key key) {
    return places.getOrDefault(key, 0);
  }

  /** Makes it an argument, unless it is one. */
  int place(Value value) {
    if (staged.isPresent() && staged.get().holds(value)) {
      return placeOfStaged();
    }
    Map<Value, Integer> known = value.size() <= SMALL ? sharedSmall : shared;
    Integer place = known.get(value);
    if (place == null) {
      arguments.add(value);
      place = arguments.size();
      known.put(value, place);
    }
    return place;
  }

  private int placeOfStaged() {
    if (stagedPlace == 0) {
      arguments.add(Value.utf8(""));
      stagedPlace = arguments.size();
    }
    return stagedPlace;
  }

  int place(String argument) {
    return place(Value.utf8(argument));
  }

  int place(long number) {
    return place(Long.toString(number));
  }

  /** A part with its operands, on a line of its own. */
  void step(String part, int... operands) {
    text.append(part).append('(');
    for (int i = 0; i < operands.length; i++) {
      if (i > 0) {
        text.append(',');
      }
      text.append(operands[i]);
    }
    text.append(")\n");
  }

  /** Lua, as it is. */
  ScriptText write(String lua) {
    text.append(lua);
    return this;
  }

  ScriptText write(int number) {
    text.append(number);
    return this;
  }

  int length() {
    return text.length();
  }

  /** What was written so far. */
  @Override
  public String toString() {
    return text.toString();
  }
}
