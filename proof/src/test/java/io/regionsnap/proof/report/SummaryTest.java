package io.regionsnap.proof.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Runs when everything else has run: prints what was done, writes it to
 * {@code target/proof-summary.txt} and {@code .json}, and fails if it was too little.
 */
class SummaryTest {
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
    assertThat(summary.detections()).as("control group").isNotEmpty();
    assertThat(summary.faults())
        .as("faults injected")
        .isGreaterThanOrEqualTo(Long.getLong("proof.faults", 20_000));
  }
}
