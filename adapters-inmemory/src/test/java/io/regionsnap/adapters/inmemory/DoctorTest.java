package io.regionsnap.adapters.inmemory;

import static io.regionsnap.adapters.inmemory.Stores.CLOCK;
import static io.regionsnap.adapters.inmemory.Stores.fill;
import static io.regionsnap.adapters.inmemory.Stores.open;
import static io.regionsnap.adapters.inmemory.Stores.openToRead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.doctor.DiagnoseStore;
import io.regionsnap.domain.doctor.Diagnosis;
import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.StoreDiagnostics.Verdict;
import io.regionsnap.ports.TransactionalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor on stores of this process, and what it makes of files and disks. */
final class DoctorTest {
  @TempDir
  Path folder = Path.of("replaced");

  private Path file = folder;
  private final List<Check> checks = new ArrayList<>();

  @BeforeEach
  void nameFile() {
    file = folder.resolve("store");
  }

  private Diagnosis diagnose(TransactionalStore store) {
    checks.clear();
    return new DiagnoseStore(
            store, KeyLayout.TAGGED, Policy.DEFAULT, CLOCK, System::nanoTime, () -> 7)
        .diagnose(new Region("mena"), checks::add);
  }

  private List<String> named(Verdict verdict) {
    return checks.stream()
        .filter(check -> check.verdict() == verdict)
        .map(Check::name)
        .toList();
  }

  @Test
  void memory_keepsItsPromises_andNothingElse() {
    try (InMemoryStore store = new InMemoryStore(CLOCK)) {
      assertThat(diagnose(store)).isEqualTo(new Diagnosis.AtRisk(12, 1));
      assertThat(named(Verdict.WARN)).containsExactly("durability");
      assertThat(PlaceRawKeys.of(store, CLOCK).readAll()).isEmpty();
    }
  }

  @Test
  void file_keepsItsPromises_andHoldsWhatItHeld() {
    fill(file, 3);
    Map<Key, ObservedKey> before = raw();
    try (EmbeddedStore store = open(file)) {
      diagnose(store);
    }
    assertThat(named(Verdict.FAIL)).isEmpty();
    assertThat(named(Verdict.PASS))
        .contains("transaction", "failed-guard", "wrong-kind", "commits", "reads", "expiry", "scan")
        .contains("file", "file-lock", "file-format", "cleanup");
    assertThat(raw()).isEqualTo(before).isNotEmpty();
  }

  private Map<Key, ObservedKey> raw() {
    try (EmbeddedStore store = open(file)) {
      return PlaceRawKeys.of(store, CLOCK).readAll();
    }
  }

  @Test
  void fileOpenedToRead_fails_andIsLeftAlone() throws IOException {
    fill(file, 1);
    byte[] before = Files.readAllBytes(file);
    try (EmbeddedStore store = openToRead(file)) {
      assertThat(diagnose(store)).isInstanceOf(Diagnosis.Unfit.class);
    }
    assertThat(named(Verdict.FAIL)).containsExactly("transaction", "commits");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void noFile_isTriedBeside_andNothingIsMade() throws IOException {
    Path deep = folder.resolve("not/made/store");
    try (EmbeddedStore store = EmbeddedStore.openBeside(deep, CLOCK)) {
      assertThat(names()).hasSize(1).allMatch(name -> name.startsWith(".store."));
      diagnose(store);
      assertThat(named(Verdict.FAIL)).isEmpty();
    }
    assertThat(names()).isEmpty();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(found -> found.getFileName().toString()).toList();
    }
  }

  @Test
  void fileThatCannotBeOpened_failsByItsReason() throws IOException {
    Files.writeString(file, "something else");
    assertFails("file", "not a store");
    Files.delete(file);
    fill(file, 1);
    try (EmbeddedStore busy = open(file)) {
      assertFails("file-lock", "in use");
      assertThat(busy).isNotNull();
    }
    try (MVStore store = new MVStore.Builder().fileName(file.toString()).open()) {
      store.setStoreVersion(99);
    }
    assertFails("file-format", "format 99");
  }

  private void assertFails(String name, String seen) {
    Check check =
        catchThrowableOfType(EmbeddedStoreException.class, () -> open(file)).toCheck();
    assertThat(check.name()).isEqualTo(name);
    assertThat(check.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(check.seen()).contains(seen);
  }

  @Test
  void format_older_isAWarning() {
    assertThat(FileChecks.format(Frame.NEWEST_VERSION).verdict()).isEqualTo(Verdict.PASS);
    assertThat(FileChecks.format(Frame.NEWEST_VERSION - 1).verdict()).isEqualTo(Verdict.WARN);
  }

  @ParameterizedTest
  @CsvSource({
    "ext4, PASS",
    "xfs, PASS",
    "overlay, PASS",
    "tmpfs, WARN",
    "nfs4, WARN",
    "CIFS, WARN",
    "fuse.sshfs, WARN"
  })
  void durability_isThatOfTheFileSystem(String type, Verdict verdict) {
    assertThat(FileChecks.durability(Optional.of(type)).verdict()).isEqualTo(verdict);
  }

  @Test
  void whatIsNotVisible_isAWarning() {
    assertThat(FileChecks.durability(Optional.empty()).verdict()).isEqualTo(Verdict.WARN);
    assertThat(FileChecks.diskSpace(OptionalLong.empty()).verdict()).isEqualTo(Verdict.WARN);
  }

  @ParameterizedTest
  @CsvSource({"15, FAIL", "16, WARN", "255, WARN", "256, PASS"})
  void diskSpace_littleOfIt_isAWarning_andNone_fails(long mib, Verdict verdict) {
    Check check = FileChecks.diskSpace(OptionalLong.of(mib * 1024 * 1024));
    assertThat(check.verdict()).isEqualTo(verdict);
    assertThat(check.seen()).isEqualTo(mib + " MiB are free");
  }
}
