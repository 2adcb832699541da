package io.regionsnap.proof;

import io.regionsnap.adapters.inmemory.InMemoryStore;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Lincheck on the store in memory: transactions and reads are linearizable, by real threads under
 * stress, and by threads that are switched at chosen places (model checking).
 *
 * <p>The latter looks into the objects that it meets, and needs {@code --add-opens
 * java.base/java.util=ALL-UNNAMED} to look into comparators. Without it its own error comes out of
 * the store's code, which takes it for one of the store and refuses, in one execution and not in
 * the next.
 */
@Param(name = "number", gen = IntGen.class, conf = "1:3")
public class LincheckTest {
  private static final int TRIES = Integer.getInteger("proof.tries", 100);
  private static final Key INDEX = new Key("index");
  private static final Key POINTER = new Key("pointer");
  private static final long LATER = 4_000_000_000_000L;

  private final InMemoryStore store =
      new InMemoryStore(InstantSource.fixed(Instant.ofEpochMilli(1)));

  /** For Lincheck. */
  public LincheckTest() {}

  private static Key key(int number) {
    return new Key("value:" + number);
  }

  /**
   * Puts a value, its index member and the pointer, unless the value is there.
   *
   * @param number which
   * @return the result in words
   */
  @Operation
  public String persist(@Param(name = "number") int number) {
    CommitResult result = store
        .commit(List.of(new Transaction(
            List.of(new Guard.Absent(key(number))),
            List.of(
                new Write.Put(key(number), Value.utf8("v" + number), LATER),
                new Write.Add(INDEX, new IndexEntry("m" + number, number)),
                new Write.PointAtTop(POINTER, INDEX, LATER)))))
        .get(0);
    return result.getClass().getSimpleName();
  }

  /**
   * Deletes a value.
   *
   * @param number which
   * @return the result in words
   */
  @Operation
  public String delete(@Param(name = "number") int number) {
    return store
        .commit(List.of(new Transaction(List.of(), List.of(new Write.Delete(key(number))))))
        .get(0)
        .getClass()
        .getSimpleName();
  }

  /**
   * Reads the value and the pointer in one call, which is one instant.
   *
   * @param number which
   * @return both, as text
   */
  @Operation
  public String read(@Param(name = "number") int number) {
    List<ReadResult<Value>> both =
        store.read(List.of(new Query.Get(key(number)), new Query.Get(POINTER)));
    return text(both.get(0)) + " " + text(both.get(1));
  }

  private static String text(ReadResult<Value> result) {
    return result.match(Value::asUtf8, () -> "absent", other -> "kind", lost -> "unreadable");
  }

  @Test
  void transactionsUnderStress_areLinearizable() {
    new StressOptions()
        .iterations(Math.max(1, TRIES / 20))
        .invocationsPerIteration(200)
        .threads(3)
        .actorsPerThread(3)
        .check(LincheckTest.class);
  }

  @Test
  void transactionsSwitchedAtChosenPlaces_areLinearizable() {
    new ModelCheckingOptions()
        .iterations(Math.max(1, TRIES / 50))
        .invocationsPerIteration(50)
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(2)
        .actorsAfter(1)
        .check(LincheckTest.class);
  }
}
