package io.regionsnap.adapters.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Reply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds one reply of any shape from what Lettuce reads. Errors inside an array stay where they
 * are, so that an EXEC can be looked at element by element. Used by one event loop.
 */
final class ReplyOutput extends CommandOutput<byte[], byte[], @Nullable Reply> {

  /** An array that is not complete. */
  private record Open(int count, List<Reply> elements) {}

  private final Deque<Open> open = new ArrayDeque<>();

  ReplyOutput() {
    super(ByteArrayCodec.INSTANCE, null);
  }

  private void accept(Reply reply) {
    Reply complete = reply;
    while (!open.isEmpty()) {
      Open innermost = open.peek();
      innermost.elements().add(complete);
      if (innermost.elements().size() < innermost.count()) {
        return;
      }
      open.pop();
      complete = new Reply.Many(innermost.elements());
    }
    output = complete;
  }

  @Override
  public void set(@Nullable ByteBuffer bytes) {
    accept(bytes == null ? new Reply.Nil() : new Reply.Bulk(Value.copyOf(bytes)));
  }

  @Override
  public void setSingle(@Nullable ByteBuffer bytes) {
    accept(bytes == null ? new Reply.Nil() : new Reply.Status(text(bytes)));
  }

  @Override
  public void set(long integer) {
    accept(new Reply.Whole(integer));
  }

  @Override
  public void setError(@Nullable ByteBuffer bytes) {
    accept(new Reply.Failure(bytes == null ? "" : text(bytes)));
  }

  @Override
  public void multi(int count) {
    if (count < 0) {
      accept(new Reply.Nil());
    } else if (count == 0) {
      accept(new Reply.Many(List.of()));
    } else {
      open.push(new Open(count, new ArrayList<>(Math.min(count, 1024))));
    }
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }
}
