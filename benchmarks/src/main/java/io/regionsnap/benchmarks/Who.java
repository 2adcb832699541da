package io.regionsnap.benchmarks;

import io.regionsnap.domain.Policy;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.redis.dialect.CommitMode;

/** Who persists, where, and what that promises. */
public enum Who {
  /** One script call. */
  SCRIPT("regionsnap, script", Guarantee.OURS) {
    @Override
    Ground open(Policy policy, int roundTripMillis) {
      return redis(policy, roundTripMillis, CommitMode.SCRIPT);
    }
  },
  /** WATCH and MULTI/EXEC. */
  MULTI_EXEC("regionsnap, multi-exec", Guarantee.OURS) {
    @Override
    Ground open(Policy policy, int roundTripMillis) {
      return redis(policy, roundTripMillis, CommitMode.MULTI_EXEC);
    }
  },
  /** Lettuce by hand, all guards. */
  LETTUCE_WATCH("Lettuce: WATCH, reads, MULTI/EXEC", Guarantee.SAME) {
    @Override
    Ground open(Policy policy, int roundTripMillis) {
      return new RedisGround(
          roundTripMillis, port -> new LettuceContender(port, Terms.of(policy), true));
    }
  },
  /** Jedis by hand, all guards. */
  JEDIS_WATCH("Jedis: WATCH, reads, MULTI/EXEC", Guarantee.SAME) {
    @Override
    Ground open(Policy policy, int roundTripMillis) {
      return new RedisGround(
          roundTripMillis, port -> new JedisContender(port, Terms.of(policy), true));
    }
  },
  /** Lettuce by hand, no guards. */
  LETTUCE_MULTI("Lettuce: MULTI/EXEC", Guarantee.WEAKER) {
    @Override
    Ground open(Policy policy, int roundTripMillis) {
      return new RedisGround(
          roundTripMillis, port -> new LettuceContender(port, Terms.of(policy), false));
    }
  },
  /** Jedis by hand, no guards. */
  JEDIS_MULTI("Jedis: transaction", Guarantee.WEAKER) {
    @Override
    Ground open(Policy policy, int roundTripMillis) {
      return new RedisGround(
          roundTripMillis, port -> new JedisContender(port, Terms.of(policy), false));
    }
  },
  /** Redisson's atomic batch. */
  REDISSON("Redisson: atomic batch", Guarantee.WEAKER) {
    @Override
    Ground open(Policy policy, int roundTripMillis) {
      return new RedisGround(
          roundTripMillis, port -> new RedissonContender(port, Terms.of(policy)));
    }
  },
  /** What regionsnap replaces. */
  OLD_PIPELINE("old: claim, then a pipeline", Guarantee.WEAKER) {
    @Override
    Ground open(Policy policy, int roundTripMillis) {
      return new RedisGround(
          roundTripMillis, port -> new OldPipelineContender(port, Terms.of(policy)));
    }
  },
  /** A bare socket, the body through the script. */
  FLOOR_INLINE("bare socket, leanest script", Guarantee.FLOOR) {
    @Override
    Ground open(Policy policy, int roundTripMillis) {
      return new RedisGround(
          roundTripMillis, port -> new FloorContender(port, Terms.of(policy), false));
    }
  },
  /** A bare socket, the body beside the script. */
  FLOOR_STAGED("bare socket, leanest script, body staged", Guarantee.FLOOR) {
    @Override
    Ground open(Policy policy, int roundTripMillis) {
      return new RedisGround(
          roundTripMillis, port -> new FloorContender(port, Terms.of(policy), true));
    }
  },
  /** The store in memory. */
  MEMORY("regionsnap, in memory", Guarantee.OURS) {
    @Override
    Ground open(Policy policy, int roundTripMillis) {
      return store(policy, Backend.memory());
    }
  },
  /** The embedded file. */
  EMBEDDED("regionsnap, embedded file", Guarantee.OURS) {
    @Override
    Ground open(Policy policy, int roundTripMillis) {
      return store(policy, Backend.embedded());
    }
  },
  /** Over REST, by scripts. */
  UPSTASH("regionsnap over REST, script", Guarantee.OURS) {
    @Override
    Ground open(Policy policy, int roundTripMillis) {
      return rest(policy, Backend.Rest.start(roundTripMillis), CommitMode.SCRIPT);
    }
  },
  /** Over REST, by plain commands. */
  UPSTASH_PLAIN("regionsnap over REST, multi-exec", Guarantee.OURS) {
    @Override
    Ground open(Policy policy, int roundTripMillis) {
      return rest(policy, Backend.Rest.start(roundTripMillis), CommitMode.MULTI_EXEC);
    }
  },
  /** What regionsnap replaces, over REST. */
  OLD_REST("old, over REST: claim, then a pipeline", Guarantee.WEAKER) {
    @Override
    Ground open(Policy policy, int roundTripMillis) {
      Backend.Rest rest = Backend.Rest.start(roundTripMillis);
      return new StoreGround(
          rest.store(CommitMode.SCRIPT),
          new OldRestContender(rest.server().url(), rest.server().token(), Terms.of(policy)),
          rest::sent,
          rest::close);
    }
  };

  private final String label;
  private final Guarantee guarantee;

  Who(String label, Guarantee guarantee) {
    this.label = label;
    this.guarantee = guarantee;
  }

  /**
   * Starts everything that is needed.
   *
   * @param policy how long things are kept
   * @param roundTripMillis what every answer of a server takes longer
   */
  abstract Ground open(Policy policy, int roundTripMillis);

  String label() {
    return label;
  }

  Guarantee guarantee() {
    return guarantee;
  }

  private static Ground redis(Policy policy, int roundTripMillis, CommitMode mode) {
    return new RedisGround(
        roundTripMillis, port -> new StoreContender(Backend.redis(port, mode), policy));
  }

  private static Ground store(Policy policy, Backend backend) {
    return new StoreGround(
        backend.store(),
        new StoreContender(backend.store(), policy),
        () -> Ground.Sent.NOTHING,
        backend.closing());
  }

  private static Ground rest(Policy policy, Backend.Rest rest, CommitMode mode) {
    TransactionalStore store = rest.store(mode);
    return new StoreGround(store, new StoreContender(store, policy), rest::sent, rest::close);
  }
}
