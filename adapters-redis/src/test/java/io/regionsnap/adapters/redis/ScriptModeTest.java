package io.regionsnap.adapters.redis;

/** The contract by scripts, on one server. */
final class ScriptModeTest extends StandaloneContract {
  ScriptModeTest() {
    super(CommitMode.SCRIPT);
  }
}
