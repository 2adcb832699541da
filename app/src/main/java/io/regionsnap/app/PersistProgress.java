package io.regionsnap.app;

import io.regionsnap.app.input.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far persisting has come, where that is of use: on a terminal that does not show the
 * outcomes already, and for work that takes a while.
 */
final class PersistProgress {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final int MANY_SOURCES = 64;
  private static final int WIDTH = 79;
  private static final int REFRESH_MILLIS = 200;

  private final Surroundings surroundings;
  private final Console console;
  private Instant begun = Instant.EPOCH;
  private long expected;
  private Optional<ProgressBar> bar = Optional.empty();

  @Inject
  PersistProgress(Surroundings surroundings, Console console) {
    this.surroundings = surroundings;
    this.console = console;
  }

  void begin(List<Source> sources) {
    begun = surroundings.clock().instant();
    boolean known = sources.stream().allMatch(Source::wholeDocument);
    expected = known ? sources.size() : -1;
    if (sources.size() >= MANY_SOURCES) {
      show();
    }
  }

  void update(long done) {
    if (begun.plus(SHORT).isBefore(surroundings.clock().instant())) {
      show();
    }
    bar.ifPresent(shown -> shown.stepTo(done));
  }

  void end() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }

  private void show() {
    if (bar.isPresent()
        || !surroundings.terminals().err()
        || surroundings.terminals().out()) {
      return;
    }
    bar = Optional.of(new ProgressBarBuilder()
        .setTaskName("persist")
        .setInitialMax(expected)
        .setUpdateIntervalMillis(REFRESH_MILLIS)
        .setStyle(ProgressBarStyle.ASCII)
        // A width of its own, so that the library does not open the terminal to ask for one.
        .setConsumer(new ConsoleProgressBarConsumer(console.err(), WIDTH))
        .build());
  }
}
