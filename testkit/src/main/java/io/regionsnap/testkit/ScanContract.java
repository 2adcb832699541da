package io.regionsnap.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scans: everything that matches is found, and nothing else. */
public abstract class ScanContract extends StoreContract {
  private Key givenKey(String name) {
    Key key = new Key(name);
    given(key, ONE);
    return key;
  }

  @Test
  void scan_noKeys_findsNone() {
    assertThat(scan("", "", 10)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void scan_anySizeHint_findsEverything(int sizeHint) {
    Set<Key> keys = new HashSet<>();
    IntStream.range(0, 50).forEach(i -> keys.add(givenKey("contract:{t}:k" + i)));
    raw.putIndex(INDEX, List.of(entry("one", 1)), OptionalLong.of(later()));
    assertThat(scan("contract:{t}:k", "", sizeHint)).isEqualTo(keys);
    keys.add(INDEX);
    assertThat(scan("", "", sizeHint)).isEqualTo(keys);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100})
  void scan_prefixAndSuffix_bothMustMatch(int sizeHint) {
    Key match = givenKey("pre:{t}:x:suf");
    Key shortest = givenKey("pre:suf");
    givenKey("pre:{t}:x:suff");
    givenKey("xpre:{t}:suf");
    givenKey("pre:");
    givenKey("pre:su");
    givenKey(":suf");
    assertThat(scan("pre:", "suf", sizeHint)).containsExactlyInAnyOrder(match, shortest);
    assertThat(scan("", ":suf", sizeHint)).contains(match).doesNotContain(new Key("pre:su"));
  }

  @Test
  void scan_prefixAndSuffixOverlap_doesNotMatch() {
    givenKey("aba");
    Key whole = givenKey("ababa");
    assertThat(scan("ab", "ba", 10)).containsExactly(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "?", "[ab]", "{x}", "\\", "\\*", "[^a]", "a]b", "[", "[a-"})
  void scan_globCharacters_areLiteral(String glob) {
    Key before = givenKey(glob + "1");
    Key after = givenKey("1" + glob);
    Key both = givenKey(glob + "2" + glob);
    for (String other : List.of("a", "b", "x", "1", "aXb", "-")) {
      givenKey(other + "3");
      givenKey("3" + other);
    }
    assertThat(scan(glob, "", 5)).containsExactlyInAnyOrder(before, both);
    assertThat(scan("", glob, 5)).containsExactlyInAnyOrder(after, both);
    assertThat(scan(glob, glob, 5)).containsExactly(both);
  }

  @Test
  void scan_keysDeletedBetweenPages_othersAreFound() {
    Set<Key> stay = new HashSet<>();
    IntStream.range(0, 40).forEach(i -> stay.add(givenKey("stay" + i)));
    ReadResult<ScanPage> first = store.scan(new Scan("", "", Optional.empty(), 5));
    ScanPage page = ((ReadResult.Found<ScanPage>) first).value();
    page.keys().forEach(raw::delete);
    stay.removeAll(page.keys());
    Set<Key> rest = new HashSet<>();
    Optional<String> cursor = page.next();
    while (cursor.isPresent()) {
      ReadResult<ScanPage> next = store.scan(new Scan("", "", cursor, 5));
      rest.addAll(((ReadResult.Found<ScanPage>) next).value().keys());
      cursor = ((ReadResult.Found<ScanPage>) next).value().next();
    }
    assertThat(rest).containsAll(stay);
  }
}
