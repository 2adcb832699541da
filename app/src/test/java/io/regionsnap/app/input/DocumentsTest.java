package io.regionsnap.app.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  private static final int LIMIT = 10;

  private static List<Item> items(String input, boolean whole, int limit, int piece) {
    InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(piece, length));
      }
    };
    Documents documents = new Documents(new Source("s", whole, () -> in), in, limit);
    List<Item> items = new ArrayList<>();
    try {
      for (Optional<Item> item = documents.next(); item.isPresent(); item = documents.next()) {
        items.add(item.get());
      }
      assertThat(documents.next()).isEmpty();
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return items;
  }

  private static Item line(long line, String body) {
    return new Item.Document(new Origin("s", OptionalLong.of(line)), Value.utf8(body));
  }

  private static Item whole(String body) {
    return new Item.Document(new Origin("s", OptionalLong.empty()), Value.utf8(body));
  }

  @Test
  void lines_areDocuments() {
    for (int piece : new int[] {1, 2, 3, 1000}) {
      assertThat(items("{}\n\r\n \t\n[1]\r\n{ \n\n7", false, LIMIT, piece))
          .containsExactly(line(1, "{}"), line(4, "[1]"), line(5, "{ "), line(7, "7"));
    }
    assertThat(items("", false, LIMIT, 9)).isEmpty();
    assertThat(items("\n\n", false, LIMIT, 9)).isEmpty();
  }

  @Test
  void loneBraceFirst_isOneDocument() {
    assertThat(items(" {\r\n}\n", false, LIMIT, 1)).containsExactly(whole(" {\r\n}\n"));
    assertThat(items("{", false, LIMIT, 1)).containsExactly(whole("{"));
    assertThat(items("{ }\n{\n", false, LIMIT, 1)).containsExactly(line(1, "{ }"), line(2, "{"));
    assertThat(items("{\n123456789", false, LIMIT, 4))
        .containsExactly(new Item.Oversized(new Origin("s", OptionalLong.empty()), 11));
  }

  @Test
  void wholeDocument_isWhatItIs() {
    assertThat(items("1\n2\n", true, LIMIT, 2)).containsExactly(whole("1\n2\n"));
    assertThat(items("", true, LIMIT, 2)).containsExactly(whole(""));
    assertThat(items("12345678901", true, LIMIT, 2))
        .containsExactly(new Item.Oversized(new Origin("s", OptionalLong.empty()), 11));
  }

  @Test
  void limit_countsWithoutTheLineEnd() {
    for (int piece : new int[] {1, 5, 100}) {
      assertThat(items("1234567890\r\n12345678901\r\n123456789012345\n1", false, LIMIT, piece))
          .containsExactly(
              line(1, "1234567890"),
              new Item.Oversized(new Origin("s", OptionalLong.of(2)), 11),
              new Item.Oversized(new Origin("s", OptionalLong.of(3)), 15),
              line(4, "1"));
    }
  }

  @Property(tries = 300)
  void lines_howeverTheyArrive_areWhatWasJoined(
      @ForAll @Size(max = 20) List<@StringLength(min = 1, max = 30) @CharRange(from = 'a', to = 'z') String> lines,
      @ForAll @IntRange(min = 1, max = 40) int piece) {
    String input = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    List<Item> expected = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      expected.add(line(i + 1, lines.get(i)));
    }
    assertThat(items(input, false, 30, piece)).isEqualTo(expected);
  }

  @Test
  void feed_failingSource_goesOnWithTheNext() throws InterruptedException {
    Feed feed = Feed.start(
        List.of(
            new Source("bad", true, () -> {
              throw new IOException("broken");
            }),
            Source.stdin(new ByteArrayInputStream(new byte[] {'1'}))),
        LIMIT);
    assertThat(feed.take()).isEqualTo(new Item.Unreadable("bad", "broken"));
    assertThat(feed.take())
        .isEqualTo(new Item.Document(new Origin("stdin", OptionalLong.of(1)), Value.utf8("1")));
    assertThat(feed.take()).isEqualTo(new Item.End());
  }

  @Test
  void problem_isSaidInWords() {
    assertThat(Sources.problem(new AccessDeniedException("x"))).isEqualTo("permission denied");
    assertThat(Sources.problem(new FileSystemException("x", null, "Is a directory")))
        .isEqualTo("Is a directory");
    assertThat(Sources.problem(new IOException())).isEqualTo("IOException");
  }

  @Test
  void origin_asText() {
    assertThat(new Origin("f", OptionalLong.of(3))).hasToString("f line 3");
    assertThat(new Origin("f", OptionalLong.empty())).hasToString("f");
  }
}
