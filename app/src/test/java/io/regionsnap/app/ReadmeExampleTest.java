package io.regionsnap.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.inmemory.EmbeddedStore;
import io.regionsnap.adapters.json.JacksonDocumentReader;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Refusal;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.persist.Pause;
import io.regionsnap.domain.persist.PersistOutcome;
import io.regionsnap.domain.persist.PersistSnapshots;
import io.regionsnap.domain.persist.RetryPolicy;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.ports.Value;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java example of README, which {@link ReadmeTest} compares with this file. */
class ReadmeExampleTest {
  @Test
  void example_persistsASnapshot(@TempDir Path folder) {
    String json =
        TestCli.snapshot("mena", "id-1", TestCli.NOW.toEpochMilli() - System.currentTimeMillis());
    Path file = folder.resolve("snapshots.mv");
    // [readme]
    try (TransactionalStore store =
        EmbeddedStore.open(file, EmbeddedStore.Options.readWrite(), InstantSource.system())) {
      SnapshotParser parser = new SnapshotParser(new JacksonDocumentReader());
      PersistSnapshots persist = new PersistSnapshots(
          store,
          KeyLayout.TAGGED,
          Policy.DEFAULT,
          parser,
          RetryPolicy.DEFAULT,
          InstantSource.system(),
          Pause.REAL);
      Snapshot snapshot = parser.parse(Value.utf8(json)).match(parsed -> parsed, this::fail);
      PersistOutcome outcome = persist.persist(List.of(snapshot)).get(0);
      // [/readme]
      assertThat(outcome).isEqualTo(new PersistOutcome.Persisted());
    }
  }

  private Snapshot fail(Refusal refusal) {
    throw new AssertionError(refusal);
  }
}
