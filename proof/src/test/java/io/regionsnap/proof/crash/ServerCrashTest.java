package io.regionsnap.proof.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.adapters.redis.RedisOptions;
import io.regionsnap.adapters.redis.RedisStore;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.proof.Writer;
import io.regionsnap.proof.redis.AtomicKeys;
import io.regionsnap.proof.redis.RedisBench;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.proof.report.Figure;
import io.regionsnap.proof.report.Ledger;
import io.regionsnap.proof.report.Tally;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.RedisServer;
import io.regionsnap.testkit.redis.RespClient;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that are killed while writers write. */
class ServerCrashTest {
  private static final int KILLS = Integer.getInteger("proof.kills", 6);

  /**
   * With {@code always}, what was reported persisted is there. With {@code everysec}, the newest
   * may be lost, up to a second of them: never one without all after it, and never a part of one.
   */
  @ParameterizedTest
  @CsvSource({"SCRIPT, always", "MULTI_EXEC, always", "SCRIPT, everysec", "MULTI_EXEC, everysec"})
  void serverKilled_everySnapshotIsThereOrNot(CommitMode mode, String fsync) throws Exception {
    Tally tally = Ledger.of(RedisBench.name(mode));
    boolean always = fsync.equals("always");
    long lost = 0;
    try (RedisBench bench = RedisBench.start("--appendonly", "yes", "--appendfsync", fsync);
        TransactionalStore store = bench.open(mode, Duration.ofSeconds(2))) {
      for (int kill = 0; kill < KILLS; kill++) {
        bench.clear();
        try (Load load = new Load(store, always ? Writer.PATIENTLY : Writer.ONCE, tally)) {
          load.awaitMore(10 + kill);
          bench.server().kill();
          tally.struck(Fault.SERVER_KILLED);
          tally.count(Figure.CRASHES);
          if (!always) {
            load.stop();
          }
          bench.restart();
          if (always) {
            load.awaitMore(5);
            load.stop();
          }
          lost += load.judge(bench.keys(), !always);
        }
      }
    }
    System.out.printf(
        "%s, appendfsync %s: %d kills, %d snapshots were reported persisted and lost%n",
        RedisBench.name(mode), fsync, KILLS, lost);
    assertThat(always && lost > 0).isFalse();
  }

  /** What a replica confirmed is there once it takes the primary's place. */
  @ParameterizedTest
  @EnumSource(
      value = CommitMode.class,
      names = {"SCRIPT", "MULTI_EXEC"})
  void primaryKilled_replicaHasWhatItConfirmed(CommitMode mode) throws Exception {
    Tally tally = Ledger.of(RedisBench.name(mode));
    try (RedisServer primary = RedisServer.start();
        RedisServer replica = primary.startReplica();
        TransactionalStore store = RedisStore.open(
            primary.url().toString(),
            RedisOptions.defaults().withMode(mode).withDurableReplicas(1));
        Load load = new Load(store, Writer.ONCE, tally)) {
      load.awaitMore(50);
      primary.kill();
      tally.struck(Fault.PRIMARY_KILLED);
      tally.count(Figure.CRASHES);
      load.stop();
      try (RespClient promoted = replica.connect()) {
        promoted.call("REPLICAOF", "NO", "ONE");
        // The call that the primary did not live to have confirmed may be missing.
        assertThat(load.judge(new AtomicKeys(promoted).readAll(), true))
            .isLessThanOrEqualTo(Load.REGIONS.size());
      }
    }
  }
}
