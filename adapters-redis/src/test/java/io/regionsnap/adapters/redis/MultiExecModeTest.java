package io.regionsnap.adapters.redis;

/** The contract by WATCH and MULTI/EXEC, on one server. */
final class MultiExecModeTest extends StandaloneContract {
  MultiExecModeTest() {
    super(CommitMode.MULTI_EXEC);
  }
}
