package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The largest value that a transaction puts, sent beside the script instead of through it: a plain
 * SET under a key that no reader knows, in the same flush, from where the script renames it. Lua
 * copies whatever it is given; so it is given the key.
 *
 * <p>The key is one that no other call uses, so that no call can find another's bytes there. It has
 * the hash tag of the key that it becomes, and it expires soon, whatever happens to the script.
 *
 * @param value the bytes
 * @param key where they are staged
 * @param first the write that moves them away from there; the others copy from its key
 */
@SuppressWarnings("ReferenceEquality") // The port promises that the same object travels once.
record StagedBody(Value value, Key key, Write.Put first) {
  /** Far more than a flush takes on its way, and not long to lie around. */
  private static final long LIFETIME_MILLIS = 120_000;

  private static final int LONGEST_TAG = 1024;

  /**
   * What of a transaction to stage.
   *
   * @param needs of the transaction
   * @param fromBytes the smallest size that is staged
   * @param name what no other call has
   * @return nothing if no value is large enough, or none whose key is certain to keep it
   */
  static Optional<StagedBody> of(Transaction transaction, Needs needs, int fromBytes, String name) {
    Write.Put largest = null;
    for (Write write : transaction.writes()) {
      if (write instanceof Write.Put put
          && put.value().size() >= fromBytes
          && (largest == null || put.value().size() > largest.value().size())) {
        largest = put;
      }
    }
    if (largest == null || !isPlain(largest, transaction, needs)) {
      return Optional.empty();
    }
    Write.Put put = largest;
    return tag(put.key())
        .map(tag -> new StagedBody(put.value(), new Key("stage:{" + tag + "}:" + name), put));
  }

  /** Whether no other write touches its key, and none puts its value on a condition. */
  private static boolean isPlain(Write.Put put, Transaction transaction, Needs needs) {
    for (Write write : transaction.writes()) {
      if (write instanceof Write.IfNewTop condition
          && condition.write() instanceof Write.Put conditional
          && conditional.value() == put.value()) {
        return false;
      }
    }
    return needs.writes(put.key()) == 1;
  }

  /**
   * What a cluster hashes of a key: what is between its first braces, or all of it. Nothing if that
   * cannot be put between braces itself.
   */
  private static Optional<String> tag(Key key) {
    String name = key.name();
    int open = name.indexOf('{');
    int close = name.indexOf('}', open + 1);
    String tag = open >= 0 && close > open + 1 ? name.substring(open + 1, close) : name;
    return Optional.of(tag).filter(text -> text.indexOf('}') < 0 && text.length() <= LONGEST_TAG);
  }

  /** Whether it is this value that is staged, and not one that is equal to it. */
  boolean holds(Value other) {
    return value == other;
  }

  /** Whether it is this write that takes it from where it is staged. */
  boolean isTakenBy(Write.Put write) {
    return first == write;
  }

  /**
   * Whether the write that takes it is the first, and so finds out if it is there and may be
   * renamed, as long as nothing is written.
   */
  boolean isTakenFirst(Transaction transaction) {
    return transaction.writes().get(0) == first;
  }

  /** How many writes put it. */
  int puts(Transaction transaction) {
    int puts = 0;
    for (Write write : transaction.writes()) {
      if (write instanceof Write.Put put && put.value() == value) {
        puts++;
      }
    }
    return puts;
  }

  /** Whether all that put it let it expire at the same time. */
  boolean expiresAtOnce(Transaction transaction) {
    for (Write write : transaction.writes()) {
      if (write instanceof Write.Put put
          && put.value() == value
          && put.expiresAtMillis() != first.expiresAtMillis()) {
        return false;
      }
    }
    return true;
  }

  /** Puts the SET before a call. */
  Round<ScriptAnswer> before(Round<ScriptAnswer> call) {
    List<Command> commands = new ArrayList<>();
    commands.add(Command.of("SET", key, value, "PX", LIFETIME_MILLIS));
    commands.addAll(call.commands());
    return new Round<>(commands, replies -> {
      boolean forbidden = replies.get(0) instanceof Reply.Failure failure
          && ErrorReply.isPermission(failure.message());
      return call.map(answer -> forbidden && answer instanceof ScriptAnswer.Unstaged
              ? new ScriptAnswer.Unstaged(true)
              : answer)
          .next()
          .apply(replies.subList(1, replies.size()));
    });
  }
}
