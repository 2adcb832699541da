package io.regionsnap.app;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far a run has come, where that is of use: on a terminal that does not show the outcomes
 * already, and for work that takes a while. There is one, since what one class begins another goes
 * on with.
 */
@Singleton
final class Progress {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final int MUCH = 64;
  private static final int WIDTH = 79;
  private static final int REFRESH_MILLIS = 200;

  private final Surroundings surroundings;
  private final Console console;
  private Instant begun = Instant.EPOCH;
  private String task = "";
  private long expected;
  private boolean shownOtherwise;
  private Optional<ProgressBar> bar = Optional.empty();

  @Inject
  Progress(Surroundings surroundings, Console console) {
    this.surroundings = surroundings;
    this.console = console;
  }

  /**
   * Begins work whose outcomes are printed as they come.
   *
   * @param what the name of the work
   * @param much how much there is to do; negative if that is not known
   */
  void begin(String what, long much) {
    begin(what, much, true);
  }

  /** The same for work of which nothing is printed before it has ended. */
  void beginSilent(String what, long much) {
    begin(what, much, false);
  }

  private void begin(String what, long much, boolean prints) {
    shownOtherwise = prints && surroundings.terminals().out();
    begun = surroundings.clock().instant();
    task = what;
    expected = much;
    if (much >= MUCH) {
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
    if (bar.isPresent() || !surroundings.terminals().err() || shownOtherwise) {
      return;
    }
    bar = Optional.of(new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(expected)
        .setUpdateIntervalMillis(REFRESH_MILLIS)
        .setStyle(ProgressBarStyle.ASCII)
        // A width of its own, so that the library does not open the terminal to ask for one.
        .setConsumer(new ConsoleProgressBarConsumer(console.err(), WIDTH))
        .build());
  }
}
