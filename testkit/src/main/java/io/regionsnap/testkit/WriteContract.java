package io.regionsnap.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Writes: what each leaves behind, and in which order. */
public abstract class WriteContract extends StoreContract {

  private Write ifNewTop() {
    return new Write.IfNewTop(put(FIRST, TWO));
  }

  @Test
  void put_newKey_isThereWithItsExpiry() {
    long expiry = later();
    applied(new Write.Put(FIRST, ONE, expiry));
    assertThat(raw.readAll())
        .isEqualTo(Map.of(FIRST, new ObservedValue(ONE, OptionalLong.of(expiry))));
  }

  @Test
  void put_existingKey_replacesValueAndExpiry() {
    raw.putValue(FIRST, ONE, OptionalLong.empty());
    long expiry = later();
    applied(new Write.Put(FIRST, TWO, expiry));
    assertThat(raw.readAll())
        .isEqualTo(Map.of(FIRST, new ObservedValue(TWO, OptionalLong.of(expiry))));
  }

  @Test
  void put_everyByte_isKept() {
    Value value = bytes(1024);
    applied(put(FIRST, value), put(SECOND, Value.utf8("")));
    assertThat(valueOf(FIRST)).isEqualTo(value);
    assertThat(valueOf(SECOND)).isEqualTo(Value.utf8(""));
  }

  @Test
  void put_noText_isRejectedByAStoreOfText() {
    Assumptions.assumeTrue(fixture.textOnly(), "this store takes any bytes");
    Value noText = Value.copyOf(new byte[] {'a', (byte) 0xC3});
    assertThat(store.commit(List.of(
            new Transaction(List.of(), List.of(put(FIRST, noText), add("one", 1))),
            new Transaction(List.of(), List.of(put(SECOND, TWO))))))
        .satisfiesExactly(
            rejected -> assertThat(rejected)
                .isInstanceOfSatisfying(
                    CommitResult.NotApplied.class,
                    result ->
                        assertThat(result.reason()).isInstanceOf(StoreRefusal.Rejected.class)),
            other -> assertThat(other).isEqualTo(APPLIED));
    assertThat(raw.readAll()).containsOnlyKeys(SECOND);
  }

  @Test
  void put_oneMebibyteUnderTwoKeys_isKeptUnderBoth() {
    Value large = bytes(1 << 20);
    applied(put(FIRST, large), put(SECOND, large));
    assertThat(valueOf(FIRST)).isEqualTo(large);
    assertThat(valueOf(SECOND)).isEqualTo(large);
    applied(new Write.Delete(FIRST));
    assertThat(valueOf(SECOND)).isEqualTo(large);
  }

  @Test
  void put_callersArrayChangesLater_storeDoesNot() {
    byte[] bytes = {1, 2, 3};
    applied(put(FIRST, Value.copyOf(bytes)));
    bytes[0] = 9;
    assertThat(valueOf(FIRST)).isEqualTo(Value.copyOf(new byte[] {1, 2, 3}));
    read(new io.regionsnap.ports.Query.Get(FIRST))
        .match(
            value -> {
              value.toByteArray()[0] = 9;
              return value;
            },
            () -> ONE,
            wrong -> ONE,
            unreadable -> ONE);
    assertThat(valueOf(FIRST)).isEqualTo(Value.copyOf(new byte[] {1, 2, 3}));
  }

  @Test
  void add_newMember_isThereWithoutExpiry() {
    applied(add("one", 1));
    assertThat(raw.readAll())
        .isEqualTo(
            Map.of(INDEX, new ObservedIndex(List.of(entry("one", 1)), OptionalLong.empty())));
  }

  @Test
  void add_existingMember_movesToTheScoreAndKeepsTheExpiry() {
    given(entry("one", 1), entry("two", 2));
    OptionalLong before = expiryOf(INDEX);
    applied(add("one", 3));
    assertThat(entries()).containsExactly(entry("two", 2), entry("one", 3));
    assertThat(expiryOf(INDEX)).isEqualTo(before);
  }

  @Test
  void add_extremeScores_areExact() {
    applied(add("high", IndexEntry.MAX_SCORE), add("low", -IndexEntry.MAX_SCORE));
    applied(add("nearly", IndexEntry.MAX_SCORE - 1));
    assertThat(entries())
        .containsExactly(
            entry("low", -IndexEntry.MAX_SCORE),
            entry("nearly", IndexEntry.MAX_SCORE - 1),
            entry("high", IndexEntry.MAX_SCORE));
  }

  @Test
  void trim_lowMembers_areGoneAndTheBoundaryStays() {
    given(entry("a", 1), entry("b", 89), entry("c", 90), entry("d", 100));
    applied(new Write.Trim(INDEX, 10));
    assertThat(entries()).containsExactly(entry("c", 90), entry("d", 100));
  }

  @Test
  void trim_noIndex_changesNothing() {
    applied(new Write.Trim(INDEX, 10));
    assertThat(raw.readAll()).isEmpty();
  }

  @Test
  void expireWithTop_index_expiresSoLongAfterItsTop() {
    long top = now();
    given(entry("one", top - 5), entry("two", top));
    applied(new Write.ExpireWithTop(INDEX, 60_000));
    assertThat(expiryOf(INDEX)).hasValue(top + 60_000);
  }

