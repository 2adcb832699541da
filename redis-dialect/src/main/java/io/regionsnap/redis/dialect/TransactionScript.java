package io.regionsnap.redis.dialect;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Observation;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Reply.Failure;
import io.regionsnap.redis.dialect.ScriptProgram.PermissionCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A transaction as one call of a script that is made for its shape: one round trip, all or nothing.
 *
 * <p>The script checks the kind of every key and every guard before its first write, because Redis
 * keeps what a failing script wrote. Every key is declared. Values that are the same object travel
 * once.
 *
 * <p><b>Permissions.</b> A user who may run scripts but lacks, say, ZADD would be told in the
 * middle. Redis 7.0 and later can be asked by the script itself, before its first write; others are
 * asked by a {@link PermissionProbe}. Should it happen nevertheless, the answer is
 * {@link CommitResult.Torn} with every key that it writes.
 */
public final class TransactionScript {
  private final TransactionScripts.Found found;
  private final List<Key> keys;
  private final List<Value> arguments;
  private final Transaction transaction;
  private final Optional<StagedBody> staged;

  private TransactionScript(
      Transaction transaction, Needs needs, PermissionCheck check, Optional<StagedBody> staged) {
    ScriptProgram program = new ScriptProgram(transaction, needs, check, staged);
    this.found = TransactionScripts.of(program);
    this.keys = program.keys();
    this.arguments = program.arguments();
    this.transaction = transaction;
    this.staged = staged;
  }

  /**
   * Writes a transaction down.
   *
   * @param transaction what to do
   * @param checkPermissions whether to ask first if every command that writes is permitted, where
   *     the server can say
   * @return the call
   */
  public static TransactionScript of(Transaction transaction, boolean checkPermissions) {
    return new TransactionScript(
        transaction,
        Needs.of(transaction),
        checkPermissions ? PermissionCheck.WHERE_POSSIBLE : PermissionCheck.NONE,
        Optional.empty());
  }

  /**
   * Writes a transaction down to be executed only where every command that writes is known to be
   * permitted. A server that cannot say so answers {@link ScriptAnswer.Unchecked}.
   *
   * @param transaction what to do
   * @return the call
   */
  public static TransactionScript insisting(Transaction transaction) {
    return new TransactionScript(
        transaction, Needs.of(transaction), PermissionCheck.INSISTING, Optional.empty());
  }

  /**
   * The same, with the largest value sent beside the script, under a key of its own that expires
   * soon, if it is large enough. Should it not be there when the script runs, or this user not be
   * permitted what that takes, the answer is {@link ScriptAnswer.Unstaged}. Whatever the script
   * answers, that key is gone then.
   *
   * @param transaction what to do
   * @param fromBytes the smallest size of a value to be sent so
   * @param name what no other call uses, of which the key is made
   * @return the call
   */
  public static TransactionScript staging(Transaction transaction, int fromBytes, String name) {
    Needs needs = Needs.of(transaction);
    return new TransactionScript(
        transaction,
        needs,
        PermissionCheck.INSISTING,
        StagedBody.of(transaction, needs, fromBytes, name));
  }

  /**
   * EVALSHA, followed by EVAL only if the server does not know the script. The first transaction of
   * its shape has its text run by another script, so that no server keeps what may never come
   * again.
   *
   * @return the first round
   */
  public Round<ScriptAnswer> firstRound() {
    Round<ScriptAnswer> call = callRound();
    return staged.map(body -> body.before(call)).orElse(call);
  }

  private Round<ScriptAnswer> callRound() {
    if (found.recurs()) {
      return found.script().round(keys, arguments, reply -> new Round.Done<>(decode(reply)));
    }
    List<Value> withText = new ArrayList<>(arguments);
    withText.add(found.script().text());
    return TransactionScripts.ONCE.round(keys, withText, reply -> new Round.Done<>(decode(reply)));
  }

  /**
   * The call with the script's text, which every server understands at once.
   *
   * @return the command
   */
  public Command eval() {
    return found.script().eval(keys, arguments);
  }

