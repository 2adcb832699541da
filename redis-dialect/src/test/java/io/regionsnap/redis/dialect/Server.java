package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Value;
import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.redis.RespError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs rounds over a raw connection, one command after the other. */
final class Server {
  private final RespClient client;

  Server(RespClient client) {
    this.client = client;
  }

  <R> R run(Round<R> first) {
    return run(first, commands -> commands.stream().map(this::call).toList());
  }

  /** The same with the commands of each round between MULTI and EXEC. */
  <R> R runAtOnce(Round<R> first) {
    return run(first, this::callAtOnce);
  }

  private static <R> R run(Round<R> first, Function<List<Command>, List<Reply>> calls) {
    Round<R> round = first;
    while (true) {
      Round.Step<R> step = round.next().apply(calls.apply(round.commands()));
      if (step instanceof Round.Done<R> done) {
        return done.result();
      }
      round = ((Round.More<R>) step).round();
    }
  }

  private List<Reply> callAtOnce(List<Command> commands) {
    client.call("MULTI");
    commands.forEach(this::call);
    return ((Reply.Many) call(Command.of("EXEC"))).elements();
  }

  Reply call(Command command) {
    List<Object> parts = new ArrayList<>();
    parts.add(command.name());
    for (Value argument : command.arguments()) {
      parts.add(argument.toByteArray());
    }
    try {
      return reply(client.call(parts.toArray()));
    } catch (RespError e) {
      return reply(e);
    }
  }

  private static Reply reply(@Nullable Object raw) {
    if (raw == null) {
      return new Reply.Nil();
    } else if (raw instanceof byte[] bytes) {
      return new Reply.Bulk(Value.copyOf(bytes));
    } else if (raw instanceof String text) {
      return new Reply.Status(text);
    } else if (raw instanceof Long number) {
      return new Reply.Whole(number);
    } else if (raw instanceof RespError error) {
      return new Reply.Failure(error.text());
    }
    List<Reply> elements = new ArrayList<>();
    ((List<?>) raw).forEach(element -> elements.add(reply(element)));
    return new Reply.Many(elements);
  }
}
