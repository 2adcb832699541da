package io.regionsnap.redis.dialect;

/** The contract by scripts. */
final class ScriptContractTest extends DialectContract {
  ScriptContractTest() {
    super(DialectStore.Way.SCRIPT);
  }
}