  /**
   * The call by the script's SHA-1, for a server that was sent its text before.
   *
   * @return the command
   */
  public Command evalsha() {
    return found.script().evalsha(keys, arguments);
  }

  /**
   * Every key of the call, which all have to be served together.
   *
   * @return the keys of the transaction, and the one that bytes are staged under
   */
  public List<Key> keys() {
    return keys;
  }

  /**
   * What the server knows the script by.
   *
   * @return its SHA-1, in hexadecimal digits
   */
  public Value sha1() {
    return found.script().sha1();
  }

  /**
   * What a reply to the call means.
   *
   * @param reply the answer to {@link #eval} or {@link #evalsha}
   * @return what came of the transaction
   * @throws UnexpectedReplyException if the script cannot have answered that: in doubt
   */
  public ScriptAnswer decode(Reply reply) {
    ScriptAnswer answer = answer(reply);
    return staged.isPresent() && isForbidden(answer) ? new ScriptAnswer.Unstaged(true) : answer;
  }

  private static boolean isForbidden(ScriptAnswer answer) {
    return answer instanceof ScriptAnswer.Decided decided
        && decided.result() instanceof CommitResult.NotApplied notApplied
        && notApplied.reason() instanceof StoreRefusal.Rejected rejected
        && ErrorReply.isPermission(rejected.message());
  }

  private ScriptAnswer answer(Reply reply) {
    if (reply instanceof Failure failure) {
      return ErrorReply.of(failure.message()) == ErrorReply.SCRIPTS_REFUSED
          ? new ScriptAnswer.Refused(failure.message())
          : new ScriptAnswer.Decided(ErrorReply.toResult(failure.message()));
    }
    List<Reply> parts = Replies.elements(reply);
    String word = parts.isEmpty() ? "" : Replies.text(parts.get(0));
    if (word.equals("unchecked")) {
      return new ScriptAnswer.Unchecked();
    } else if (word.equals("unstaged") && staged.isPresent()) {
      return new ScriptAnswer.Unstaged(false);
    }
    return new ScriptAnswer.Decided(
        switch (word) {
          case "applied" -> new CommitResult.Applied();
          case "guard" -> guardFailed(reply, parts);
          case "kind" -> wrongKind(reply);
          case "refused" ->
            ErrorReply.toRefusal(Replies.text(Replies.elements(reply, 2).get(1)));
          case "torn" ->
            new CommitResult.Torn(
                transaction.writtenKeys(),
                Replies.text(Replies.elements(reply, 2).get(1)));
          default -> throw new UnexpectedReplyException("an answer of the script", reply);
        });
  }

  private static CommitResult guardFailed(Reply reply, List<Reply> parts) {
    if (parts.size() < 3) {
      throw new UnexpectedReplyException("an observation", reply);
    }
    Observation observed = switch (Replies.text(parts.get(2))) {
      case "nothing" -> new Observation.Nothing();
      case "held" -> {
        List<Reply> all = Replies.elements(reply, 5);
        yield new Observation.Held(Replies.bytes(all.get(3)), Replies.number(all.get(4)));
      }
      case "entry" -> {
        List<Reply> all = Replies.elements(reply, 5);
        yield new Observation.Entry(
            new IndexEntry(Replies.text(all.get(3)), Replies.number(all.get(4))));
      }
      case "clock" ->
        new Observation.Clock(Replies.number(Replies.elements(reply, 4).get(3)));
      default -> throw new UnexpectedReplyException("an observation", reply);
    };
    return new CommitResult.GuardFailed((int) Replies.number(parts.get(1)), observed);
  }

  private CommitResult wrongKind(Reply reply) {
    List<Reply> parts = Replies.elements(reply, 3);
    long place = Replies.number(parts.get(1));
    if (place < 0 || place >= keys.size()) {
      throw new UnexpectedReplyException("the place of a key", reply);
    }
    return new CommitResult.NotApplied(new StoreRefusal.WrongKind(
        keys.get((int) place), Replies.kind(parts.get(2)).orElse(Kind.OTHER)));
  }
}
