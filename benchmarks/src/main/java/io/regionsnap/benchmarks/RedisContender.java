package io.regionsnap.benchmarks;

import io.regionsnap.adapters.redis.RedisOptions;
import io.regionsnap.adapters.redis.RedisStore;
import io.regionsnap.domain.Policy;
import io.regionsnap.redis.dialect.CommitMode;

/** Who is measured on a Redis server. */
public enum RedisContender {
  /** regionsnap, one script call. */
  SCRIPT("regionsnap, script", Guarantee.OURS) {
    @Override
    Contender open(int port, Policy policy) {
      return store(port, policy, CommitMode.SCRIPT);
    }
  },
  /** regionsnap, WATCH and MULTI/EXEC. */
  MULTI_EXEC("regionsnap, multi-exec", Guarantee.OURS) {
    @Override
    Contender open(int port, Policy policy) {
      return store(port, policy, CommitMode.MULTI_EXEC);
    }
  },
  /** Lettuce by hand, all guards. */
  LETTUCE_WATCH("Lettuce: WATCH, reads, MULTI/EXEC", Guarantee.SAME) {
    @Override
    Contender open(int port, Policy policy) {
      return new LettuceContender(port, Terms.of(policy), true);
    }
  },
  /** Lettuce by hand, no guards. */
  LETTUCE_MULTI("Lettuce: MULTI/EXEC", Guarantee.WEAKER) {
    @Override
    Contender open(int port, Policy policy) {
      return new LettuceContender(port, Terms.of(policy), false);
    }
  },
  /** A bare socket, the body through the script. */
  FLOOR_INLINE("bare socket, leanest script", Guarantee.FLOOR) {
    @Override
    Contender open(int port, Policy policy) {
      return new FloorContender(port, Terms.of(policy), false);
    }
  },
  /** A bare socket, the body beside the script. */
  FLOOR_STAGED("bare socket, leanest script, body staged", Guarantee.FLOOR) {
    @Override
    Contender open(int port, Policy policy) {
      return new FloorContender(port, Terms.of(policy), true);
    }
  };

  private final String label;
  private final Guarantee guarantee;

  RedisContender(String label, Guarantee guarantee) {
    this.label = label;
    this.guarantee = guarantee;
  }

  /** Begins to persist on the server at a port of this machine. */
  abstract Contender open(int port, Policy policy);

  String label() {
    return label;
  }

  Guarantee guarantee() {
    return guarantee;
  }

  private static Contender store(int port, Policy policy, CommitMode mode) {
    return new StoreContender(
        RedisStore.open("redis://127.0.0.1:" + port, RedisOptions.defaults().withMode(mode)),
        policy);
  }
}
