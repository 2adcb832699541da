package io.regionsnap.adapters.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Held to a set for each open object. */
class OpenKeysProperties {

  /** Numbers below 60 are keys, so that objects have many; the others open and close objects. */
  @Property
  void add_anyObjects_findsWhatASetEachFinds(
      @ForAll @Size(max = 300) List<@IntRange(max = 65) Integer> steps) {
    OpenKeys keys = new OpenKeys();
    Deque<Set<String>> sets = new ArrayDeque<>();
    keys.enter();
    sets.push(new HashSet<>());
    for (int step : steps) {
      if (step < 60) {
        assertThat(keys.add("key" + step)).isEqualTo(sets.element().add("key" + step));
      } else if (step < 64) {
        keys.enter();
        sets.push(new HashSet<>());
      } else if (sets.size() > 1) {
        keys.leave();
        sets.pop();
      }
      assertThat(keys.depth()).isEqualTo(sets.size());
    }
  }
}
