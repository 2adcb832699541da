package io.regionsnap.redis.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In which order keys change, and what is said of what expires soon: without a server. */
class FencedWordingTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final long LATER = NOW + Fence.LIFETIME_MILLIS;
  private static final Key INDEX = new Key("index");
  private static final Key OTHER_INDEX = new Key("other-index");
  private static final Key KEY = new Key("key");
  private static final Key ASIDE = new Key("aside");
  private static final Value BODY = Value.utf8("body");

  private final FencedWording wording = new FencedWording(new Fence(new Key("fence"), "id"), NOW);

  private List<Key> written() {
    return wording.said().stream()
        .map(Said::writes)
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  private long times(String command) {
    return wording.said().stream()
        .filter(said -> said.command().name().equals(command))
        .count();
  }

  @Test
  void indexBeforeAValue_isInPlaceBeforeIt() {
    wording.add(INDEX, 1, BODY);
    wording.put(KEY, BODY, LATER);
    assertThat(written()).containsExactly(INDEX, KEY);
  }

  @Test
  void indexBeforeADeletion_isInPlaceBeforeIt() {
    wording.add(INDEX, 1, BODY);
    wording.delete(KEY);
    assertThat(written()).containsExactly(INDEX, KEY);
  }

  @Test
  void indexBeforeAMove_isInPlaceBeforeIt() {
    wording.add(INDEX, 1, BODY);
    wording.move(KEY, ASIDE, LATER);
    assertThat(written()).containsExactly(INDEX, ASIDE, KEY);
  }

  @Test
  void indexBeforeAnother_isInPlaceBeforeIt() {
    wording.add(INDEX, 1, BODY);
    wording.add(OTHER_INDEX, 1, BODY);
    assertThat(written()).containsExactly(INDEX, OTHER_INDEX);
    assertThat(times("RENAMENX")).isEqualTo(2);
  }

  @Test
  void valueThatMayExpireWhileTheFenceStands_isDeletedFirst() {
    wording.put(KEY, BODY, LATER - 1);
    assertThat(times("SUNIONSTORE")).isEqualTo(1);
  }

  @Test
  void valueThatOutlivesTheFence_isReplacedInOneCommand() {
    wording.put(KEY, BODY, LATER);
    assertThat(times("SUNIONSTORE")).isZero();
  }

  @Test
  void sameBytesAndExpiryTwice_travelOnce() {
    wording.put(KEY, BODY, LATER);
    wording.put(ASIDE, BODY, LATER);
    assertThat(times("SET")).isEqualTo(1);
  }

  @Test
  void sameBytesThatExpireSoon_travelAgain_toAStageThatIsMadeAgain() {
    wording.put(KEY, BODY, LATER - 1);
    wording.put(ASIDE, BODY, LATER - 1);
    assertThat(times("SET")).isEqualTo(2);
  }

  @Test
  void nothingToWrite_onlyTheFenceIsTakenAway() {
    assertThat(wording.said())
        .singleElement()
        .satisfies(said -> assertThat(said.command().name()).isEqualTo("DEL"));
  }
}
