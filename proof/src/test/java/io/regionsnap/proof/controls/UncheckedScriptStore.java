package io.regionsnap.proof.controls;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import io.regionsnap.proof.redis.RedisBench;
import io.regionsnap.redis.dialect.ErrorReply;
import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.redis.RespError;
import java.util.ArrayList;
import java.util.List;

/**
 * One script, and so one instant: it looks at the claim and then writes, the claim last. It checks
 * nothing else before its first write, and a write that fails leaves those before it.
 */
final class UncheckedScriptStore extends ControlStore {
  private static final String SCRIPT = """
      local holder = redis.call('GET', KEYS[1])
      if holder and holder ~= ARGV[1] then
        return holder
      end
      local at = 1
      while at < #ARGV do
        local parts = {}
        for i = 1, tonumber(ARGV[at + 1]) do
          parts[i] = ARGV[at + 1 + i]
        end
        redis.call(unpack(parts))
        at = at + 1 + #parts
      end
      return 1
      """;

  UncheckedScriptStore(RedisBench bench) {
    super(bench);
  }

  @Override
  CommitResult commit(RespClient connection, Transaction transaction) {
    SixCommands six = new SixCommands(transaction);
    Write.Put claim = six.claim();
    List<Object> call =
        new ArrayList<>(List.of("EVAL", SCRIPT, 1, claim.key(), claim.value().toByteArray()));
    six.commands().forEach(command -> append(call, command));
    append(
        call,
        List.of("SET", claim.key(), claim.value().toByteArray(), "PXAT", claim.expiresAtMillis()));
    try {
      return connection.call(call.toArray()) instanceof byte[] holder
          ? duplicate(transaction, claim.key(), Value.copyOf(holder))
          : new CommitResult.Applied();
    } catch (RespError e) {
      return ErrorReply.toResult(e.text());
    }
  }

  private static void append(List<Object> call, List<Object> command) {
    call.add(command.size());
    call.addAll(command);
  }
}
