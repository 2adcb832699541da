package io.regionsnap.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.doctor.Diagnosis;
import io.regionsnap.ports.StoreDiagnostics.Verdict;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.RedisBinary;
import io.regionsnap.testkit.redis.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the doctor says of users who may not do everything. */
class DoctorUserTest extends Examination {
  @ParameterizedTest
  @EnumSource
  void userWhoMayOnlyRead_fails_andNothingIsWritten(RedisBinary each) {
    binary = each;
    RedisServer server = server();
    String url = user(server, "+@read", "+@connection", "+info", "+config|get");
    assertThat(untouched(server, () -> diagnose(url, Small.options(CommitMode.AUTO))))
        .isInstanceOf(Diagnosis.Unfit.class);
    assertThatIs(Verdict.FAIL, "commits", "the store is read, and refuses to be written");
    assertThatIs(Verdict.FAIL, "multi-exec-transaction", "NOPERM");
    assertThat(checks.toString()).doesNotContain("hunter2");
  }

  @Test
  void userWithoutScripts_isAWarning_orFailsWhereScriptsWereChosen() {
    RedisServer server = server();
    String url = user(server, "+@all", "-@scripting");
    untouched(server, () -> diagnose(url, Small.options(CommitMode.AUTO)));
    assertThatIs(Verdict.WARN, "script-transaction", "refused: NOPERM");
    assertThatIs(Verdict.PASS, "commits", "by multi-exec");
    untouched(server, () -> diagnose(url, Small.options(CommitMode.SCRIPT)));
    assertThatIs(Verdict.FAIL, "script-transaction", "refused: NOPERM");
    assertThatIs(Verdict.FAIL, "commits", "refuses to be written");
  }

  @Test
  void userWithoutMulti_isAWarningOfTheOtherWay() {
    RedisServer server = server();
    String url = user(server, "+@all", "-multi");
    untouched(server, () -> diagnose(url, Small.options(CommitMode.AUTO)));
    assertThatIs(Verdict.WARN, "multi-exec-transaction", "refused");
    assertThatIs(Verdict.PASS, "commits", "by script");
  }

  @Test
  void userWhoSeesLittle_isToldWhatIsNotVisible_andNothingFails() {
    RedisServer server = server();
    String url = user(server, "+@all", "-info", "-config", "-scan", "-pexpiretime", "-pttl");
    assertThat(untouched(server, () -> diagnose(url, Small.options(CommitMode.AUTO))))
        .isInstanceOf(Diagnosis.AtRisk.class);
    assertThat(not(Verdict.PASS))
        .containsExactly(
            "expiry",
            "scan",
            "version",
            "eviction",
            "memory",
            "persistence",
            "last-save",
            "replicas",
            "min-replicas",
            "durable-replicas");
    assertThatIs(Verdict.WARN, "eviction", "not visible to this user: NOPERM");
  }

  @Test
  void userWithoutConfig_isToldOfTheSettingAlone() {
    RedisServer server = server("--appendonly", "yes");
    String url = user(server, "+@all", "-config");
    untouched(server, () -> diagnose(url, Small.options(CommitMode.AUTO)));
    assertThat(not(Verdict.PASS)).containsExactly("persistence", "replicas");
    assertThatIs(Verdict.WARN, "persistence", "not visible to this user");
  }

  @Test
  void wrongPassword_fails_andKeepsTheSecret() {
    RedisServer server = server();
    String url = user(server, "+@all").replace("hunter2", "hunter3");
    assertThat(diagnose(url, Small.options(CommitMode.AUTO)))
        .isEqualTo(new Diagnosis.Unfit(1, 0, 1));
    assertThatIs(Verdict.FAIL, "reach", "WRONGPASS");
    assertThat(checks.toString()).doesNotContain("hunter");
  }
}
