package io.regionsnap.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  private static final Key KEY = new Key("key");

  @Test
  void value_sharesNoArrayWithAnybody() {
    byte[] bytes = {1, 2, 3};
    Value value = Value.copyOf(bytes);

    bytes[0] = 9;
    value.toByteArray()[1] = 9;

    assertThat(value.toByteArray()).containsExactly(1, 2, 3);
    assertThat(value.asByteBuffer().isReadOnly()).isTrue();
  }

  @Test
  void value_lendsAllItsBytes() {
    assertThat(Value.copyOf(new byte[] {1, 2, 3}).<Integer>lend(bytes -> bytes.length + bytes[2]))
        .isEqualTo(6);
  }

  @Test
  void value_ofABuffer_isItsRemainderAndLeavesItWhereItWas() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3}).position(1);

    assertThat(Value.copyOf(buffer)).isEqualTo(Value.copyOf(new byte[] {2, 3}));
    assertThat(buffer.position()).isEqualTo(1);
  }

  @Test
  void value_isEqualByItsBytes_andNeverPrintsThem() {
    Value value = Value.utf8("geheim ä");

    assertThat(value)
        .isEqualTo(Value.utf8("geheim ä"))
        .hasSameHashCodeAs(Value.utf8("geheim ä"))
        .isNotEqualTo(Value.utf8("geheim"))
        .isNotEqualTo("geheim ä")
        .hasToString("Value[9 bytes]");
    assertThat(value.asUtf8()).isEqualTo("geheim ä");
    assertThat(value.size()).isEqualTo(9);
  }

  @Test
  void indexEntries_orderByScoreThenMember() {
    assertThat(Stream.of(
                new IndexEntry("b", 2),
                new IndexEntry("c", 1),
                new IndexEntry("a", 2),
                new IndexEntry("z", -3))
            .sorted()
            .map(IndexEntry::member))
        .containsExactly("z", "c", "a", "b");
  }

  @Test
  void held_ofALongValue_keepsItsHeadAndItsSize() {
    Observation.Held held = Observation.Held.of(Value.copyOf(new byte[1000]));
    assertThat(held.head().size()).isEqualTo(Observation.Held.MAX_HEAD_BYTES);
    assertThat(held.size()).isEqualTo(1000);

    Value small = Value.utf8("small");
    assertThat(Observation.Held.of(small)).isEqualTo(new Observation.Held(small, 5));
  }

  @Test
  void commitResult_matchesItsCase() {
    StoreRefusal refusal = new StoreRefusal.Rejected("no");
    assertThat(Stream.of(
                new CommitResult.Applied(),
                new CommitResult.GuardFailed(3, new Observation.Nothing()),
                new CommitResult.NotApplied(refusal),
                new CommitResult.InDoubt("lost"),
                new CommitResult.Torn(List.of(KEY), "half"))
            .<Object>map(result -> result.match(
                () -> "applied",
                CommitResult.GuardFailed::guardIndex,
                CommitResult.NotApplied::reason,
                CommitResult.InDoubt::message,
                CommitResult.Torn::keys)))
        .containsExactly("applied", 3, refusal, "lost", List.of(KEY));
  }

  @Test
  void storeRefusal_matchesItsCase() {
    assertThat(Stream.of(
                new StoreRefusal.WrongKind(KEY, Kind.OTHER),
                new StoreRefusal.Unavailable("later"),
                new StoreRefusal.Rejected("never"))
            .<Object>map(refusal -> refusal.match(
                StoreRefusal.WrongKind::key,
                StoreRefusal.Unavailable::message,
                StoreRefusal.Rejected::message)))
        .containsExactly(KEY, "later", "never");
  }

  @Test
  void observation_matchesItsCase() {
    IndexEntry entry = new IndexEntry("member", 1);
    assertThat(Stream.of(
                new Observation.Nothing(),
                Observation.Held.of(Value.utf8("abc")),
                new Observation.Entry(entry),
                new Observation.Clock(9))
            .<Object>map(observation -> observation.match(
                () -> "nothing",
                Observation.Held::size,
                Observation.Entry::entry,
                Observation.Clock::millis)))
        .containsExactly("nothing", 3L, entry, 9L);
  }

  @Test
  void readResult_matchesItsCase() {
    assertThat(Stream.<ReadResult<String>>of(
                new ReadResult.Found<>("it"),
                new ReadResult.Absent<>(),
                new ReadResult.WrongKind<>(KEY, Kind.OTHER),
                new ReadResult.Unreadable<>("broken"))
            .<Object>map(result -> result.match(
                found -> found,
                () -> "absent",
                ReadResult.WrongKind::key,
                ReadResult.Unreadable::message)))
        .containsExactly("it", "absent", KEY, "broken");
  }

  @Test
  void query_matchesItsCase() {
    Query.Cases<String> names = new Query.Cases<>() {
      @Override
      public String get(Query.Get query) {
        return "get";
      }

      @Override
      public String range(Query.Range query) {
        return "range";
      }

      @Override
      public String follow(Query.Follow query) {
        return "follow";
      }

      @Override
      public String describe(Query.Describe query) {
        return "describe";
      }

      @Override
      public String score(Query.Score query) {
        return "score";
      }

      @Override
      public String inspect(Query.Inspect query) {
        return "inspect";
      }
    };
    assertThat(Stream.<Query<?>>of(
                new Query.Get(KEY),
                Query.Range.top(KEY),
                new Query.Follow(KEY, "prefix", new Key("index")),
                new Query.Describe(KEY),
                new Query.Score(KEY, "member"),
                new Query.Inspect(KEY))
            .map(query -> query.match(names)))
        .containsExactly("get", "range", "follow", "describe", "score", "inspect");
  }

  @Test
  void scan_matchesByPrefixAndSuffixThatDoNotOverlap() {
    Scan scan = new Scan("ab", "bc", Optional.empty(), 1);
    assertThat(List.of("abbc", "abxbc", "abc", "xabbc", "abbcx").stream().filter(scan::matches))
        .containsExactly("abbc", "abxbc");
    List<Key> keys = new java.util.ArrayList<>(List.of(KEY));
    ScanPage page = new ScanPage(keys, Optional.empty());
    keys.clear();
    assertThat(page.keys()).containsExactly(KEY);
  }
}
