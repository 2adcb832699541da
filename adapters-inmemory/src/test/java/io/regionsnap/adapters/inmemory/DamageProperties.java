package io.regionsnap.adapters.inmemory;

import static io.regionsnap.adapters.inmemory.Stores.CLOCK;
import static io.regionsnap.adapters.inmemory.Stores.INDEX;
import static io.regionsnap.adapters.inmemory.Stores.POINTER;
import static io.regionsnap.adapters.inmemory.Stores.byId;
import static io.regionsnap.adapters.inmemory.Stores.byTime;
import static io.regionsnap.adapters.inmemory.Stores.commit;
import static io.regionsnap.adapters.inmemory.Stores.open;
import static io.regionsnap.adapters.inmemory.Stores.openToRead;
import static io.regionsnap.adapters.inmemory.Stores.persist;
import static io.regionsnap.adapters.inmemory.Stores.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.TransactionalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * A damaged file gives clear errors, or the right answers, or those of an earlier commit; never
 * others.
 */
final class DamageProperties {
  private static final int COMMITS = 20;

  private static Path folder = Path.of("replaced");

  /** One file that was closed, and one that was not. */
  private static final List<byte[]> FILES = new ArrayList<>();

  /** What a store answers after each number of commits. */
  private static final List<List<ReadResult<?>>> STATES = new ArrayList<>();

  @BeforeContainer
  static void writeFiles() throws IOException {
    folder = Files.createTempDirectory("damage");
    try (InMemoryStore model = new InMemoryStore(CLOCK)) {
      STATES.add(answers(model));
      for (int i = 1; i <= COMMITS; i++) {
        commit(model, persist(i));
        STATES.add(answers(model));
      }
    }
    Path file = folder.resolve("template");
    Stores.fill(file, COMMITS / 2);
    try (EmbeddedStore store = open(file)) {
      for (int i = COMMITS / 2 + 1; i <= COMMITS; i++) {
        commit(store, persist(i));
      }
      FILES.add(Files.readAllBytes(file));
    }
    FILES.add(Files.readAllBytes(file));
  }

  @AfterContainer
  static void removeFiles() throws IOException {
    Files.deleteIfExists(folder.resolve("template"));
    Files.deleteIfExists(folder.resolve("damaged"));
    Files.delete(folder);
  }

  private static List<ReadResult<?>> answers(TransactionalStore store) {
    List<ReadResult<?>> answers = new ArrayList<>();
    for (int i = 1; i <= COMMITS; i++) {
      answers.add(read(store, new Query.Get(byId(i))));
      answers.add(read(store, new Query.Get(byTime(i))));
    }
    answers.add(read(store, new Query.Get(POINTER)));
    answers.add(read(store, Query.Range.top(INDEX)));
    answers.add(read(
        store,
        new Query.Range(INDEX, 0, IndexEntry.MAX_SCORE, Query.Order.LOWEST_FIRST, 0, COMMITS * 2)));
    return answers;
  }

  @Property(tries = 200)
  void bytesFlipped_rightOrRefused(
      @ForAll @IntRange(max = 1) int file,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int flips,
      @ForAll boolean toRead)
      throws IOException {
    byte[] bytes = FILES.get(file).clone();
    Random random = new Random(seed);
    for (int i = 0; i < flips; i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
    }
    check(bytes, toRead);
  }

  @Property(tries = 200)
  void truncated_rightOrRefused(
      @ForAll @IntRange(max = 1) int file, @ForAll long seed, @ForAll boolean toRead)
      throws IOException {
    byte[] bytes = FILES.get(file);
    check(Arrays.copyOf(bytes, 1 + new Random(seed).nextInt(bytes.length - 1)), toRead);
  }

  @Property(tries = 200)
  void stretchOverwritten_rightOrRefused(
      @ForAll @IntRange(max = 1) int file,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 10_000) int length,
      @ForAll boolean toRead)
      throws IOException {
    byte[] bytes = FILES.get(file).clone();
    Random random = new Random(seed);
    int start = random.nextInt(bytes.length);
    byte[] noise = new byte[Math.min(length, bytes.length - start)];
    if (random.nextBoolean()) {
      random.nextBytes(noise);
    }
    System.arraycopy(noise, 0, bytes, start, noise.length);
    check(bytes, toRead);
  }

  private static void check(byte[] bytes, boolean toRead) throws IOException {
    Path file = folder.resolve("damaged");
    Files.write(file, bytes);
    try (EmbeddedStore store = toRead ? openToRead(file) : open(file)) {
      assertRight(answers(store));
      CommitResult result = commit(store, persist(COMMITS + 1));
      if (result instanceof CommitResult.Applied) {
        assertThat(Stores.get(store, byId(COMMITS + 1)))
            .isEqualTo(new ReadResult.Found<>(Stores.body(COMMITS + 1)));
      }
    } catch (EmbeddedStoreException e) {
      assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }
  }

  /** There is a state of which every answer that was given is true. */
  private static void assertRight(List<ReadResult<?>> answers) {
    boolean right = STATES.stream().anyMatch(state -> agree(answers, state));
    assertThat(right).as("%s", answers).isTrue();
  }

  private static boolean agree(List<ReadResult<?>> answers, List<ReadResult<?>> state) {
    for (int i = 0; i < answers.size(); i++) {
      boolean silent = answers.get(i) instanceof ReadResult.Unreadable;
      if (!silent && !answers.get(i).equals(state.get(i))) {
        return false;
      }
    }
    return true;
  }
}