  @Test
  void expireWithTop_noIndex_changesNothing() {
    applied(new Write.ExpireWithTop(INDEX, 60_000));
    assertThat(raw.readAll()).isEmpty();
  }

  @Test
  void pointAtTop_index_putsItsTopWithItsExpiry() {
    long top = now();
    given(entry("old", top - 5), entry("new", top));
    given(FIRST, ONE);
    applied(new Write.PointAtTop(FIRST, INDEX, 60_000));
    assertThat(raw.readAll().get(FIRST))
        .isEqualTo(new ObservedValue(Value.utf8("new"), OptionalLong.of(top + 60_000)));
  }

  @Test
  void pointAtTop_noIndex_leavesTheKey() {
    given(FIRST, ONE);
    var before = raw.readAll();
    applied(new Write.PointAtTop(FIRST, INDEX, 60_000));
    assertThat(raw.readAll()).isEqualTo(before);
  }

  @Test
  void delete_existingOrNot_isGone() {
    given(FIRST, ONE);
    applied(new Write.Delete(FIRST), new Write.Delete(SECOND));
    assertThat(raw.readAll()).isEmpty();
  }

  @Test
  void ifNewTop_firstMember_writes() {
    applied(add("one", 1), ifNewTop());
    assertThat(valueOf(FIRST)).isEqualTo(TWO);
  }

  @Test
  void ifNewTop_higherMember_writes() {
    given(entry("one", 1));
    applied(add("two", 2), ifNewTop());
    assertThat(valueOf(FIRST)).isEqualTo(TWO);
  }

  @Test
  void ifNewTop_equalScore_doesNot() {
    given(entry("one", 1));
    applied(add("two", 1), ifNewTop());
    assertThat(valueOf(FIRST)).isNull();
  }

  @Test
  void ifNewTop_lowerMember_doesNot() {
    given(entry("one", 2));
    applied(add("two", 1), ifNewTop());
    assertThat(valueOf(FIRST)).isNull();
  }

  @Test
  void ifNewTop_currentTopAgain_doesNot() {
    given(entry("one", 1));
    applied(add("one", 1), ifNewTop());
    assertThat(valueOf(FIRST)).isNull();
  }

  @Test
  void ifNewTop_memberMovesToTheTop_doesNot() {
    given(entry("one", 1), entry("two", 2));
    applied(add("one", 3), ifNewTop());
    assertThat(valueOf(FIRST)).isNull();
  }

  @Test
  void ifNewTop_everyKindOfWrite_isMade() {
    long top = now();
    given(entry("old", top - 100));
    given(FIRST, ONE);
    applied(
        add("new", top),
        new Write.IfNewTop(new Write.Trim(INDEX, 10)),
        new Write.IfNewTop(new Write.ExpireWithTop(INDEX, 60_000)),
        new Write.IfNewTop(new Write.PointAtTop(SECOND, INDEX, 60_000)),
        new Write.IfNewTop(new Write.Delete(FIRST)));
    assertThat(raw.readAll())
        .isEqualTo(Map.of(
            INDEX,
            new ObservedIndex(List.of(entry("new", top)), OptionalLong.of(top + 60_000)),
            SECOND,
            new ObservedValue(Value.utf8("new"), OptionalLong.of(top + 60_000))));
  }

  @Test
  void ifNewTop_notTop_noKindOfWriteIsMade() {
    long top = now();
    given(entry("old", top - 100), entry("top", top));
    given(FIRST, ONE);
    OptionalLong expiry = expiryOf(INDEX);
    applied(
        add("late", top - 50),
        new Write.IfNewTop(new Write.Trim(INDEX, 10)),
        new Write.IfNewTop(new Write.ExpireWithTop(INDEX, 60_000)),
        new Write.IfNewTop(new Write.PointAtTop(SECOND, INDEX, 60_000)),
        new Write.IfNewTop(new Write.Delete(FIRST)));
    assertThat(entries()).hasSize(3);
    assertThat(expiryOf(INDEX)).isEqualTo(expiry);
    assertThat(valueOf(FIRST)).isEqualTo(ONE);
    assertThat(valueOf(SECOND)).isNull();
  }

  @Test
  void commit_writesOfOneKey_happenInOrder() {
    applied(put(FIRST, ONE), put(FIRST, TWO), new Write.Delete(SECOND), put(SECOND, ONE));
    assertThat(valueOf(FIRST)).isEqualTo(TWO);
    assertThat(valueOf(SECOND)).isEqualTo(ONE);
    applied(put(FIRST, ONE), new Write.Delete(FIRST));
    assertThat(valueOf(FIRST)).isNull();
  }

  @Test
  void commit_topChangesInBetween_eachWriteSeesTheTopOfItsPlace() {
    long top = now();
    given(entry("old", top - 5));
    applied(
        new Write.PointAtTop(FIRST, INDEX, 60_000),
        add("new", top),
        new Write.PointAtTop(SECOND, INDEX, 60_000));
    assertThat(valueOf(FIRST)).isEqualTo(Value.utf8("old"));
    assertThat(valueOf(SECOND)).isEqualTo(Value.utf8("new"));
    assertThat(expiryOf(FIRST)).hasValue(top - 5 + 60_000);
    assertThat(expiryOf(SECOND)).hasValue(top + 60_000);
  }
}
