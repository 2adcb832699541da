package io.regionsnap.adapters.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.regionsnap.adapters.inmemory.Content.Body;
import io.regionsnap.adapters.inmemory.Content.Header;
import io.regionsnap.adapters.inmemory.Content.Index;
import io.regionsnap.adapters.inmemory.Content.LargeValue;
import io.regionsnap.adapters.inmemory.Content.Mark;
import io.regionsnap.adapters.inmemory.Content.Score;
import io.regionsnap.adapters.inmemory.Content.SmallValue;
import io.regionsnap.adapters.inmemory.Content.Uses;
import io.regionsnap.adapters.inmemory.Place.Table;
import io.regionsnap.ports.Value;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.h2.mvstore.WriteBuffer;
import org.junit.jupiter.api.Test;

/** The stored format. */
final class FrameTest {
  private static final OptionalLong NEVER = OptionalLong.empty();

  private static byte[] written(Content content) {
    WriteBuffer buffer = new WriteBuffer();
    ContentType.INSTANCE.write(buffer, content);
    byte[] bytes = new byte[buffer.position()];
    buffer.position(0).get(bytes);
    return bytes;
  }

  private static Content read(byte[] bytes) {
    return ContentType.INSTANCE.read(ByteBuffer.wrap(bytes));
  }

  private static void assertDamaged(byte[] bytes, String how) {
    assertThatExceptionOfType(Damage.class)
        .isThrownBy(() -> read(bytes))
        .withMessageContaining(how);
  }

  /** A frame made by hand, byte by byte as the drawing has it. */
  private static byte[] frame(int version, byte... payload) {
    CRC32C crc = new CRC32C();
    crc.update(version);
    crc.update(payload);
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) version)
        .putInt(payload.length)
        .putInt((int) crc.getValue())
        .put(payload)
        .array();
  }

  @Test
  void read_everyKindOfContent_isWhatWasWritten() {
    for (Content content : new Content[] {
      new SmallValue(OptionalLong.of(Long.MAX_VALUE), Value.utf8("")),
      new SmallValue(NEVER, Value.copyOf(new byte[] {0, -1})),
      new LargeValue(OptionalLong.of(-1), 7),
      new Index(NEVER, Long.MAX_VALUE),
      new Header(3, 9),
      new Score(-(1L << 53)),
      new Uses(2),
      new Body(Value.copyOf(new byte[100_000])),
      Mark.MARK
    }) {
      assertThat(read(written(content))).isEqualTo(content);
    }
  }

  @Test
  void write_content_isAsDrawn() {
    assertThat(written(new Score(258)))
        .isEqualTo(frame(
            1,
            (byte) 'c',
            (byte) 0,
            (byte) 0,
            (byte) 0,
            (byte) 0,
            (byte) 0,
            (byte) 0,
            (byte) 1,
            (byte) 2));
  }

  @Test
  void read_anyBitFlipped_isDamaged() {
    byte[] bytes = written(new SmallValue(OptionalLong.of(77), Value.utf8("abc")));
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatExceptionOfType(Damage.class).isThrownBy(() -> read(flipped));
    }
  }

  @Test
  void read_cutOff_isDamaged() {
    byte[] bytes = written(new Score(1));
    for (int length = 0; length < bytes.length; length++) {
      assertDamaged(Arrays.copyOf(bytes, length), "cut off");
    }
  }

  @Test
  void read_versionOutOfRange_isDamaged() {
    assertDamaged(frame(0, (byte) 'm'), "version 0");
    assertDamaged(frame(Frame.NEWEST_VERSION + 1, (byte) 'm'), "version 2");
    assertDamaged(frame(255, (byte) 'm'), "version 255");
  }

  @Test
  void read_wholeButUnknown_isDamaged() {
    assertDamaged(frame(1, (byte) '?'), "tag");
    assertDamaged(frame(1, (byte) 'm', (byte) 0), "longer");
  }

  @Test
  void readPlaces_outOfOrderOrUnknownTable_isDamaged() {
    Place[] places = {Place.key("b"), Place.key("a")};
    WriteBuffer buffer = new WriteBuffer();
    PlaceType.INSTANCE.write(buffer, places, 2);
    ByteBuffer written = buffer.getBuffer().flip();
    assertThatExceptionOfType(Damage.class)
        .isThrownBy(() -> PlaceType.INSTANCE.read(written, new Place[2], 2))
        .withMessageContaining("order");
    assertThatExceptionOfType(Damage.class).isThrownBy(() -> Table.of(-1));
    assertThatExceptionOfType(Damage.class).isThrownBy(() -> Table.of(7));
  }

  @Test
  void readPlaces_anyName_isWhatWasWritten() {
    Place[] places = {
      Place.HEADER,
      Place.key("\0"),
      Place.key("k".repeat(32 * 1024)),
      Place.key("\uD800 alone"),
      Place.key("\uD83D\uDE00"),
      new Place(Table.EXPIRY, Long.MIN_VALUE, 0, "x"),
      new Place(Table.SCORE, 1, -5, "m")
    };
    WriteBuffer buffer = new WriteBuffer();
    PlaceType.INSTANCE.write(buffer, places, places.length);
    Place[] read = new Place[places.length];
    PlaceType.INSTANCE.read(buffer.getBuffer().flip(), read, places.length);
    assertThat(read).isEqualTo(places);
  }

  @Test
  void numbers_atTheEnds_stop() {
    assertThat(Numbers.plus(Long.MAX_VALUE, 1)).isEqualTo(Long.MAX_VALUE);
    assertThat(Numbers.plus(Long.MIN_VALUE, -1)).isEqualTo(Long.MIN_VALUE);
    assertThat(Numbers.plus(5, -7)).isEqualTo(-2);
    assertThat(Numbers.minusSpan(-(1L << 53), Long.MAX_VALUE)).isEqualTo(Long.MIN_VALUE);
    assertThat(Numbers.minusSpan(10, 3)).isEqualTo(7);
  }
}
