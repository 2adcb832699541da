package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Transaction;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps plain commands that come late, or once more, from doing anything: where nothing like WATCH
 * binds them to the reads before them, they are bound to a key of their own.
 *
 * <p>The key is put up with the reads and taken away by the commands themselves, in their
 * transaction, all of which comes to nothing where it is gone ({@link FencedWording}). Commands
 * whose answer was lost are cut off by taking their fence away together with the next reads: these
 * see what the commands did, or the commands will do nothing. Whatever is forgotten is gone after a
 * minute.
 *
 * <p>Reads and commands are two requests. Should the network repeat both, one after the other and
 * in this order, the second reads put the fence up for the second commands: that is not kept out.
 *
 * @param key of this one transaction
 * @param id told from those of all other fences
 */
public record Fence(Key key, String id) {
  /** How long it stands if nobody takes it away: longer than any request should be under way. */
  static final long LIFETIME_MILLIS = 60_000;

  /** The one member of the sorted set that it is. */
  static final String MEMBER = "go";

  /**
   * The fence for a transaction.
   *
   * @param transaction what is to be done
   * @param id told from all other ids
   * @return the fence; its key shares the slot of the transaction's keys, if these share one
   */
  public static Fence of(Transaction transaction, String id) {
    // It is named often, and what begins like a key of the transaction needs no other permission.
    String shortest = transaction.writtenKeys().stream()
        .map(Key::name)
        .min(Comparator.comparing(String::length))
        .orElseThrow();
    return new Fence(new Key(shortest + ":fence:" + id), id);
  }

  /** A key for what the commands prepare. */
  Key scratch(String name) {
    return new Key(key + ":" + name);
  }

  /** Puts it up; again and again makes no difference. */
  List<Command> raise() {
    return List.of(Command.of("ZADD", key, 0, MEMBER), Command.of("PEXPIRE", key, LIFETIME_MILLIS));
  }

  /**
   * Takes it away, so that the commands behind it come to nothing.
   *
   * @return the command
   */
  public Command lower() {
    return Command.of("DEL", key);
  }
}
