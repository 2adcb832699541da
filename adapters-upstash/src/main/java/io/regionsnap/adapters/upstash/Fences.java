package io.regionsnap.adapters.upstash;

import io.regionsnap.ports.Transaction;
import io.regionsnap.redis.dialect.Command;
import io.regionsnap.redis.dialect.Fence;
import io.regionsnap.redis.dialect.Reply;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The fences of a store that may stand although nothing more is to come of their commands. They are
 * taken away with the next reads, in the same instant: what a request that has lost its answer did,
 * these reads see, and what it has not done by then it will not do. Not thread-safe.
 */
final class Fences {
  private final SecureRandom random = new SecureRandom();
  private final Set<Fence> abandoned = new LinkedHashSet<>();

  /** A new one, not yet put up. */
  Fence make(Transaction transaction) {
    return Fence.of(transaction, Long.toString(random.nextLong() >>> 1, Character.MAX_RADIX));
  }

  /** Nothing more is to come of its commands. */
  void abandon(Fence fence) {
    abandoned.add(fence);
  }

  /** Those that are to be taken away now. */
  List<Fence> abandoned() {
    return List.copyOf(abandoned);
  }

  static List<Command> lower(Collection<Fence> fences) {
    return fences.stream().map(Fence::lower).toList();
  }

  /** Takes note of the answers to {@link #lower}. */
  void lowered(List<Fence> fences, List<Reply> replies) {
    if (replies.stream().noneMatch(Reply.Failure.class::isInstance)) {
      abandoned.removeAll(Set.copyOf(fences));
    }
  }
}
