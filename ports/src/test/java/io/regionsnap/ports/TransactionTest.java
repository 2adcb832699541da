package io.regionsnap.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransactionTest {
  private static final Key VALUE = new Key("value");
  private static final Key INDEX = new Key("index");
  private static final Value BYTES = Value.utf8("bytes");
  private static final IndexEntry ENTRY = new IndexEntry("member", 7);
  private static final Write DELETE = new Write.Delete(VALUE);
  private static final Write ADD = new Write.Add(INDEX, ENTRY);

  @Test
  void kinds_namesEveryKeyOfGuardsAndWritesInOrder() {
    List<Guard> guards = List.of(
        new Guard.Absent(new Key("a")),
        new Guard.Equal(new Key("b"), BYTES),
        new Guard.AbsentOrEqual(new Key("c"), BYTES),
        new Guard.AbsentOrMember(new Key("d"), new Key("e")),
        new Guard.AtTop(new Key("f"), new Key("g")),
        new Guard.Contains(new Key("h"), ENTRY),
        new Guard.Admits(new Key("i"), ENTRY),
        new Guard.WithinSpan(new Key("j"), 1, 2),
        new Guard.StoreClockBefore(3),
        new Guard.NotAll(List.of(new Guard.Absent(new Key("k")))));
    List<Write> writes = List.of(
        new Write.Put(new Key("l"), BYTES, 1),
        new Write.Add(new Key("m"), ENTRY),
        new Write.Trim(new Key("n"), 1),
        new Write.ExpireWithTop(new Key("o"), 1),
        new Write.PointAtTop(new Key("p"), new Key("q"), 1),
        new Write.Delete(new Key("r")),
        new Write.IfNewTop(new Write.Delete(new Key("s"))),
        new Write.Remove(new Key("t"), "member"));

    Transaction transaction = new Transaction(guards, writes);

    assertThat(transaction.kinds().keySet())
        .extracting(Key::name)
        .containsExactly("abcdefghijklmnopqrst".split(""));
    assertThat(transaction.kinds().entrySet())
        .filteredOn(entry -> entry.getValue() == Kind.INDEX)
        .extracting(entry -> entry.getKey().name())
        .containsExactly("e", "g", "h", "i", "j", "m", "n", "o", "q", "t");
  }

  @Test
  void kinds_movedKey_isOfItsKindAndThenFree() {
    Write move = new Write.Move(INDEX, Kind.VALUE, VALUE, 1);
    Transaction transaction =
        new Transaction(List.of(new Guard.Equal(INDEX, BYTES)), List.of(move, ADD));
    assertThat(transaction.kinds())
        .containsExactly(Map.entry(INDEX, Kind.VALUE), Map.entry(VALUE, Kind.VALUE));
    assertThat(new Transaction(List.of(), List.of(new Write.Move(INDEX, Kind.OTHER, VALUE, 1)))
            .kinds())
        .containsEntry(INDEX, Kind.OTHER);
    assertRefused(() -> new Transaction(List.of(), List.of(ADD, move)));
    assertRefused(() -> new Transaction(List.of(), List.of(move, ADD, new Write.IfNewTop(DELETE))));
  }

  @Test
  void transactions_sameGuardsAndWrites_areEqual() {
    List<Guard> guards = List.of(new Guard.Absent(VALUE));
    Transaction transaction = new Transaction(guards, List.of(DELETE));

    assertThat(transaction)
        .isEqualTo(new Transaction(List.copyOf(guards), List.of(DELETE)))
        .hasSameHashCodeAs(new Transaction(guards, List.of(DELETE)))
        .isNotEqualTo(new Transaction(List.of(), List.of(DELETE)))
        .isNotEqualTo(new Transaction(guards, List.of(DELETE, DELETE)))
        .hasToString("Transaction[guards=" + guards + ", writes=" + List.of(DELETE) + "]");
  }

  @Test
  void kinds_cannotBeChanged() {
    Map<Key, Kind> kinds = new Transaction(List.of(), List.of(DELETE)).kinds();
    assertThatThrownBy(kinds::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void transaction_copiesItsLists() {
    List<Guard> guards = new ArrayList<>(List.of(new Guard.Absent(VALUE)));
    List<Write> writes = new ArrayList<>(List.of(DELETE));
    Transaction transaction = new Transaction(guards, writes);

    guards.clear();
    writes.clear();

    assertThat(transaction.guards()).hasSize(1);
    assertThat(transaction.writes()).hasSize(1);
  }

  @Test
  void transaction_withoutWrites_isRefused() {
    assertRefused(() -> new Transaction(List.of(), List.of()));
  }

  @Test
  void transaction_usingAKeyAsBothKinds_isRefused() {
    assertRefused(() -> new Transaction(List.of(new Guard.Absent(INDEX)), List.of(ADD)));
    assertRefused(() -> new Transaction(List.of(), List.of(ADD, new Write.Delete(INDEX))));
  }

  @Test
  void ifNewTop_withoutExactlyOneAddBeforeIt_isRefused() {
    Write conditional = new Write.IfNewTop(DELETE);
    assertRefused(() -> new Transaction(List.of(), List.of(conditional)));
    assertRefused(() -> new Transaction(List.of(), List.of(conditional, ADD)));
    assertRefused(() -> new Transaction(List.of(), List.of(ADD, conditional, ADD)));
    assertThat(new Transaction(List.of(), List.of(ADD, conditional)).writes()).hasSize(2);
    assertThat(new Transaction(List.of(), List.of(ADD, ADD)).writes()).hasSize(2);
  }

  @Test
  void parts_thatMakeNoSense_areRefused() {
    assertRefused(() -> new Write.IfNewTop(ADD));
    assertRefused(() -> new Write.IfNewTop(new Write.IfNewTop(DELETE)));
    assertRefused(() -> new Write.IfNewTop(new Write.Move(VALUE, Kind.VALUE, INDEX, 1)));
    assertRefused(() -> new Write.Move(VALUE, Kind.VALUE, VALUE, 1));
    assertRefused(() -> new Write.Remove(INDEX, ""));
    assertRefused(() -> new Query.Score(INDEX, ""));
    assertRefused(() -> new Write.Trim(INDEX, -1));
    assertRefused(() -> new Guard.NotAll(List.of()));
    assertRefused(
        () -> new Guard.NotAll(List.of(new Guard.NotAll(List.of(new Guard.Absent(VALUE))))));
    assertRefused(() -> new Guard.WithinSpan(INDEX, 1, -1));
    assertRefused(() -> new Guard.WithinSpan(INDEX, IndexEntry.MAX_SCORE + 1, 1));
    assertRefused(() -> new IndexEntry("", 1));
    assertRefused(() -> new IndexEntry("member", -IndexEntry.MAX_SCORE - 1));
    assertRefused(() -> new Query.Range(INDEX, 0, 1, Query.Order.LOWEST_FIRST, -1, 1));
    assertRefused(() -> new Query.Range(INDEX, 0, 1, Query.Order.LOWEST_FIRST, 0, 0));
    assertRefused(() -> new Scan("", "", java.util.Optional.empty(), 0));
    assertRefused(() -> new Observation.Held(BYTES, BYTES.size() - 1));
    assertRefused(() -> new Observation.Held(Value.copyOf(new byte[257]), 300));
    assertRefused(() -> new Key(""));
    assertRefused(() -> new Key("ä".repeat(Key.MAX_BYTES / 2 + 1)));
    assertRefused(() -> new Key("€".repeat(Key.MAX_BYTES / 3 + 1)));
    assertThat(new Key("ä".repeat(Key.MAX_BYTES / 2)).toString()).hasSize(Key.MAX_BYTES / 2);
  }

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
  }
}
