package io.regionsnap.redis.dialect;

/** The contract by plain commands, watched, and bound to a fence as well. */
final class FencedContractTest extends DialectContract {
  FencedContractTest() {
    super(DialectStore.Way.FENCED);
  }
}
