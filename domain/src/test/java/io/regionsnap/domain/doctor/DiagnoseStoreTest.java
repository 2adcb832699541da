package io.regionsnap.domain.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.ports.StoreDiagnostics;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is made of what a store answers: whether it is there, how soon, its clock, its layouts. That
 * real stores pass is shown where they are.
 */
class DiagnoseStoreTest extends Diagnosing {
  @Test
  void soundStore_passesAll_andIsLeftAsItWas() {
    hold(keys);
    clock(store, NOW);
    keepPromises(store);
    assertThat(diagnose(alone())).isEqualTo(new Diagnosis.Sound(12));
    assertThat(checks).extracting(Check::verdict).containsOnly("PASS");
    assertThat(checks)
        .extracting(Check::name)
        .containsExactly(
            "reach",
            "latency",
            "clock",
            "transaction",
            "failed-guard",
            "wrong-kind",
            "commits",
            "reads",
            "expiry",
            "scan",
            "cleanup",
            "told");
    assertThat(check("latency").seen()).isEqualTo("1.50 ms for a read, the median of 5");
    assertThat(store.commits).hasSize(5);
    assertThat(committed(4)).containsExactly(keys.removal());
  }

  @Test
  void storeThatTellsNothing_isAWarning() {
    hold(keys);
    clock(store, NOW);
    keepPromises(store);
    assertThat(diagnose(store)).isEqualTo(new Diagnosis.AtRisk(12, 1));
    assertNot("WARN", "store", "tells nothing");
  }

  @Test
  void unreachable_fails_andNothingElseIsTried() {
    store.failAt(KeyLayout.TAGGED.trial(MENA, NOW + "-2a"));
    assertThat(diagnose(alone())).isEqualTo(new Diagnosis.Unfit(1, 0, 1));
    assertNot("FAIL", "reach", "no answer");
    assertThat(store.reads).isEqualTo(1);
    assertThat(store.commits).isEmpty();
  }

  @Test
  void slowStore_isAWarning() {
    nanosForEach = 501_000_000;
    hold(keys);
    clock(store, NOW);
    keepPromises(store);
    assertThat(diagnose(alone())).isEqualTo(new Diagnosis.AtRisk(12, 1));
    assertNot("WARN", "latency", "501.00 ms");
  }

  @ParameterizedTest
  @CsvSource({
    "0, PASS, agrees",
    "60000, PASS, 60.0 s ahead",
    "60001, WARN, 60.0 s ahead",
    "-120000, WARN, 120.0 s behind",
    "899999, WARN, 900.0 s ahead",
    "900000, FAIL, 900.0 s ahead",
    "-9000000, WARN, 9000.0 s behind"
  })
  void clocksApart_isJudgedByWhatItBreaks(long ahead, String verdict, String seen) {
    hold(keys(0, NOW + ahead));
    clock(store, NOW + ahead);
    keepPromises(store);
    diagnose(alone());
    assertThat(check("clock").verdict()).isEqualTo(verdict);
    assertThat(check("clock").seen()).contains(seen);
    assertThat(check("transaction").verdict()).isEqualTo("PASS");
    assertThat(committed(1)).containsExactly(keys(0, NOW + ahead).whole());
  }

  @Test
  void clockThatIsNotVisible_isAWarning_andOursIsTakenForIt() {
    hold(keys);
    store.answer(UNAVAILABLE);
    keepPromises(store);
    diagnose(alone());
    assertNot("WARN", "clock", "READONLY");
    assertThat(check("commits").verdict()).isEqualTo("PASS");
  }

  @ParameterizedTest
  @CsvSource({"TAGGED, tagged", "WORLDMONITOR, worldmonitor"})
  void keysOfBothLayouts_areAskedAbout_andOneIsInUse(KeyLayout chosen, String inUse) {
    layout = chosen;
    Telling telling = alone();
    clock(store, NOW).answer(REFUSED);
    diagnose(telling);
    assertThat(telling.asked)
        .extracting(StoreDiagnostics.KeyGroup::name)
        .containsExactly("tagged", "worldmonitor");
    for (StoreDiagnostics.KeyGroup group : telling.asked) {
      assertThat(group.inUse()).isEqualTo(group.name().equals(inUse));
      assertThat(group.keys()).hasSize(6);
      KeyLayout each = KeyLayout.valueOf(group.name().toUpperCase(Locale.ROOT));
      assertThat(group.keys()).allMatch(key -> each.roleOf(key).isPresent());
    }
    assertThat(Arrays.stream(KeyLayout.values())).hasSize(telling.asked.size());
  }
}
