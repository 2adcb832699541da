package io.regionsnap.adapters.inmemory;

import static io.regionsnap.adapters.inmemory.Stores.INDEX;
import static io.regionsnap.adapters.inmemory.Stores.POINTER;
import static io.regionsnap.adapters.inmemory.Stores.byId;
import static io.regionsnap.adapters.inmemory.Stores.byTime;
import static io.regionsnap.adapters.inmemory.Stores.commit;
import static io.regionsnap.adapters.inmemory.Stores.get;
import static io.regionsnap.adapters.inmemory.Stores.has;
import static io.regionsnap.adapters.inmemory.Stores.persist;
import static io.regionsnap.adapters.inmemory.Stores.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Value;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process is killed while it commits. */
final class KillTest {
  @TempDir
  Path folder = Path.of("replaced");

  /** Another process that persists one snapshot after the other and says so, until it is killed. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      try (EmbeddedStore store = Stores.open(Path.of(arguments[0]))) {
        for (int number = 1; commit(store, persist(number)).equals(Stores.APPLIED); number++) {
          System.out.println(number);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 333})
  void commit_processIsKilled_whatWasReportedIsThereAndAllIsWhole(int reports) throws Exception {
    Path file = folder.resolve("store");
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            file.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    int reported = 0;
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i < reports; i++) {
        reported = Integer.parseInt(output.readLine());
      }
      process.destroyForcibly().waitFor();
    }
    try (EmbeddedStore store = Stores.open(file)) {
      assertWhole(store, reported);
    }
  }

  /** Snapshots 1 to n for some n not below what was reported, and nothing else. */
  private static void assertWhole(EmbeddedStore store, int reported) {
    ReadResult<List<IndexEntry>> top = read(store, Query.Range.top(INDEX));
    int newest = (int) ((ReadResult.Found<List<IndexEntry>>) top).value().get(0).score();
    assertThat(newest).isGreaterThanOrEqualTo(reported);
    for (int number = 1; number <= newest; number++) {
      assertThat(has(store, number)).isTrue();
      assertThat(get(store, byTime(number))).isEqualTo(get(store, byId(number)));
    }
    assertThat(get(store, byId(newest + 1))).isEqualTo(new ReadResult.Absent<Value>());
    assertThat(get(store, POINTER)).isEqualTo(new ReadResult.Found<>(Value.utf8("m" + newest)));
  }
}
