package io.regionsnap.proof.controls;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import io.regionsnap.proof.redis.RedisBench;
import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.redis.RespError;
import java.util.List;

/**
 * The writer of old: the claim in a request of its own, then six commands as one pipeline, or as
 * one MULTI/EXEC. No precondition but the claim, and no look at the answers.
 */
final class PipelineStore extends ControlStore {
  private final boolean multi;

  /** With MULTI/EXEC around the six commands, or without. */
  PipelineStore(RedisBench bench, boolean multi) {
    super(bench);
    this.multi = multi;
  }

  @Override
  CommitResult commit(RespClient connection, Transaction transaction) {
    SixCommands six = new SixCommands(transaction);
    Write.Put claim = six.claim();
    try {
      Object claimed = connection.call(
          "SET", claim.key(), claim.value().toByteArray(), "PXAT", claim.expiresAtMillis(), "NX");
      if (claimed == null) {
        return connection.call("GET", claim.key()) instanceof byte[] holder
            ? duplicate(transaction, claim.key(), Value.copyOf(holder))
            : new CommitResult.NotApplied(new StoreRefusal.Unavailable("the claim has gone"));
      }
    } catch (RespError e) {
      return new CommitResult.NotApplied(new StoreRefusal.Unavailable(e.text()));
    }
    if (multi) {
      connection.send(List.of("MULTI"));
    }
    six.commands().forEach(connection::send);
    if (multi) {
      connection.send(List.of("EXEC"));
    }
    int answers = six.commands().size() + (multi ? 2 : 0);
    for (int i = 0; i < answers; i++) {
      listen(connection);
    }
    return new CommitResult.Applied();
  }

  /** Errors are answers too. */
  private static void listen(RespClient connection) {
    try {
      connection.answer();
    } catch (RespError e) {
      // Nobody looks at the answers.
    }
  }
}
