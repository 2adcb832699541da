package io.regionsnap.proof.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs when everything else has run: prints what was done, writes it to
 * {@code target/proof-summary.txt} and {@code .json}, and fails if it was too little.
 */
class SummaryTest {
  private static final Set<String> EXPECTED_STORES = Set.of(
      "embedded",
      "memory",
      "redis multi-exec",
      "redis script",
      "upstash multi-exec",
      "upstash script");

  private static final List<String> EXPECTED_DETECTIONS = Stream.of(
          "pipeline", "pipeline as multi-exec", "script without checks")
      .flatMap(control -> Stream.of("cuts", "foreign writers", "random histories")
          .map(property -> control + ": " + property))
      .toList();

  @Test
  void faultsEnough_nothingViolated_everyControlCaught() throws IOException {
    Summary summary = Summary.read(Ledger.folder());
    String table = SummaryText.table(summary);
    System.out.println(table);
    Path folder = Path.of(System.getProperty("proof.folder", "target"));
    Files.writeString(folder.resolve("proof-summary.txt"), table);
    Files.writeString(folder.resolve("proof-summary.json"), SummaryText.json(summary));

    assertThat(summary.total(Figure.VIOLATIONS)).as("violations").isZero();
    assertThat(summary.missed())
        .as("properties that did not catch their control")
        .isEmpty();
    assertThat(summary.detections())
        .as("control group")
        .extracting(found -> found.control() + ": " + found.property())
        .containsExactlyInAnyOrderElementsOf(EXPECTED_DETECTIONS);
    assertThat(summary.stores().keySet()).as("stores").isEqualTo(EXPECTED_STORES);
    summary
        .stores()
        .forEach((store, counters) -> assertThat(counters)
            .as("what happened on " + store)
            .containsKeys(Figure.HISTORIES.toString(), Figure.COMMITS.toString())
            .satisfies(all -> assertThat(Summary.faults(all)).isPositive()));
    assertThat(summary.stores().values())
        .as("classes of faults that have struck")
        .flatExtracting(Map::keySet)
        .containsAll(
            Stream.of(Fault.values()).map(fault -> Summary.FAULT + fault).toList());
    assertThat(summary.faults())
        .as("faults injected")
        .isGreaterThanOrEqualTo(Long.getLong("proof.faults", 20_000));
  }
}
