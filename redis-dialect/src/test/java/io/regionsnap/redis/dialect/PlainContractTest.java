package io.regionsnap.redis.dialect;

/** The contract by plain commands, watched. */
final class PlainContractTest extends DialectContract {
  PlainContractTest() {
    super(DialectStore.Way.PLAIN);
  }
}
