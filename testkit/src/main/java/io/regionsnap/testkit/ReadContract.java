package io.regionsnap.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.Followed;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Inspected;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.KeyDescription;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.Query.Order;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Reads: every query, on what is there, on what is not and on the wrong kind. */
public abstract class ReadContract extends StoreContract {
  private static final String PREFIX = "contract:{t}:id:";

  private static Query.Range range(long min, long max, Order order, int offset, int limit) {
    return new Query.Range(INDEX, min, max, order, offset, limit);
  }

  private static Query.Follow follow() {
    return new Query.Follow(FIRST, PREFIX, INDEX);
  }

  private static <T> ReadResult<T> wrong(Key key, Kind found) {
    return new ReadResult.WrongKind<>(key, found);
  }

  @Test
  void get_value_isFound() {
    byte[] bytes = new byte[1 << 20];
    bytes[77] = -1;
    given(FIRST, Value.copyOf(bytes));
    assertThat(read(new Query.Get(FIRST))).isEqualTo(found(Value.copyOf(bytes)));
  }

  @Test
  void get_everyByte_isFound() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    given(FIRST, Value.copyOf(bytes));
    assertThat(read(new Query.Get(FIRST))).isEqualTo(found(Value.copyOf(bytes)));
  }

  @Test
  void get_emptyValue_isFoundAndNotAbsent() {
    given(FIRST, Value.utf8(""));
    assertThat(read(new Query.Get(FIRST))).isEqualTo(found(Value.utf8("")));
  }

  @Test
  void get_noKey_isAbsent() {
    assertThat(read(new Query.Get(FIRST))).isEqualTo(new ReadResult.Absent<Value>());
  }

  @Test
  void get_index_isTheWrongKind() {
    given(entry("one", 1));
    assertThat(read(new Query.Get(INDEX))).isEqualTo(wrong(INDEX, Kind.INDEX));
  }

  @Test
  void read_manyQueries_areAnsweredInOrder() {
    given(SECOND, TWO);
    given(FIRST, ONE);
    List<Query.Get> queries =
        List.of(new Query.Get(SECOND), new Query.Get(INDEX), new Query.Get(FIRST));
    assertThat(store.read(queries))
        .isEqualTo(List.of(found(TWO), new ReadResult.Absent<Value>(), found(ONE)));
  }

  @Test
  void read_differentQueries_oneOfWrongKind_othersAreAnswered() {
    given(FIRST, ONE);
    List<Query<Object>> none = new ArrayList<>();
    assertThat(store.read(none)).isEmpty();
    given(entry("one", 1));
    List<Query.Get> queries = List.of(new Query.Get(INDEX), new Query.Get(FIRST));
    assertThat(store.read(queries)).isEqualTo(List.of(wrong(INDEX, Kind.INDEX), found(ONE)));
  }

  @Test
  void range_bothOrders_tiesByMember() {
    given(entry("b", 1), entry("a", 1), entry("c", 0), entry("A", 2));
    List<IndexEntry> up = List.of(entry("c", 0), entry("a", 1), entry("b", 1), entry("A", 2));
    List<IndexEntry> down = List.of(entry("A", 2), entry("b", 1), entry("a", 1), entry("c", 0));
    assertThat(read(range(-9, 9, Order.LOWEST_FIRST, 0, 9))).isEqualTo(found(up));
    assertThat(read(range(-9, 9, Order.HIGHEST_FIRST, 0, 9))).isEqualTo(found(down));
  }

  @Test
  void range_bounds_areIncluded() {
    given(entry("a", 1), entry("b", 2), entry("c", 3), entry("d", 4));
    for (Order order : Order.values()) {
      ReadResult<List<IndexEntry>> result = read(range(2, 3, order, 0, 9));
      assertThat(result)
          .isEqualTo(found(
              order == Order.LOWEST_FIRST
                  ? List.of(entry("b", 2), entry("c", 3))
                  : List.of(entry("c", 3), entry("b", 2))));
    }
  }

  @Test
  void range_extremeBounds_includeExtremeScores() {
    IndexEntry high = entry("high", IndexEntry.MAX_SCORE);
    IndexEntry low = entry("low", -IndexEntry.MAX_SCORE);
    given(high, low);
    assertThat(read(range(-IndexEntry.MAX_SCORE, IndexEntry.MAX_SCORE, Order.LOWEST_FIRST, 0, 9)))
        .isEqualTo(found(List.of(low, high)));
    assertThat(read(Query.Range.top(INDEX))).isEqualTo(found(List.of(high)));
  }

  @Test
  void range_offsetAndLimit_page() {
    given(entry("a", 1), entry("b", 2), entry("c", 3), entry("d", 4));
    assertThat(read(range(0, 9, Order.LOWEST_FIRST, 1, 2)))
        .isEqualTo(found(List.of(entry("b", 2), entry("c", 3))));
    assertThat(read(range(0, 9, Order.HIGHEST_FIRST, 3, 2)))
        .isEqualTo(found(List.of(entry("a", 1))));
    assertThat(read(range(0, 9, Order.HIGHEST_FIRST, 4, 2))).isEqualTo(found(List.of()));
    assertThat(read(range(0, 9, Order.LOWEST_FIRST, 1_000_000, Integer.MAX_VALUE)))
        .isEqualTo(found(List.of()));
  }

  @Test
  void range_nothingInIt_isEmpty() {
    assertThat(read(Query.Range.top(INDEX))).isEqualTo(found(List.of()));
    given(entry("a", 1), entry("b", 5));
    assertThat(read(range(2, 4, Order.LOWEST_FIRST, 0, 9))).isEqualTo(found(List.of()));
    assertThat(read(range(5, 1, Order.LOWEST_FIRST, 0, 9))).isEqualTo(found(List.of()));
  }

  @Test
  void range_value_isTheWrongKind() {
    raw.putValue(INDEX, ONE, OptionalLong.empty());
    assertThat(read(Query.Range.top(INDEX))).isEqualTo(wrong(INDEX, Kind.VALUE));
  }

  @Test
  void follow_pointerToValue_findsAllThree() {
    given(FIRST, ONE);
    given(new Key(PREFIX + "one"), TWO);
    given(entry("one", 1), entry("zero", 0));
    assertThat(read(follow()))
        .isEqualTo(
            found(new Followed(Optional.of(ONE), Optional.of(TWO), Optional.of(entry("one", 1)))));
  }

  @Test
  void follow_noPointer_findsTheTop() {
    assertThat(read(follow()))
        .isEqualTo(found(new Followed(Optional.empty(), Optional.empty(), Optional.empty())));
    given(entry("one", 1));
    given(new Key(PREFIX + "one"), TWO);
    assertThat(read(follow()))
        .isEqualTo(
            found(new Followed(Optional.empty(), Optional.empty(), Optional.of(entry("one", 1)))));
  }

  @Test
  void follow_danglingPointer_findsNoValue() {
    given(FIRST, ONE);
    assertThat(read(follow()))
        .isEqualTo(found(new Followed(Optional.of(ONE), Optional.empty(), Optional.empty())));
  }

  @Test
  void follow_pointerToIndex_findsNoValue() {
    given(FIRST, ONE);
    raw.putIndex(new Key(PREFIX + "one"), List.of(entry("x", 1)), OptionalLong.of(later()));
    assertThat(read(follow()))
        .isEqualTo(found(new Followed(Optional.of(ONE), Optional.empty(), Optional.empty())));
  }

  @Test
  void follow_wrongKinds_areReported() {
    raw.putIndex(FIRST, List.of(entry("x", 1)), OptionalLong.of(later()));
    assertThat(read(follow())).isEqualTo(wrong(FIRST, Kind.INDEX));
    raw.delete(FIRST);
    raw.putValue(INDEX, ONE, OptionalLong.of(later()));
    assertThat(read(follow())).isEqualTo(wrong(INDEX, Kind.VALUE));
  }

  @Test
  void score_memberOrNot_isFoundOrAbsent() {
    assertThat(read(new Query.Score(INDEX, "one"))).isEqualTo(new ReadResult.Absent<Long>());
    given(entry("one", IndexEntry.MAX_SCORE), entry("two", -7));
    assertThat(read(new Query.Score(INDEX, "one"))).isEqualTo(found(IndexEntry.MAX_SCORE));
    assertThat(read(new Query.Score(INDEX, "two"))).isEqualTo(found(-7L));
    assertThat(read(new Query.Score(INDEX, "three"))).isEqualTo(new ReadResult.Absent<Long>());
  }

  @Test
  void score_value_isTheWrongKind() {
    raw.putValue(INDEX, ONE, OptionalLong.empty());
    assertThat(read(new Query.Score(INDEX, "one"))).isEqualTo(wrong(INDEX, Kind.VALUE));
  }

  @Test
  void describe_eachKind_hasKindAndExpiry() {
    long expiry = later();
    raw.putValue(FIRST, ONE, OptionalLong.of(expiry));
    raw.putIndex(INDEX, List.of(entry("one", 1)), OptionalLong.of(expiry));
    assertThat(read(new Query.Describe(FIRST)))
        .isEqualTo(found(new KeyDescription(Kind.VALUE, OptionalLong.of(expiry))));
    assertThat(read(new Query.Describe(INDEX)))
        .isEqualTo(found(new KeyDescription(Kind.INDEX, OptionalLong.of(expiry))));
  }

  @Test
  void describe_noExpiry_hasNone() {
    raw.putValue(FIRST, ONE, OptionalLong.empty());
    raw.putIndex(INDEX, List.of(entry("one", 1)), OptionalLong.empty());
    assertThat(read(new Query.Describe(FIRST)))
        .isEqualTo(found(new KeyDescription(Kind.VALUE, OptionalLong.empty())));
    assertThat(read(new Query.Describe(INDEX)))
        .isEqualTo(found(new KeyDescription(Kind.INDEX, OptionalLong.empty())));
  }

  @Test
  void describe_noKey_isAbsent() {
    assertThat(read(new Query.Describe(FIRST))).isEqualTo(new ReadResult.Absent<KeyDescription>());
  }

  @Test
  void inspect_value_hasBytesAndExpiry() {
    long expiry = later();
    raw.putValue(FIRST, ONE, OptionalLong.of(expiry));
    raw.putValue(SECOND, Value.utf8(""), OptionalLong.empty());
    List<Query.Inspect> queries =
        List.of(new Query.Inspect(SECOND), new Query.Inspect(INDEX), new Query.Inspect(FIRST));
    assertThat(store.read(queries))
        .isEqualTo(List.of(
            found(inspected(Kind.VALUE, OptionalLong.empty(), Optional.of(Value.utf8("")))),
            new ReadResult.Absent<Inspected>(),
            found(inspected(Kind.VALUE, OptionalLong.of(expiry), Optional.of(ONE)))));
  }

  @Test
  void inspect_index_hasNoBytes() {
    long expiry = later();
    raw.putIndex(INDEX, List.of(entry("one", 1)), OptionalLong.of(expiry));
    given(FIRST, ONE);
    List<Query.Inspect> queries = List.of(new Query.Inspect(INDEX), new Query.Inspect(FIRST));
    assertThat(store.read(queries).get(0))
        .isEqualTo(found(inspected(Kind.INDEX, OptionalLong.of(expiry), Optional.empty())));
    assertThat(store.read(queries).get(1)).isInstanceOf(ReadResult.Found.class);
  }

  private static Inspected inspected(Kind kind, OptionalLong expiry, Optional<Value> value) {
    return new Inspected(new KeyDescription(kind, expiry), value);
  }

  @Test
  void read_somethingElse_isTheWrongKind() {
    requireOther();
    raw.putOther(FIRST);
    raw.putOther(INDEX);
    assertThat(read(new Query.Get(FIRST))).isEqualTo(wrong(FIRST, Kind.OTHER));
    assertThat(read(Query.Range.top(INDEX))).isEqualTo(wrong(INDEX, Kind.OTHER));
    assertThat(read(new Query.Score(INDEX, "one"))).isEqualTo(wrong(INDEX, Kind.OTHER));
    assertThat(read(follow())).isEqualTo(wrong(FIRST, Kind.OTHER));
    raw.delete(FIRST);
    assertThat(read(follow())).isEqualTo(wrong(INDEX, Kind.OTHER));
    assertThat(read(new Query.Describe(INDEX)))
        .isEqualTo(found(new KeyDescription(Kind.OTHER, OptionalLong.empty())));
    assertThat(read(new Query.Inspect(INDEX)))
        .isEqualTo(found(inspected(Kind.OTHER, OptionalLong.empty(), Optional.empty())));
  }
}
