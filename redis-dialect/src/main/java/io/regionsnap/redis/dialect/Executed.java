package io.regionsnap.redis.dialect;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Key;
import io.regionsnap.redis.dialect.Reply.Failure;
import io.regionsnap.redis.dialect.Said.Expected;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What came of the commands of a transaction. EXEC goes on after a command that fails, and undoes
 * nothing. Used once, by one thread.
 */
final class Executed {
  private final Set<Key> written = new LinkedHashSet<>();
  private Optional<String> failed = Optional.empty();
  private Optional<String> strange = Optional.empty();
  private boolean prepared = true;

  private Executed() {}

  static CommitResult of(List<Said> said, List<Reply> replies) {
    if (replies.size() != said.size()) {
      return new CommitResult.InDoubt("the server answered %d of the %d commands of a transaction"
          .formatted(replies.size(), said.size()));
    }
    Executed executed = new Executed();
    for (int i = 0; i < replies.size(); i++) {
      executed.take(said.get(i), replies.get(i));
    }
    return executed.result();
  }

  private void take(Said said, Reply reply) {
    boolean met = said.expected().isMetBy(reply);
    if (!met && reply instanceof Failure failure) {
      failed = failed.or(() -> Optional.of(failure.message()));
    } else if (!met) {
      strange = strange.or(() -> Optional.of(problem(said)));
    }
    prepared &= met;
    if (said.writes().isPresent()) {
      if (prepared) {
        written.add(said.writes().get());
      }
      prepared = true;
    }
  }

  private static String problem(Said said) {
    return said.expected() == Expected.FENCE_STANDS
        ? "the server did nothing because the commands came too late, or once more"
        : "the server answered %s with something else than expected"
            .formatted(said.command().name());
  }

  private CommitResult result() {
    if (strange.isPresent()) {
      return new CommitResult.InDoubt(strange.get());
    } else if (failed.isEmpty()) {
      return new CommitResult.Applied();
    }
    return written.isEmpty()
        ? ErrorReply.toRefusal(failed.get())
        : new CommitResult.Torn(List.copyOf(written), failed.get());
  }
}
