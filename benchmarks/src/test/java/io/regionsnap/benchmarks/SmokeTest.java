package io.regionsnap.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.benchmarks.Run.Pace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every benchmark, as briefly as can be: nothing is measured, but what has rotted fails. */
class SmokeTest {
  private static final Pace BRIEF = new Pace(1, 3, 0);

  @Test
  void everyTurn_takenBriefly_persistsAndReports(@TempDir Path folder) throws Exception {
    Extras extras = Extras.in(folder);
    extras.describe();
    Run run = new Run(folder);
    for (Turn turn : Groups.smoke()) {
      run.take(turn, BRIEF);
    }
    WireBytes.count(extras);

    String report = Report.write(folder);

    assertThat(report.lines().skip(2).findFirst().orElse(""))
        .containsPattern("Redis 7\\S+ \\(\\w+");
    assertThat(report)
        .contains(List.of(Who.values()).stream().limit(10).map(Who::label).toList());
    assertThat(Files.readString(folder.resolve("jmh-persist.json")))
        .contains(CpuTime.CLIENT, CpuTime.SERVER);
    assertThat(Files.readString(folder.resolve("persist.svg"))).contains("</svg>");
    assertThat(extras.get(WireBytes.REQUESTS, Who.UPSTASH.name())).hasValue(1);
    assertThat(extras.get(WireBytes.REQUESTS, Who.OLD_REST.name())).hasValue(16);
  }

  @Test
  void full_itsTurns_measureEverybodyAndEveryBenchmark() {
    Set<String> who = Groups.full().stream()
        .map(turn -> turn.params().getOrDefault("who", turn.params().getOrDefault("reader", "")))
        .collect(Collectors.toSet());

    assertThat(who).contains(List.of(Who.values()).stream().map(Enum::name).toArray(String[]::new));
    assertThat(who)
        .contains(List.of(Reader.values()).stream().map(Enum::name).toArray(String[]::new));
  }
}
