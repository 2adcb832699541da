package io.regionsnap.adapters.redis;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Command;
import io.regionsnap.redis.dialect.Reply;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Waits until enough replicas have confirmed what a connection wrote. WAIT counts and never undoes,
 * and knows only what its own connection wrote.
 */
final class Durability {
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RedisOptions options;

  Durability(RedisOptions options) {
    this.options = options;
  }

  /** Waits on the lines that were used, if anything was applied; tells of a shortfall. */
  void await(Collection<Line> used, CommitResult[] results) {
    if (options.durableReplicas() == 0
        || used.isEmpty()
        || Arrays.stream(results).noneMatch(CommitResult.Applied.class::isInstance)) {
      return;
    }
    Map<Line, List<WireCommand>> sent = new LinkedHashMap<>();
    used.forEach(line -> sent.put(line, line.send(List.of(command()))));
    long deadline = System.nanoTime() + options.timeout().toNanos() + GRACE_NANOS;
    int fewest = Integer.MAX_VALUE;
    for (Map.Entry<Line, List<WireCommand>> each : sent.entrySet()) {
      Answer answer = each.getKey().await(each.getValue(), deadline).get(0);
      fewest = Math.min(fewest, confirmed(answer));
    }
    int confirmed = fewest;
    if (confirmed < options.durableReplicas()) {
      tell(() -> options.listener().fewerReplicas(options.durableReplicas(), confirmed));
    }
  }

  private Command command() {
    return new Command(
        "WAIT",
        List.of(
            Value.utf8(Integer.toString(options.durableReplicas())),
            Value.utf8(Long.toString(options.timeout().toMillis()))));
  }

  private static int confirmed(Answer answer) {
    return answer instanceof Answer.Replied replied
            && replied.reply() instanceof Reply.Whole replicas
        ? (int) replicas.number()
        : -1;
  }

  /** A listener's failure is its own: the commit's result stays what it is. */
  static void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(RedisStore.class).warn("a listener failed", e);
    }
  }
}
