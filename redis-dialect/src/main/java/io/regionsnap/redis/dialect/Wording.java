package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import java.util.List;

/**
 * How single writes are put into commands, in the order in which they are made. What they depend on
 * has been worked out before. Used once, by one thread.
 */
interface Wording {

  /** Puts bytes under a key. */
  void put(Key key, Value value, long expiresAtMillis);

  /** Adds a member to an index, or moves it. */
  void add(Key index, long score, Value member);

  /** Removes the members of an index below a score, which is not above that of its top. */
  void trim(Key index, String lowest);

  /**
   * Removes a member of an index.
   *
   * @param leavesNothing whether it is known to be the last
   */
  void remove(Key index, Value member, boolean leavesNothing);

  /** Says when an index that is not empty expires. */
  void expire(Key index, long expiresAtMillis);

  /** Deletes a key, if it exists. */
  void delete(Key key);

  /** Moves what is under a key, whatever it is, under another. */
  void move(Key from, Key to, long expiresAtMillis);

  /** The commands; nothing can be added any more. */
  List<Said> said();
}
