package io.regionsnap.adapters.inmemory;

import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;

/**
 * Where a piece of content lies: the key of the one ordered map that a store is made of.
 *
 * <pre>
 * table    number     score   name      content
 * HEADER   0          0       ""        Header
 * KEY      0          0       key       SmallValue, LargeValue or Index
 * EXPIRY   expiry ms  0       key       Mark
 * MEMBER   index no.  0       member    Score
 * SCORE    index no.  score   member    Mark
 * USES     body no.   0       ""        Uses
 * BODY     body no.   0       ""        Body
 * </pre>
 *
 * <p>Keys and members are never empty, so a place with an empty name stands just before all others
 * of its number and score, and serves as a bound of either end.
 */
record Place(Table table, long number, long score, String name) implements Comparable<Place> {
  static final Place HEADER = new Place(Table.HEADER, 0, 0, "");

  /** The tables; their order is part of the stored format. */
  enum Table {
    HEADER(0),
    KEY(1),
    EXPIRY(2),
    MEMBER(3),
    SCORE(4),
    USES(5),
    BODY(6);

    private static final Table[] BY_CODE = values();

    /** What stands for the table in a file. */
    final int code;

    Table(int code) {
      this.code = code;
    }

    static Table of(int code) {
      if (code < 0 || code >= BY_CODE.length) {
        throw new Damage("no table has the code " + code);
      }
      return BY_CODE[code];
    }
  }

  static Place key(String name) {
    return new Place(Table.KEY, 0, 0, name);
  }

  static Place expiry(long expiresAtMillis, Key key) {
    return new Place(Table.EXPIRY, expiresAtMillis, 0, key.name());
  }

  /** Before every expiry. */
  static Place firstExpiry() {
    return new Place(Table.EXPIRY, Long.MIN_VALUE, 0, "");
  }

  static Place member(long index, String member) {
    return new Place(Table.MEMBER, index, 0, member);
  }

  static Place score(long index, IndexEntry entry) {
    return new Place(Table.SCORE, index, entry.score(), entry.member());
  }

  /** Before every entry of the index with this score or a higher one, after every lower one. */
  static Place scoreBound(long index, long score) {
    return new Place(Table.SCORE, index, score, "");
  }

  static Place uses(long body) {
    return new Place(Table.USES, body, 0, "");
  }

  static Place body(long body) {
    return new Place(Table.BODY, body, 0, "");
  }

  @Override
  public int compareTo(Place other) {
    // Not by a Comparator: its lambdas are not archived, so each start of the command line makes
    // them.
    int byTable = table.compareTo(other.table);
    int byNumber = byTable != 0 ? byTable : Long.compare(number, other.number);
    int byScore = byNumber != 0 ? byNumber : Long.compare(score, other.score);
    return byScore != 0 ? byScore : name.compareTo(other.name);
  }
}
