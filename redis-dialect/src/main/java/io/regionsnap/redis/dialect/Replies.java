package io.regionsnap.redis.dialect;

import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Reply.Bulk;
import io.regionsnap.redis.dialect.Reply.Failure;
import io.regionsnap.redis.dialect.Reply.Many;
import io.regionsnap.redis.dialect.Reply.Nil;
import io.regionsnap.redis.dialect.Reply.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads replies strictly: any shape but the one expected is an exception. */
final class Replies {
  private Replies() {}

  static Value bytes(Reply reply) {
    if (reply instanceof Bulk bulk) {
      return bulk.bytes();
    }
    throw new UnexpectedReplyException("bytes", reply);
  }

  static Optional<Value> bytesOrNil(Reply reply) {
    return reply instanceof Nil ? Optional.empty() : Optional.of(bytes(reply));
  }

  /** The text of bytes or of a status: servers differ in which of the two they use. */
  static String text(Reply reply) {
    return reply instanceof Status status ? status.text() : bytes(reply).asUtf8();
  }

  static long number(Reply reply) {
    if (reply instanceof Reply.Whole whole) {
      return whole.number();
    }
    try {
      return Long.parseLong(text(reply));
    } catch (NumberFormatException e) {
      throw new UnexpectedReplyException("a whole number", reply);
    }
  }

  static List<Reply> elements(Reply reply) {
    if (reply instanceof Many many) {
      return many.elements();
    }
    throw new UnexpectedReplyException("an array", reply);
  }

  static List<Reply> elements(Reply reply, int count) {
    List<Reply> elements = elements(reply);
    if (elements.size() != count) {
      throw new UnexpectedReplyException("an array of " + count, reply);
    }
    return elements;
  }

  /** What TYPE says; empty if the key does not exist. */
  static Optional<Kind> kind(Reply reply) {
    return switch (text(reply)) {
      case "none" -> Optional.empty();
      case "string" -> Optional.of(Kind.VALUE);
      case "zset" -> Optional.of(Kind.INDEX);
      default -> Optional.of(Kind.OTHER);
    };
  }

  /** Whether TYPE says that a key holds a value or an index. */
  static boolean isValueOrIndex(Reply reply) {
    return !(reply instanceof Failure)
        && kind(reply).filter(kind -> kind != Kind.OTHER).isPresent();
  }

  /** What TIME says, in milliseconds. */
  static long clock(Reply reply) {
    List<Reply> parts = elements(reply, 2);
    return number(parts.get(0)) * 1000 + number(parts.get(1)) / 1000;
  }

  static double score(Reply reply) {
    String text = text(reply);
    try {
      return switch (text) {
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(text);
      };
    } catch (NumberFormatException e) {
      throw new UnexpectedReplyException("a score", reply);
    }
  }

  /**
   * The nearest score that the port has a word for: whole, below and within the limits. Only
   * somebody else could have written another.
   */
  static long whole(double score) {
    double limit = IndexEntry.MAX_SCORE;
    return (long) Math.max(-limit, Math.min(limit, Math.floor(score)));
  }

  /** Members and scores in turn, as WITHSCORES gives them. */
  static List<Ranked> ranked(Reply reply) {
    List<Reply> flat = elements(reply);
    if (flat.size() % 2 != 0) {
      throw new UnexpectedReplyException("members with scores", reply);
    }
    List<Ranked> ranked = new ArrayList<>(flat.size() / 2);
    for (int i = 0; i < flat.size(); i += 2) {
      ranked.add(new Ranked(bytes(flat.get(i)), score(flat.get(i + 1))));
    }
    return ranked;
  }

  static boolean isWrongType(Reply reply) {
    return reply instanceof Failure failure && failure.isWrongType();
  }
}
