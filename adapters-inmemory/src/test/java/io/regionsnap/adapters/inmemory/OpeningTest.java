package io.regionsnap.adapters.inmemory;

import static io.regionsnap.adapters.inmemory.Stores.APPLIED;
import static io.regionsnap.adapters.inmemory.Stores.assertRefused;
import static io.regionsnap.adapters.inmemory.Stores.commit;
import static io.regionsnap.adapters.inmemory.Stores.fill;
import static io.regionsnap.adapters.inmemory.Stores.has;
import static io.regionsnap.adapters.inmemory.Stores.open;
import static io.regionsnap.adapters.inmemory.Stores.openToRead;
import static io.regionsnap.adapters.inmemory.Stores.persist;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.inmemory.EmbeddedStoreException.Reason;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.StoreRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening: what is made, what is refused, and that what is refused stays as it was. */
final class OpeningTest {
  @TempDir
  Path folder = Path.of("replaced");

  private Path file = folder;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("deep/er/store");
  }

  private byte[] write(String content) throws IOException {
    return write(content.getBytes(StandardCharsets.ISO_8859_1));
  }

  private byte[] write(byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return content;
  }

  private void refusesAndLeaves(Reason reason, byte[] content) throws IOException {
    assertRefused(reason, file, () -> open(file));
    assertRefused(reason, file, () -> openToRead(file));
    assertThat(Files.readAllBytes(file)).isEqualTo(content);
  }

  @Test
  void open_noFile_makesItWithItsFolders() {
    fill(file, 3);
    try (EmbeddedStore store = openToRead(file)) {
      assertThat(has(store, 1) && has(store, 2) && has(store, 3)).isTrue();
    }
  }

  @Test
  void open_emptyFile_isNew() throws IOException {
    write("");
    fill(file, 1);
  }

  @Test
  void open_creationWasCutOff_isNew() throws IOException {
    Files.createDirectories(file.getParent());
    new MVStore.Builder().fileName(file.toString()).open().closeImmediately();
    assertThat(Files.size(file)).isPositive();
    assertRefused(Reason.NOT_FOUND, file, () -> openToRead(file));
    fill(file, 1);
  }

  @Test
  void openToRead_noFileOrEmptyFile_isNotFoundAndMakesNothing() throws IOException {
    assertRefused(Reason.NOT_FOUND, file, () -> openToRead(file));
    assertThat(folder).isEmptyDirectory();
    write("");
    assertRefused(Reason.NOT_FOUND, file, () -> openToRead(file));
    assertThat(file).isEmptyFile();
  }

  @Test
  void open_text_isForeign() throws IOException {
    refusesAndLeaves(Reason.FOREIGN, write("x"));
    refusesAndLeaves(Reason.FOREIGN, write("{\"region_id\": \"mena\"}\n".repeat(2_000)));
    refusesAndLeaves(Reason.FOREIGN, write(new byte[20_000]));
  }

  @Test
  void open_folder_isForeign() throws IOException {
    Files.createDirectories(file);
    assertRefused(Reason.FOREIGN, file, () -> open(file));
  }

  @Test
  void open_folderIsAFile_isRefused() throws IOException {
    write("x");
    assertRefused(Reason.IO, file.resolve("store"), () -> open(file.resolve("store")));
  }

  @Test
  void open_otherMvStore_isForeign() throws IOException {
    Files.createDirectories(file.getParent());
    try (MVStore other = new MVStore.Builder().fileName(file.toString()).open()) {
      other.openMap("theirs").put("key", "value");
    }
    refusesAndLeaves(Reason.FOREIGN, Files.readAllBytes(file));
  }

  @Test
  void open_newerFormat_isRefused() throws IOException {
    fill(file, 1);
    setFormat(Frame.NEWEST_VERSION + 1);
    refusesAndLeaves(Reason.NEWER_FORMAT, Files.readAllBytes(file));
  }

  @Test
  void open_formatZero_isDamaged() throws IOException {
    fill(file, 1);
    setFormat(0);
    refusesAndLeaves(Reason.DAMAGED, Files.readAllBytes(file));
  }

  private void setFormat(int format) {
    try (MVStore store = new MVStore.Builder().fileName(file.toString()).open()) {
      store.setStoreVersion(format);
    }
  }

  @Test
  void open_newerH2Format_isRefused() throws IOException {
    fill(file, 1);
    try (MVStore store = new MVStore.Builder().fileName(file.toString()).open()) {
      store.getStoreHeader().put("format", 9);
    }
    refusesAndLeaves(Reason.NEWER_FORMAT, Files.readAllBytes(file));
  }

  @Test
  void open_ourMapLostRecords_isDamaged() throws IOException {
    fill(file, 1);
    try (MVStore store = new MVStore.Builder().fileName(file.toString()).open()) {
      places(store).remove(Place.body(1));
      places(store).remove(Place.key("id:1"));
    }
    refusesAndLeaves(Reason.DAMAGED, Files.readAllBytes(file));
    try (MVStore store = new MVStore.Builder().fileName(file.toString()).open()) {
      places(store).clear();
    }
    refusesAndLeaves(Reason.DAMAGED, Files.readAllBytes(file));
  }

  private static Map<Place, Content> places(MVStore store) {
    return store.openMap(
        "regionsnap",
        new org.h2.mvstore.MVMap.Builder<Place, Content>()
            .keyType(PlaceType.INSTANCE)
            .valueType(ContentType.INSTANCE));
  }

  @Test
  void open_oneHeaderZeroed_isWhole() throws IOException {
    fill(file, 2);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 0, 4_096, (byte) 0);
    write(bytes);
    try (EmbeddedStore store = open(file)) {
      assertThat(has(store, 2)).isTrue();
    }
  }

  @Test
  void open_bothHeadersZeroed_isDamaged() throws IOException {
    fill(file, 2);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 0, 8_192, (byte) 0);
    refusesAndLeaves(Reason.DAMAGED, write(bytes));
  }

  @Test
  void open_onlyHeadersLeft_isDamaged() throws IOException {
    fill(file, 2);
    refusesAndLeaves(Reason.DAMAGED, write(Arrays.copyOf(Files.readAllBytes(file), 8_192)));
    refusesAndLeaves(Reason.DAMAGED, write(Arrays.copyOf(Files.readAllBytes(file), 5_000)));
  }

  @Test
  void commit_openedToRead_isRejected() {
    fill(file, 1);
    try (EmbeddedStore store = openToRead(file)) {
      assertThat(commit(store, persist(2)))
          .isInstanceOfSatisfying(
              CommitResult.NotApplied.class,
              result -> assertThat(result.reason()).isInstanceOf(StoreRefusal.Rejected.class));
      assertThat(has(store, 1)).isTrue();
    }
  }

  @Test
  void open_again_keepsOnAndReusesNoNumber() {
    fill(file, 4);
    try (EmbeddedStore store = open(file)) {
      assertThat(store.commit(List.of(persist(5), persist(7)))).containsOnly(APPLIED);
    }
    try (EmbeddedStore store = openToRead(file)) {
      for (int number : new int[] {1, 2, 3, 4, 5, 7}) {
        assertThat(has(store, number)).isTrue();
      }
    }
  }
}
