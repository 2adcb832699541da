package io.regionsnap.adapters.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.api.StatefulRedisConnection;
import io.regionsnap.redis.dialect.Command;
import io.regionsnap.redis.dialect.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One connection. What was written is never written again: the connection does not come back once
 * it is lost, and whatever had no answer by then is lost with it.
 *
 * <p>Any number of threads may send at once; what one call sends reaches the server in order, but
 * commands of other calls may come in between.
 */
final class Line {
  private static final Answer OVERDUE = new Answer.Lost("no answer within the time limit");

  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final AtomicBoolean closed = new AtomicBoolean();

  Line(StatefulRedisConnection<byte[], byte[]> connection) {
    this.connection = connection;
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  /** Writes commands in one flush; does not wait. */
  List<WireCommand> send(List<Command> commands) {
    List<WireCommand> sent = new ArrayList<>(commands.size());
    for (Command command : commands) {
      sent.add(new WireCommand(command));
    }
    // Below the part of Lettuce that would put commands between MULTI and EXEC into objects of its
    // own: the shared line has no MULTI, and the others belong to one thread.
    RedisChannelWriter writer = ((RedisChannelHandler<?, ?>) connection).getChannelWriter();
    writer.write(sent.size() == 1 ? sent.get(0) : new WireBatch(sent));
    return sent;
  }

  /**
   * Waits for answers. A line with an answer overdue is closed: what comes late would be of no use
   * to anybody, and a dead connection would keep the next call waiting as well.
   */
  List<Answer> await(List<WireCommand> commands, long deadlineNanos) {
    if (!commands.isEmpty()) {
      // Answers come in order: who waits for the last of them is woken once.
      Answer unused = await(commands.get(commands.size() - 1), deadlineNanos);
    }
    List<Answer> answers = new ArrayList<>(commands.size());
    for (WireCommand command : commands) {
      answers.add(await(command, deadlineNanos));
    }
    if (answers.contains(OVERDUE)) {
      close();
    }
    return answers;
  }

  private static Answer await(WireCommand command, long deadlineNanos) {
    try {
      long left = Math.max(0, deadlineNanos - System.nanoTime());
      return command.answer().get(left, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return OVERDUE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Lost("interrupted while waiting for the answer");
    } catch (ExecutionException e) {
      throw new IllegalStateException("answers do not fail", e);
    }
  }

  /** Sends and waits. */
  List<Answer> exchange(List<Command> commands, long deadlineNanos) {
    return await(send(commands), deadlineNanos);
  }

  /** The replies, or the first answer that is none. */
  static Replies replies(List<Answer> answers) {
    List<Reply> replies = new ArrayList<>(answers.size());
    for (Answer answer : answers) {
      if (!(answer instanceof Answer.Replied replied)) {
        return new Replies(List.of(), List.of(answer));
      }
      replies.add(replied.reply());
    }
    return new Replies(replies, List.of());
  }

  /**
   * All replies of an exchange.
   *
   * @param missing one answer that is no reply, in which case there are no replies; or empty
   */
  record Replies(List<Reply> all, List<Answer> missing) {}

  void close() {
    // Lettuce warns if it is closed twice. Does not wait: nobody needs to know when the socket is
    // gone.
    if (closed.compareAndSet(false, true)) {
      connection.closeAsync().exceptionally(e -> null);
    }
  }
}
