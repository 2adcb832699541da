package io.regionsnap.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.invariants.ObservedKey;
import io.regionsnap.domain.invariants.ObservedKey.ObservedIndex;
import io.regionsnap.domain.invariants.ObservedKey.ObservedOther;
import io.regionsnap.domain.invariants.ObservedKey.ObservedValue;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The writes that take something away or out of the way: removing a member, moving a key. */
public abstract class MoveContract extends StoreContract {

  private static Write remove(String member) {
    return new Write.Remove(INDEX, member);
  }

  private Write move(Key from, Kind kind) {
    return new Write.Move(from, kind, SECOND, later());
  }

  @Test
  void remove_memberOrNot_isNoMember() {
    given(entry("one", 1), entry("two", 2));
    OptionalLong before = expiryOf(INDEX);
    applied(remove("two"), remove("three"));
    assertThat(entries()).containsExactly(entry("one", 1));
    assertThat(expiryOf(INDEX)).isEqualTo(before);
  }

  @Test
  void remove_lastMember_takesTheIndexAlong() {
    applied(remove("one"));
    given(entry("one", 1));
    applied(remove("one"));
    assertThat(raw.readAll()).isEmpty();
    applied(add("two", 2));
    assertThat(raw.readAll())
        .isEqualTo(
            Map.of(INDEX, new ObservedIndex(List.of(entry("two", 2)), OptionalLong.empty())));
  }

  @Test
  void remove_theTop_theNextIsTheTop() {
    long top = now();
    given(entry("a", top - 9), entry("b", top - 1), entry("c", top), entry("d", top + 1));
    applied(
        remove("d"),
        remove("c"),
        add("b", top - 20),
        new Write.Trim(INDEX, 11),
        new Write.PointAtTop(FIRST, INDEX, 60_000),
        new Write.ExpireWithTop(INDEX, 60_000));
    assertThat(entries()).containsExactly(entry("b", top - 20), entry("a", top - 9));
    assertThat(valueOf(FIRST)).isEqualTo(Value.utf8("a"));
    assertThat(expiryOf(INDEX)).hasValue(top - 9 + 60_000);
  }

  @Test
  void move_eachKind_isUnderTheOtherKeyWithItsExpiry() {
    long expiry = later();
    OptionalLong expires = OptionalLong.of(expiry);
    raw.putValue(FIRST, ONE, OptionalLong.empty());
    applied(new Write.Move(FIRST, Kind.VALUE, SECOND, expiry));
    assertThat(raw.readAll()).isEqualTo(Map.of(SECOND, new ObservedValue(ONE, expires)));

    given(entry("one", 1));
    applied(new Write.Move(INDEX, Kind.INDEX, FIRST, expiry));
    assertThat(raw.readAll())
        .isEqualTo(Map.of(
            SECOND,
            new ObservedValue(ONE, expires),
            FIRST,
            new ObservedIndex(List.of(entry("one", 1)), expires)));
  }

  @Test
  void move_largeValue_keepsEveryByte() {
    Value large = Value.copyOf(new byte[1 << 20]);
    raw.putValue(FIRST, large, OptionalLong.of(later()));
    applied(move(FIRST, Kind.VALUE));
    assertThat(valueOf(SECOND)).isEqualTo(large);
    assertThat(valueOf(FIRST)).isNull();
  }

  @Test
  void move_somethingElse_isMoved() {
    requireOther();
    raw.putOther(FIRST);
    long expiry = later();
    applied(new Write.Move(FIRST, Kind.OTHER, SECOND, expiry));
    assertThat(raw.readAll()).isEqualTo(Map.of(SECOND, new ObservedOther(OptionalLong.of(expiry))));
  }

  @Test
  void move_ontoAKey_replacesIt() {
    given(FIRST, ONE);
    given(SECOND, TWO);
    applied(move(FIRST, Kind.VALUE));
    assertThat(valueOf(SECOND)).isEqualTo(ONE);
  }

  @Test
  void move_noKey_changesNothing() {
    given(SECOND, TWO);
    Map<Key, ObservedKey> before = raw.readAll();
    for (Kind kind : Kind.values()) {
      applied(move(FIRST, kind));
    }
    assertThat(raw.readAll()).isEqualTo(before);
  }

  @Test
  void move_anotherKindThanItSays_isRefused() {
    given(FIRST, ONE);
    given(entry("one", 1));
    Map<Key, ObservedKey> before = raw.readAll();
    for (Kind kind : List.of(Kind.INDEX, Kind.OTHER)) {
      assertThat(commit(List.of(), put(SECOND, ONE), move(FIRST, kind)))
          .isEqualTo(refused(FIRST, Kind.VALUE));
    }
    for (Kind kind : List.of(Kind.VALUE, Kind.OTHER)) {
      assertThat(commit(List.of(), put(SECOND, ONE), move(INDEX, kind)))
          .isEqualTo(refused(INDEX, Kind.INDEX));
    }
    assertThat(raw.readAll()).isEqualTo(before);
  }

  private static CommitResult refused(Key key, Kind found) {
    return new CommitResult.NotApplied(new StoreRefusal.WrongKind(key, found));
  }

  @Test
  void move_guarded_movesOnlyWhatWasSeen() {
    given(FIRST, ONE);
    assertThat(commit(List.of(new Guard.Equal(FIRST, TWO)), move(FIRST, Kind.VALUE)))
        .isInstanceOf(CommitResult.GuardFailed.class);
    assertThat(commit(
            List.of(new Guard.Equal(FIRST, ONE), new Guard.Absent(SECOND)),
            move(FIRST, Kind.VALUE)))
        .isEqualTo(APPLIED);
    assertThat(raw.readAll()).containsOnlyKeys(SECOND);
  }

  @Test
  void move_valueWhereAnIndexBelongs_makesRoomForTheIndex() {
    long top = now();
    given(INDEX, ONE);
    applied(
        move(INDEX, Kind.VALUE),
        add("old", top - 100),
        add("gone", top - 500),
        add("new", top),
        new Write.Trim(INDEX, 200),
        new Write.ExpireWithTop(INDEX, 60_000),
        new Write.PointAtTop(FIRST, INDEX, 60_000));
    OptionalLong expires = OptionalLong.of(top + 60_000);
    assertThat(raw.readAll())
        .containsOnlyKeys(SECOND, FIRST, INDEX)
        .containsEntry(FIRST, new ObservedValue(Value.utf8("new"), expires))
        .containsEntry(
            INDEX, new ObservedIndex(List.of(entry("old", top - 100), entry("new", top)), expires));
  }

  @Test
  void move_indexWhereAValueBelongs_makesRoomForTheValue() {
    raw.putIndex(FIRST, List.of(entry("one", 1)), OptionalLong.of(later()));
    applied(move(FIRST, Kind.INDEX), put(FIRST, TWO));
    assertThat(valueOf(FIRST)).isEqualTo(TWO);
    assertThat(raw.readAll().get(SECOND)).isInstanceOf(ObservedIndex.class);
  }
}
