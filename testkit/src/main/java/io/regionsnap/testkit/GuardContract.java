package io.regionsnap.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Observation;
import io.regionsnap.ports.Observation.Held;
import io.regionsnap.ports.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guards: which hold, which fail, what is reported, and that a failure writes nothing. */
public abstract class GuardContract extends StoreContract {
  private static final Key WRITTEN = new Key("contract:{t}:written");
  private static final Observation NOTHING = new Observation.Nothing();

  private void holds(Guard guard) {
    assertThat(commit(List.of(guard), put(WRITTEN, ONE))).isEqualTo(APPLIED);
    assertThat(valueOf(WRITTEN)).isEqualTo(ONE);
    raw.delete(WRITTEN);
  }

  /** Fails alone, and as the second and the third guard, and nothing is written. */
  private void fails(Guard guard, Observation observed) {
    Map<Key, ObservedKey> before = raw.readAll();
    List<Guard> guards = new ArrayList<>();
    for (int position = 0; position < 3; position++) {
      List<Guard> all = new ArrayList<>(guards);
      all.add(guard);
      all.add(new Guard.StoreClockBefore(Long.MIN_VALUE));
      assertThat(commit(all, put(WRITTEN, ONE), add("written", 1)))
          .isEqualTo(new CommitResult.GuardFailed(position, observed));
      assertThat(raw.readAll()).isEqualTo(before);
      guards.add(new Guard.Absent(WRITTEN));
    }
  }

  private static Observation held(Value value) {
    return Held.of(value);
  }

  private static Observation seen(String member, long score) {
    return new Observation.Entry(entry(member, score));
  }

  @Test
  void absent_noKey_holds() {
    holds(new Guard.Absent(FIRST));
  }

  @Test
  void absent_keyExists_failsWithWhatItHolds() {
    given(FIRST, ONE);
    fails(new Guard.Absent(FIRST), held(ONE));
  }

  @Test
  void equal_sameBytes_holds() {
    given(FIRST, ONE);
    holds(new Guard.Equal(FIRST, ONE));
  }

  @Test
  void equal_otherBytes_failsWithWhatItHolds() {
    given(FIRST, TWO);
    fails(new Guard.Equal(FIRST, ONE), held(TWO));
  }

  @Test
  void equal_noKey_failsWithNothing() {
    fails(new Guard.Equal(FIRST, ONE), NOTHING);
  }

  @Test
  void equal_emptyValue_isNotAnAbsentKey() {
    fails(new Guard.Equal(FIRST, Value.utf8("")), NOTHING);
    given(FIRST, Value.utf8(""));
    holds(new Guard.Equal(FIRST, Value.utf8("")));
    fails(new Guard.Absent(FIRST), held(Value.utf8("")));
  }

  @Test
  void absentOrEqual_noKeyOrSameBytes_holds() {
    holds(new Guard.AbsentOrEqual(FIRST, ONE));
    given(FIRST, ONE);
    holds(new Guard.AbsentOrEqual(FIRST, ONE));
  }

  @Test
  void absentOrEqual_otherBytes_failsWithWhatItHolds() {
    given(FIRST, TWO);
    fails(new Guard.AbsentOrEqual(FIRST, ONE), held(TWO));
  }

  @ParameterizedTest
  @ValueSource(ints = {255, 256, 257, 1_048_576})
  void absentOrEqual_longValue_failsWithItsHeadAndSize(int size) {
    Value value = bytes(size);
    given(FIRST, value);
    Value head = Value.copyOf(Arrays.copyOf(value.toByteArray(), Math.min(size, 256)));
    fails(new Guard.AbsentOrEqual(FIRST, ONE), new Held(head, size));
    holds(new Guard.AbsentOrEqual(FIRST, value));
  }

  @Test
  void absentOrMember_noKeyOrMember_holds() {
    holds(new Guard.AbsentOrMember(FIRST, INDEX));
    given(entry("one", 1), entry("two", 2));
    given(FIRST, ONE);
    holds(new Guard.AbsentOrMember(FIRST, INDEX));
  }

  @Test
  void absentOrMember_noMember_failsWithWhatItHolds() {
    given(FIRST, ONE);
    fails(new Guard.AbsentOrMember(FIRST, INDEX), held(ONE));
    given(entry("two", 2));
    fails(new Guard.AbsentOrMember(FIRST, INDEX), held(ONE));
  }

  @Test
  void atTop_highestMember_holds() {
    given(entry("one", 2), entry("two", 1));
    given(FIRST, ONE);
    holds(new Guard.AtTop(FIRST, INDEX));
  }

  @Test
  void atTop_otherMember_failsWithWhatItHolds() {
    given(entry("one", 1), entry("two", 2));
    given(FIRST, ONE);
    fails(new Guard.AtTop(FIRST, INDEX), held(ONE));
  }

  @Test
  void atTop_emptyIndex_failsWithWhatItHolds() {
    given(FIRST, ONE);
    fails(new Guard.AtTop(FIRST, INDEX), held(ONE));
  }

