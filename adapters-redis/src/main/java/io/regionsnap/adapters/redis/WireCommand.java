package io.regionsnap.adapters.redis;

import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.netty.buffer.ByteBuf;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Reply;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One command on its way through Lettuce, which knows whether it was ever written to a connection.
 *
 * <p>Writes its arguments straight from their values. Completed once, whatever Lettuce reports
 * later. Its text is its name: no argument can get into a log.
 */
final class WireCommand extends Command<byte[], byte[], @Nullable Reply> {

  /** What Lettuce asks of the name of a command. */
  record Name(String text) implements ProtocolKeyword {
    @Override
    public byte[] getBytes() {
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final byte[] END = {'\r', '\n'};

  private final io.regionsnap.redis.dialect.Command command;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private volatile boolean written;

  WireCommand(io.regionsnap.redis.dialect.Command command) {
    super(new Name(command.name()), new ReplyOutput());
    this.command = command;
  }

  CompletableFuture<Answer> answer() {
    return answer;
  }

  @Override
  public void encode(ByteBuf target) {
    written = true;
    write(target, '*', 1 + command.arguments().size());
    byte[] name = getType().getBytes();
    write(target, '$', name.length);
    target.writeBytes(name).writeBytes(END);
    for (Value argument : command.arguments()) {
      write(target, '$', argument.size());
      target.writeBytes(argument.asByteBuffer()).writeBytes(END);
    }
  }

  private static void write(ByteBuf target, char type, int number) {
    target.writeByte(type);
    target.writeCharSequence(Integer.toString(number), StandardCharsets.US_ASCII);
    target.writeBytes(END);
  }

  @Override
  public void complete() {
    super.complete();
    Reply reply = getOutput().get();
    // Lettuce keeps +QUEUED to itself; every other reply reaches the output.
    answer.complete(new Answer.Replied(reply == null ? new Reply.Status("QUEUED") : reply));
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    status = ST_COMPLETED;
    return give(String.valueOf(failure.getMessage()));
  }

  @Override
  public void cancel() {
    super.cancel();
    give("cancelled");
  }

  private boolean give(String message) {
    return answer.complete(
        written
            ? new Answer.Lost("the connection was lost before the answer: " + message)
            : new Answer.Unsent("not connected: " + message));
  }

  @Override
  public String toString() {
    return command.name();
  }
}
