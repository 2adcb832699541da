package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps plain commands that come late, or once more, from doing harm: where nothing like WATCH
 * binds them to the reads before them, they are bound to a key of their own.
 *
 * <p>The key is put up with the reads and taken away by the commands themselves, in their
 * transaction. It holds a list of one element. A value is removed only where the list can be copied
 * over it and emptied again: without the list the copy does nothing, and to take an element from a
 * value is an error that changes nothing. A pointer is removed like that and then set where there
 * is none. What a newer run has made of pointer and live key so stays as it is. The other commands
 * say again what they said before.
 *
 * @param key of this one transaction
 */
public record Fence(Key key) {
  /** How long it stands if nobody takes it away: longer than any request should be under way. */
  private static final long LIFETIME_MILLIS = 60_000;

  /**
   * The fence for a transaction.
   *
   * @param transaction what is to be done
   * @param id told from all other ids
   * @return the fence; empty if no command of it could do harm
   */
  public static Optional<Fence> of(Transaction transaction, String id) {
    for (Write write : transaction.writes()) {
      Write what = write instanceof Write.IfNewTop conditional ? conditional.write() : write;
      if (what instanceof Write.PointAtTop point) {
        return Optional.of(named(point.key(), id));
      } else if (what instanceof Write.Delete delete) {
        return Optional.of(named(delete.key(), id));
      }
    }
    return Optional.empty();
  }

  private static Fence named(Key near, String id) {
    return new Fence(new Key(near.name() + ":fence:" + id));
  }

  /** Puts it up. */
  List<Command> raise() {
    // Raised twice, by a request that the network repeats, it must still hold one element.
    return List.of(
        Command.of("DEL", key),
        Command.of("RPUSH", key, 1),
        Command.of("PEXPIRE", key, LIFETIME_MILLIS));
  }

  /**
   * Takes it away, so that the commands behind it come to nothing.
   *
   * @return the command
   */
  public Command lower() {
    return Command.of("DEL", key);
  }

  /** Removes a value. */
  List<Command> remove(Key value) {
    return List.of(Command.of("COPY", key, value, "REPLACE"), Command.of("LPOP", value));
  }

  /** Points at a member. */
  List<Command> point(Key pointer, Value member, long expiry) {
    List<Command> commands = new ArrayList<>(remove(pointer));
    commands.add(Command.of("SET", pointer, member, "PXAT", expiry, "NX"));
    return commands;
  }

  /** Moves the expiry of an index: only forward, unless it has to go back. */
  List<Command> expire(Key index, long expiry, long before) {
    return before > expiry
        ? List.of(Command.of("PEXPIREAT", index, expiry))
        : List.of(
            Command.of("PEXPIREAT", index, expiry, "NX"),
            Command.of("PEXPIREAT", index, expiry, "GT"));
  }
}
