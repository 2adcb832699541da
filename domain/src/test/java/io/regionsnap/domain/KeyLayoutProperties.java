package io.regionsnap.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.Key;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyLayoutProperties {
  private static final Region MENA = new Region("mena");
  private static final SnapshotId ID = new SnapshotId("01a0-57fe");
  private static final TriggerReason REASON = new TriggerReason("scheduled_6h");

  @Test
  void tagged_keysAreAsDesigned() {
    KeyLayout layout = KeyLayout.TAGGED;
    assertThat(layout.timestampView(MENA, 1787184007093L).name())
        .isEqualTo("snapshot:ts:{mena}:1787184007093");
    assertThat(layout.idView(MENA, ID).name()).isEqualTo("snapshot:id:{mena}:01a0-57fe");
    assertThat(layout.pointer(MENA).name()).isEqualTo("snapshot:latest:{mena}");
    assertThat(layout.index(MENA).name()).isEqualTo("snapshot:index:{mena}");
    assertThat(layout.live(MENA).name()).isEqualTo("snapshot:live:{mena}");
    assertThat(layout.claim(MENA, REASON, 1985760).name())
        .isEqualTo("snapshot:dedup:{mena}:scheduled_6h:1985760");
  }

  @Test
  void worldmonitor_keysAreThoseOfTheLiveSystem() {
    KeyLayout layout = KeyLayout.WORLDMONITOR;
    assertThat(layout.timestampView(MENA, 1787184007093L).name())
        .isEqualTo("intelligence:snapshot:v1:mena:1787184007093");
    assertThat(layout.idView(MENA, ID).name())
        .isEqualTo("intelligence:snapshot-by-id:v1:01a0-57fe");
    assertThat(layout.pointer(MENA).name()).isEqualTo("intelligence:snapshot:v1:mena:latest");
    assertThat(layout.index(MENA).name()).isEqualTo("intelligence:snapshot-index:v1:mena");
    assertThat(layout.live(MENA).name()).isEqualTo("intelligence:snapshot:v1:mena:live");
    assertThat(layout.claim(MENA, REASON, 1985760).name())
        .isEqualTo("dedup:snapshot:v1:mena:scheduled_6h:1985760");
  }

  @Test
  void quarantine_namesTheKeyThatItIsFrom() {
    Key from = new Key("snapshot:latest:{mena}");
    KeyLayout tagged = KeyLayout.TAGGED;
    Key aside = tagged.quarantine(MENA, 7, from);
    assertThat(aside.name()).isEqualTo("snapshot:quarantine:{mena}:7:snapshot:latest:{mena}");
    assertThat(tagged.roleOf(aside)).contains(new KeyRole.Quarantined(Optional.of(MENA), 7, from));
    KeyLayout live = KeyLayout.WORLDMONITOR;
    Key asideLive = live.quarantine(MENA, 7, from);
    assertThat(asideLive.name())
        .isEqualTo("intelligence:snapshot-quarantine:v1:7:snapshot:latest:{mena}");
    assertThat(live.roleOf(asideLive)).contains(new KeyRole.Quarantined(Optional.empty(), 7, from));
    assertThat(live.roleOf(new Key("intelligence:snapshot-quarantine:v1:x"))).isEmpty();
  }

  @Test
  void idViews_nameTheirRegionInOneLayout() {
    assertThat(KeyLayout.TAGGED.idViewsNameRegion()).isTrue();
    assertThat(KeyLayout.WORLDMONITOR.idViewsNameRegion()).isFalse();
  }

  @Property(tries = 300)
  void roleOf_keysOfALayout_givesBackWhatTheyWereMadeOf(
      @ForAll KeyLayout layout,
      @ForAll("regions") Region region,
      @ForAll("ids") SnapshotId id,
      @ForAll("reasons") TriggerReason reason,
      @ForAll("times") long millis) {
    Optional<Region> named = layout == KeyLayout.TAGGED ? Optional.of(region) : Optional.empty();

    assertThat(layout.roleOf(layout.timestampView(region, millis)))
        .contains(new KeyRole.TimestampView(region, millis));
    assertThat(layout.roleOf(layout.idView(region, id))).contains(new KeyRole.IdView(named, id));
    assertThat(layout.roleOf(layout.pointer(region))).contains(new KeyRole.Pointer(region));
    assertThat(layout.roleOf(layout.index(region))).contains(new KeyRole.Index(region));
    assertThat(layout.roleOf(layout.live(region))).contains(new KeyRole.Live(region));
    assertThat(layout.roleOf(layout.claim(region, reason, millis)))
        .contains(new KeyRole.Claim(region, reason, millis));
  }

  @ParameterizedTest
  @EnumSource(KeyLayout.class)
  void roleOf_keyOfTheOtherLayout_isNone(KeyLayout layout) {
    KeyLayout other = layout == KeyLayout.TAGGED ? KeyLayout.WORLDMONITOR : KeyLayout.TAGGED;
    assertThat(layout.roleOf(other.pointer(MENA))).isEmpty();
    assertThat(layout.roleOf(other.idView(MENA, ID))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "snapshot:ts:{mena}:",
        "snapshot:ts:{mena}:007",
        "snapshot:ts:{mena}:+7",
        "snapshot:ts:{Mena}:7",
        "snapshot:ts:{mena:7",
        "snapshot:id:{mena}:a:b",
        "snapshot:id:{mena}:",
        "snapshot:latest:{mena}x",
        "snapshot:index:{}",
        "snapshot:dedup:{mena}:scheduled_6h",
        "snapshot:dedup:{mena}:scheduled_6h:x",
        "intelligence:snapshot:v1:mena:later",
        "intelligence:snapshot-by-id:v1:",
        "intelligence:snapshot-index:v1:mena:x"
      })
  void roleOf_foreignKey_isNone(String name) {
    assertThat(KeyLayout.TAGGED.roleOf(new Key(name))).isEmpty();
    assertThat(KeyLayout.WORLDMONITOR.roleOf(new Key(name))).isEmpty();
  }

  @Test
  void toString_isTheNameThatUsersGive() {
    assertThat(KeyLayout.TAGGED).hasToString("tagged");
    assertThat(KeyLayout.WORLDMONITOR).hasToString("worldmonitor");
  }

  @Provide
  Arbitrary<Region> regions() {
    return Arbitraries.of("mena", "north-america", "a", "x1-2-3", "latest", "live")
        .map(Region::new);
  }

  @Provide
  Arbitrary<SnapshotId> ids() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withChars("AZ09._-")
        .ofMinLength(1)
        .ofMaxLength(SnapshotId.MAX_LENGTH)
        .map(SnapshotId::new);
  }

  @Provide
  Arbitrary<TriggerReason> reasons() {
    return Arbitraries.of("scheduled_6h", "regime_shift", "a.b-c", "1").map(TriggerReason::new);
  }

  @Provide
  Arbitrary<Long> times() {
    return Arbitraries.longs().between(-100_000_000_000L, 100_000_000_000_000L);
  }
}
