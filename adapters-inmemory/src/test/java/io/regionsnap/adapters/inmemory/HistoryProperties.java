package io.regionsnap.adapters.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.inmemory.Stages.CloseableStage;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.Key;
import io.regionsnap.testkit.HistoryPlayer;
import io.regionsnap.testkit.HistoryStep;
import io.regionsnap.testkit.HistorySteps;
import io.regionsnap.testkit.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Random histories, played side by side on the store in memory and the store in a file. After every
 * step both must hold the same keys, keep the invariants, and answer as the reference model does.
 */
class HistoryProperties {
  private static final Instant START = Instant.parse("2026-08-18T12:00:00Z");

  @Property(tries = 1000, shrinking = ShrinkingMode.BOUNDED)
  void histories_keepTheInvariantsAndAgree(
      @ForAll KeyLayout layout, @ForAll("histories") List<HistoryStep> history) throws IOException {
    Path file = Files.createTempDirectory("regionsnap").resolve("store");
    MutableClock memoryClock = new MutableClock(START);
    MutableClock fileClock = new MutableClock(START);
    try (CloseableStage memory = Stages.inMemory(memoryClock);
        CloseableStage embedded = Stages.embedded(file, fileClock)) {
      HistoryPlayer onMemory = new HistoryPlayer(memory, layout, memoryClock);
      HistoryPlayer onFile = new HistoryPlayer(embedded, layout, fileClock);
      for (HistoryStep step : history) {
        Map<Key, ObservedKey> inMemory = onMemory.play(step);
        Map<Key, ObservedKey> inFile = onFile.play(step);
        assertThat(inFile).isEqualTo(inMemory);
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(file.getParent());
    }
  }

  @Provide
  Arbitrary<List<HistoryStep>> histories() {
    return HistorySteps.histories(20);
  }
}
