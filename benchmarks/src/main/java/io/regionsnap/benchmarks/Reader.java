package io.regionsnap.benchmarks;

import io.regionsnap.domain.Policy;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.RedisServer;

/** Who reads, and from where. */
public enum Reader {
  /** From the store in memory. */
  MEMORY("regionsnap, in memory", Guarantee.OURS) {
    @Override
    Library open(Policy policy, int roundTripMillis) {
      return new StoreLibrary(Backend.memory(), policy);
    }
  },
  /** From the embedded file. */
  EMBEDDED("regionsnap, embedded file", Guarantee.OURS) {
    @Override
    Library open(Policy policy, int roundTripMillis) {
      return new StoreLibrary(Backend.embedded(), policy);
    }
  },
  /** From Redis. */
  REDIS("regionsnap, Redis", Guarantee.OURS) {
    @Override
    Library open(Policy policy, int roundTripMillis) {
      return new StoreLibrary(Backend.redis(), policy);
    }
  },
  /** From Redis with Lettuce by hand. */
  LETTUCE("Lettuce: GETs in one flush", Guarantee.WEAKER) {
    @Override
    Library open(Policy policy, int roundTripMillis) {
      RedisServer server = RedisServer.start();
      return new LettuceLibrary(server, policy);
    }
  },
  /** Over REST. */
  UPSTASH("regionsnap over REST", Guarantee.OURS) {
    @Override
    Library open(Policy policy, int roundTripMillis) {
      return new StoreLibrary(Backend.upstash(CommitMode.SCRIPT, roundTripMillis), policy);
    }
  },
  /** Over REST, as it was. */
  OLD_REST("old, over REST: two GETs a region", Guarantee.WEAKER) {
    @Override
    Library open(Policy policy, int roundTripMillis) {
      return new OldLibrary(Backend.Rest.start(roundTripMillis), policy);
    }
  };

  private final String label;
  private final Guarantee guarantee;

  Reader(String label, Guarantee guarantee) {
    this.label = label;
    this.guarantee = guarantee;
  }

  /** Opens an empty store to fill and to read. */
  abstract Library open(Policy policy, int roundTripMillis);

  String label() {
    return label;
  }

  Guarantee guarantee() {
    return guarantee;
  }
}
