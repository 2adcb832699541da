package io.regionsnap.adapters.inmemory;

import io.regionsnap.adapters.inmemory.Content.Body;
import io.regionsnap.adapters.inmemory.Content.Header;
import io.regionsnap.adapters.inmemory.Content.Index;
import io.regionsnap.adapters.inmemory.Content.LargeValue;
import io.regionsnap.adapters.inmemory.Content.Mark;
import io.regionsnap.adapters.inmemory.Content.Score;
import io.regionsnap.adapters.inmemory.Content.SmallValue;
import io.regionsnap.adapters.inmemory.Content.Uses;
import io.regionsnap.ports.Value;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** How content is written and read: each piece in a {@link Frame} of its own. */
final class ContentType extends BasicDataType<Content> {
  static final ContentType INSTANCE = new ContentType();

  private static final int OBJECT_BYTES = 64;

  private ContentType() {}

  @Override
  public int getMemory(Content content) {
    if (content instanceof Body body) {
      return OBJECT_BYTES + body.value().size();
    }
    return OBJECT_BYTES + (content instanceof SmallValue small ? small.value().size() : 0);
  }

  /** Sizes differ too much to be estimated from a sample. */
  @Override
  public boolean isMemoryEstimationAllowed() {
    return false;
  }

  @Override
  public Content[] createStorage(int size) {
    return new Content[size];
  }

  @Override
  public void write(WriteBuffer buffer, Content content) {
    Frame.write(buffer, payload -> writePayload(payload, content));
  }

  @Override
  public Content read(ByteBuffer buffer) {
    return Frame.read(buffer, ContentType::readPayload);
  }

  private static void writePayload(WriteBuffer payload, Content content) {
    if (content instanceof SmallValue small) {
      expiry(payload.put((byte) 's'), small.expiresAtMillis()).put(small.value().asByteBuffer());
    } else if (content instanceof LargeValue large) {
      expiry(payload.put((byte) 'l'), large.expiresAtMillis()).putLong(large.body());
    } else if (content instanceof Index index) {
      expiry(payload.put((byte) 'i'), index.expiresAtMillis()).putLong(index.number());
    } else if (content instanceof Score score) {
      payload.put((byte) 'c').putLong(score.score());
    } else if (content instanceof Uses uses) {
      payload.put((byte) 'u').putLong(uses.count());
    } else if (content instanceof Body body) {
      payload.put((byte) 'b').put(body.value().asByteBuffer());
    } else if (content instanceof Header header) {
      payload.put((byte) 'H').putLong(header.lastNumber()).putLong(header.places());
    } else {
      payload.put((byte) 'm');
    }
  }

  private static WriteBuffer expiry(WriteBuffer payload, OptionalLong at) {
    return at.isPresent() ? payload.put((byte) 1).putLong(at.getAsLong()) : payload.put((byte) 0);
  }

  private static Content readPayload(ByteBuffer payload) {
    byte tag = payload.get();
    return switch (tag) {
      case 's' -> new SmallValue(expiry(payload), rest(payload));
      case 'l' -> new LargeValue(expiry(payload), payload.getLong());
      case 'i' -> new Index(expiry(payload), payload.getLong());
      case 'c' -> new Score(payload.getLong());
      case 'u' -> new Uses(payload.getLong());
      case 'b' -> new Body(rest(payload));
      case 'H' -> new Header(payload.getLong(), payload.getLong());
      case 'm' -> Mark.MARK;
      default -> throw new Damage("no content has the tag " + tag);
    };
  }

  private static OptionalLong expiry(ByteBuffer payload) {
    return payload.get() == 0 ? OptionalLong.empty() : OptionalLong.of(payload.getLong());
  }

  private static Value rest(ByteBuffer payload) {
    Value value = Value.copyOf(payload);
    payload.position(payload.limit());
    return value;
  }
}