  @Test
  void atTop_noKey_failsWithNothing() {
    fails(new Guard.AtTop(FIRST, INDEX), NOTHING);
    given(entry("one", 1));
    fails(new Guard.AtTop(FIRST, INDEX), NOTHING);
  }

  @Test
  void contains_memberAtScore_holds() {
    given(entry("one", IndexEntry.MAX_SCORE), entry("two", -IndexEntry.MAX_SCORE));
    holds(new Guard.Contains(INDEX, entry("one", IndexEntry.MAX_SCORE)));
    holds(new Guard.Contains(INDEX, entry("two", -IndexEntry.MAX_SCORE)));
  }

  @Test
  void contains_memberAtOtherScore_failsWithThatEntry() {
    given(entry("one", IndexEntry.MAX_SCORE - 1));
    fails(
        new Guard.Contains(INDEX, entry("one", IndexEntry.MAX_SCORE)),
        seen("one", IndexEntry.MAX_SCORE - 1));
  }

  @Test
  void contains_noMember_failsWithNothing() {
    fails(new Guard.Contains(INDEX, entry("one", 1)), NOTHING);
    given(entry("two", 1));
    fails(new Guard.Contains(INDEX, entry("one", 1)), NOTHING);
  }

  @Test
  void admits_nothingInTheWay_holds() {
    holds(new Guard.Admits(INDEX, entry("one", 1)));
    given(entry("two", 2), entry("zero", 0));
    holds(new Guard.Admits(INDEX, entry("one", 1)));
    given(entry("one", 1), entry("two", 2));
    holds(new Guard.Admits(INDEX, entry("one", 1)));
  }

  @Test
  void admits_memberAtOtherScore_failsWithThatEntry() {
    given(entry("one", 5));
    fails(new Guard.Admits(INDEX, entry("one", 1)), seen("one", 5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "z"})
  void admits_otherMemberAtScore_failsWithThatEntry(String other) {
    given(entry(other, 1), entry("two", 2));
    fails(new Guard.Admits(INDEX, entry("one", 1)), seen(other, 1));
    given(entry(other, 1), entry("one", 1));
    fails(new Guard.Admits(INDEX, entry("one", 1)), seen(other, 1));
  }

  @Test
  void withinSpan_emptyIndexOrNearEnough_holds() {
    holds(new Guard.WithinSpan(INDEX, 0, 0));
    given(entry("one", 100));
    holds(new Guard.WithinSpan(INDEX, 90, 10));
    holds(new Guard.WithinSpan(INDEX, 101, 0));
  }

  @Test
  void withinSpan_tooFarBelow_failsWithTheTop() {
    given(entry("one", 100), entry("two", 50));
    fails(new Guard.WithinSpan(INDEX, 89, 10), seen("one", 100));
  }

  @Test
  void storeClockBefore_notReached_holds() {
    holds(new Guard.StoreClockBefore(later()));
  }

  @Test
  void storeClockBefore_reached_failsWithTheClock() {
    long now = requireClock().millis();
    fails(new Guard.StoreClockBefore(now), new Observation.Clock(now));
    holds(new Guard.StoreClockBefore(now + 1));
  }

  @Test
  void storeClockBefore_longAgo_failsWithTheClock() {
    CommitResult result = commit(List.of(new Guard.StoreClockBefore(1)), put(WRITTEN, ONE));
    assertThat(result)
        .isInstanceOfSatisfying(
            CommitResult.GuardFailed.class,
            failed -> assertThat(failed.observed()).isInstanceOf(Observation.Clock.class));
    assertThat(raw.readAll()).isEmpty();
  }

  @Test
  void notAll_oneFails_holds() {
    given(FIRST, ONE);
    holds(new Guard.NotAll(List.of(new Guard.Equal(FIRST, ONE), new Guard.Equal(FIRST, TWO))));
    holds(new Guard.NotAll(List.of(new Guard.Absent(FIRST))));
  }

  @Test
  void notAll_allHold_failsWithNothing() {
    given(FIRST, ONE);
    given(entry("one", 1));
    fails(
        new Guard.NotAll(
            List.of(new Guard.Equal(FIRST, ONE), new Guard.Contains(INDEX, entry("one", 1)))),
        NOTHING);
  }

  @Test
  void commit_twoGuardsFail_reportsTheFirst() {
    assertThat(commit(
            List.of(new Guard.Equal(FIRST, ONE), new Guard.WithinSpan(INDEX, 0, 0)),
            put(SECOND, ONE)))
        .isEqualTo(new CommitResult.GuardFailed(0, NOTHING));
    raw.putIndex(INDEX, List.of(entry("one", 9)), OptionalLong.empty());
    assertThat(commit(
            List.of(new Guard.WithinSpan(INDEX, 0, 0), new Guard.Equal(FIRST, ONE)),
            put(SECOND, ONE)))
        .isEqualTo(new CommitResult.GuardFailed(0, seen("one", 9)));
  }
}
