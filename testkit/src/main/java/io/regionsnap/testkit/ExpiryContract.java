package io.regionsnap.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.Guard;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * Expiry: a key is gone at exactly its instant. What happens between two milliseconds needs a clock
 * that can be set; what happens afterwards can be waited for, by a clock that can be looked at.
 */
public abstract class ExpiryContract extends StoreContract {
  /** Short, because some wait for it; nothing fails if it passes before anybody does anything. */
  private static final long SPAN_MILLIS = 50;

  private long givenExpiring() {
    long expiry = clock() + SPAN_MILLIS;
    raw.putValue(FIRST, ONE, OptionalLong.of(expiry));
    raw.putIndex(INDEX, List.of(entry("one", 1)), OptionalLong.of(expiry));
    return expiry;
  }

  @Test
  void read_oneMillisecondBeforeExpiry_isFound() {
    requireClock();
    setClock(givenExpiring() - 1);
    assertThat(read(new Query.Get(FIRST))).isEqualTo(found(ONE));
    assertThat(read(Query.Range.top(INDEX))).isEqualTo(found(List.of(entry("one", 1))));
    assertThat(raw.readAll()).containsOnlyKeys(FIRST, INDEX);
  }

  @Test
  void read_atExpiry_isAbsentToEveryQuery() {
    expire(givenExpiring());
    assertThat(read(new Query.Get(FIRST))).isEqualTo(new ReadResult.Absent<Value>());
    assertThat(read(Query.Range.top(INDEX))).isEqualTo(found(List.of()));
    assertThat(read(new Query.Describe(INDEX))).isInstanceOf(ReadResult.Absent.class);
    assertThat(read(new Query.Describe(FIRST))).isInstanceOf(ReadResult.Absent.class);
    assertThat(read(new Query.Inspect(FIRST))).isInstanceOf(ReadResult.Absent.class);
    assertThat(scan("", "", 100)).isEmpty();
    assertThat(raw.readAll()).isEmpty();
  }

  @Test
  void commit_atExpiry_isAbsentToGuardsAndKinds() {
    expire(givenExpiring());
    assertThat(commit(
            List.of(
                new Guard.Absent(FIRST),
                new Guard.WithinSpan(INDEX, -100, 0),
                new Guard.Admits(INDEX, entry("two", 1))),
            put(FIRST, TWO)))
        .isEqualTo(APPLIED);
    assertThat(valueOf(FIRST)).isEqualTo(TWO);
  }

  @Test
  void commit_atExpiry_keyMayChangeItsKind() {
    expire(givenExpiring());
    applied(put(INDEX, TWO), new Write.Add(FIRST, entry("two", 2)));
    assertThat(valueOf(INDEX)).isEqualTo(TWO);
    assertThat(read(Query.Range.top(FIRST))).isEqualTo(found(List.of(entry("two", 2))));
  }

  @Test
  void add_expiredIndex_beginsAnew() {
    expire(givenExpiring());
    applied(add("two", 0));
    assertThat(entries()).containsExactly(entry("two", 0));
    assertThat(expiryOf(INDEX)).isEmpty();
  }

  @Test
  void ifNewTop_expiredIndexHadAHigherTop_writes() {
    expire(givenExpiring());
    applied(add("two", 0), new Write.IfNewTop(put(SECOND, TWO)));
    assertThat(valueOf(SECOND)).isEqualTo(TWO);
  }

  @Test
  void put_muchLaterExpiry_outlivesTheFirst() {
    long expiry = givenExpiring();
    applied(put(FIRST, TWO));
    expire(expiry);
    applied(put(SECOND, ONE));
    assertThat(valueOf(FIRST)).isEqualTo(TWO);
  }

  @Test
  void put_laterExpiry_outlivesTheFirst() {
    requireClock();
    long expiry = givenExpiring();
    applied(new Write.Put(FIRST, TWO, expiry + 1));
    setClock(expiry);
    applied(put(SECOND, ONE));
    assertThat(valueOf(FIRST)).isEqualTo(TWO);
    setClock(expiry + 1);
    assertThat(valueOf(FIRST)).isNull();
  }

  @Test
  void expireWithTop_laterExpiry_outlivesTheFirst() {
    requireClock();
    long expiry = givenExpiring();
    applied(add("two", expiry), new Write.ExpireWithTop(INDEX, 1));
    setClock(expiry);
    assertThat(entries()).hasSize(2);
    setClock(expiry + 1);
    assertThat(entries()).isEmpty();
  }

  @Test
  void withTop_twoLifetimesInOneCommit_eachHasItsOwn() {
    long top = now();
    applied(
        add("one", top),
        new Write.ExpireWithTop(INDEX, 60_000),
        new Write.PointAtTop(FIRST, INDEX, 70_000),
        new Write.PointAtTop(SECOND, INDEX, 60_000));
    assertThat(expiryOf(INDEX)).hasValue(top + 60_000);
    assertThat(expiryOf(FIRST)).hasValue(top + 70_000);
    assertThat(expiryOf(SECOND)).hasValue(top + 60_000);
  }

  @Test
  void put_sameBytesUnderTwoKeysOneMuchLater_eachExpiresAlone() {
    long expiry = clock() + SPAN_MILLIS;
    Value shared = Value.copyOf(new byte[5_000]);
    applied(new Write.Put(FIRST, shared, expiry), put(SECOND, shared));
    expire(expiry);
    applied(add("any", 1));
    assertThat(valueOf(FIRST)).isNull();
    assertThat(valueOf(SECOND)).isEqualTo(shared);
  }

  @Test
  void put_sameBytesUnderTwoKeys_eachExpiresAlone() {
    long expiry = requireClock().millis() + SPAN_MILLIS;
    Value shared = Value.copyOf(new byte[5_000]);
    applied(new Write.Put(FIRST, shared, expiry), new Write.Put(SECOND, shared, expiry + 1));
    setClock(expiry);
    applied(add("any", 1));
    assertThat(valueOf(FIRST)).isNull();
    assertThat(valueOf(SECOND)).isEqualTo(shared);
  }
}
