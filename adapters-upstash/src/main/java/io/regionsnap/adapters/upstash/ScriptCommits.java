package io.regionsnap.adapters.upstash;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.ErrorReply;
import io.regionsnap.redis.dialect.Reply;
import io.regionsnap.redis.dialect.ScriptAnswer;
import io.regionsnap.redis.dialect.ScriptAnswer.Decided;
import io.regionsnap.redis.dialect.TransactionScript;
import io.regionsnap.redis.dialect.UnexpectedReplyException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Commits by script: a batch in one {@code /multi-exec}, a script call for each transaction. Only
 * the first call of each script in a request carries its text, which makes the script known to the
 * server that runs the others in the same instant; transactions of one shape are one script. Should
 * a server not keep scripts, it says so of each call (NOSCRIPT), has run none of those, and is sent
 * the text with every call from then on. Thread-safe.
 */
final class ScriptCommits {
  private final Rest rest;
  private final int maxRequestBytes;
  private final AtomicBoolean alwaysText = new AtomicBoolean();

  ScriptCommits(Rest rest, UpstashOptions options) {
    this.rest = rest;
    this.maxRequestBytes = options.maxRequestBytes();
  }

  /** A transaction that is to be sent, and where its answer belongs. */
  private record Call(int place, TransactionScript script, JsonCommand.Call json) {
    int bytes() {
      return json.byText().size() + 1;
    }
  }

  /** Commits transactions; one answer each, in order. */
  List<ScriptAnswer> commit(List<Transaction> transactions) {
    ScriptAnswer[] answers = new ScriptAnswer[transactions.size()];
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      TransactionScript script = TransactionScript.of(transactions.get(i), true);
      try {
        Call call = new Call(i, script, JsonCommand.call(script.eval(), script.evalsha()));
        Batches.requireSendable(call.bytes(), maxRequestBytes);
        calls.add(call);
      } catch (JsonCommand.NotTextException | Batches.TooLargeException e) {
        answers[i] = new Decided(Answer.toResult(Batches.unsendable(e)));
      }
    }
    List<Call> unknown = send(calls, answers);
    if (!unknown.isEmpty()) {
      alwaysText.set(true);
      send(unknown, answers);
    }
    return List.of(answers);
  }

  /** Sends calls; returns those whose script the server did not know, or would not run by hash. */
  private List<Call> send(List<Call> calls, ScriptAnswer[] answers) {
    boolean text = alwaysText.get();
    List<Call> unknown = new ArrayList<>();
    List<List<Call>> batches =
        Batches.split(calls, call -> call.bytes(), maxRequestBytes - Rest.overhead());
    for (int i = 0; i < batches.size(); i++) {
      List<Call> batch = batches.get(i);
      Answer answer = rest.post(Rest.MULTI_EXEC, json(batch, text));
      if (answer instanceof Answer.Replied replied) {
        decode(batch, replied.replies(), answers, text ? new ArrayList<>() : unknown);
      } else if (answer instanceof Answer.Discarded discarded) {
        boolean mayBeTheHash = !text
            && batch.size() > 1
            && ErrorReply.of(discarded.message()) == ErrorReply.SCRIPTS_REFUSED;
        batch.forEach(call -> answers[call.place()] = discarded(discarded));
        if (mayBeTheHash) {
          unknown.addAll(batch);
        }
      } else {
        batch.forEach(call -> answers[call.place()] = new Decided(Answer.toResult(answer)));
        batches
            .subList(i + 1, batches.size())
            .forEach(later -> later.forEach(
                call -> answers[call.place()] = new Decided(Answer.toUnsent(answer))));
        break;
      }
    }
    return unknown;
  }

  private static List<JsonCommand> json(List<Call> batch, boolean text) {
    List<JsonCommand> commands = new ArrayList<>(batch.size());
    Set<Value> known = new HashSet<>();
    for (Call call : batch) {
      boolean first = known.add(call.script().sha1());
      commands.add(text || first ? call.json().byText() : call.json().byHash());
    }
    return commands;
  }

  private static ScriptAnswer discarded(Answer.Discarded discarded) {
    return ErrorReply.of(discarded.message()) == ErrorReply.SCRIPTS_REFUSED
        ? new ScriptAnswer.Refused(discarded.message())
        : new Decided(Answer.toResult(discarded));
  }

  private static void decode(
      List<Call> batch, List<Reply> replies, ScriptAnswer[] answers, List<Call> unknown) {
    for (int i = 0; i < batch.size(); i++) {
      Call call = batch.get(i);
      answers[call.place()] = decode(call, replies.get(i));
      if (replies.get(i) instanceof Reply.Failure failure
          && ErrorReply.of(failure.message()) == ErrorReply.SCRIPT_UNKNOWN) {
        unknown.add(call);
      }
    }
  }

  private static ScriptAnswer decode(Call call, Reply reply) {
    try {
      return call.script().decode(reply);
    } catch (UnexpectedReplyException e) {
      return new Decided(new CommitResult.InDoubt(String.valueOf(e.getMessage())));
    }
  }
}
