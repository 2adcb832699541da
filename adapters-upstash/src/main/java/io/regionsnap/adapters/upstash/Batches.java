package io.regionsnap.adapters.upstash;

import io.regionsnap.ports.StoreRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Puts into each request as much as it may hold, in order. */
final class Batches {
  private Batches() {}

  /** Says that something that must go in one request is too large for it. */
  static final class TooLargeException extends Exception {
    private static final long serialVersionUID = 1;

    TooLargeException(long bytes, int maxRequestBytes) {
      super("%d bytes would have to go in one request, and its limit is %d bytes"
          .formatted(bytes, maxRequestBytes));
    }
  }

  /** What was not sent because it cannot be. */
  static Answer.Refused unsendable(Exception e) {
    return new Answer.Refused(new StoreRefusal.Rejected(String.valueOf(e.getMessage())));
  }

  /** The bytes of commands with a comma each. */
  static long bytes(List<JsonCommand> commands) {
    return commands.stream().mapToLong(command -> command.size() + 1).sum();
  }

  /** Refuses what is too large to be sent even alone. */
  static void requireSendable(long bytes, int maxRequestBytes) throws TooLargeException {
    long all = bytes + Rest.overhead();
    if (all > maxRequestBytes) {
      throw new TooLargeException(all, maxRequestBytes);
    }
  }

  /**
   * Splits a list where the bytes of its elements come to too much.
   *
   * @param bytes the size of an element, never more than the limit
   */
  static <T> List<List<T>> split(List<T> all, ToLongFunction<T> bytes, long limit) {
    List<List<T>> batches = new ArrayList<>();
    long used = 0;
    for (T each : all) {
      long size = bytes.applyAsLong(each);
      if (batches.isEmpty() || used + size > limit) {
        batches.add(new ArrayList<>());
        used = 0;
      }
      batches.get(batches.size() - 1).add(each);
      used += size;
    }
    return batches;
  }
}
