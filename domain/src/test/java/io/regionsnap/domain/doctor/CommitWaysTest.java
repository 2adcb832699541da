package io.regionsnap.domain.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.FakeStore;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.StoreDiagnostics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of the ways to commit is judged, and how, where some are refused or broken. */
class CommitWaysTest extends Diagnosing {
  @Test
  void writingRefused_fails_andThereIsNothingToDelete() {
    store.answer(REFUSED).answer(REFUSED);
    assertThat(diagnose(alone())).isInstanceOf(Diagnosis.Unfit.class);
    assertNot("FAIL", "transaction", "refused: NOPERM no");
    assertNot("FAIL", "commits", "refuses to be written");
    assertThat(check("cleanup").verdict()).isEqualTo("PASS");
    assertThat(check("told").verdict()).isEqualTo("PASS");
    assertThat(store.commits).hasSize(2);
  }

  @Test
  void firstWayRefused_isAWarning_andTheSecondIsJudged() {
    FakeStore first = new FakeStore().answer(REFUSED).answer(REFUSED);
    FakeStore second = new FakeStore();
    clock(second, NOW);
    keepPromises(second);
    hold(keys(1, NOW));
    hold(second, keys(1, NOW));
    assertThat(diagnose(new Telling(
            store,
            new StoreDiagnostics.CommitWay("script", first, ""),
            new StoreDiagnostics.CommitWay("multi-exec", second, "half a promise"))))
        .isEqualTo(new Diagnosis.AtRisk(13, 2));
    assertNot("WARN", "script-transaction", "refused: NOPERM no");
    assertThat(check("multi-exec-wrong-kind").verdict()).isEqualTo("PASS");
    assertNot("WARN", "commits", "by multi-exec: half a promise");
  }

  @Test
  void secondWayRefused_isAWarning_thatCommitsDoNotShare() {
    clock(store, NOW);
    keepPromises(store);
    hold(keys);
    FakeStore second = new FakeStore().answer(REFUSED);
    diagnose(new Telling(
        store,
        new StoreDiagnostics.CommitWay("script", store, ""),
        new StoreDiagnostics.CommitWay("multi-exec", second, "half a promise")));
    assertNot("WARN", "multi-exec-transaction", "refused: NOPERM no");
    assertThat(check("commits"))
        .isEqualTo(new Check(
            "commits", "PASS", "snapshots are persisted wholly or not at all, by script", ""));
  }

  /** Nor do they share what is worse, and there is more to be asked. */
  @Test
  void secondWayBrokenOrUnanswered_isAWarning() {
    for (CommitResult worse : List.of(IN_DOUBT, new CommitResult.Torn(List.of(), "half"))) {
      checks.clear();
      FakeStore first = clock(new FakeStore(), NOW);
      keepPromises(first);
      hold(first, keys);
      hold(keys);
      FakeStore second = new FakeStore().answer(worse).answer(APPLIED);
      assertThat(diagnose(new Telling(
              store,
              new StoreDiagnostics.CommitWay("script", first, ""),
              new StoreDiagnostics.CommitWay("multi-exec", second, ""))))
          .isInstanceOf(Diagnosis.AtRisk.class);
      assertThat(check("multi-exec-transaction").verdict()).isEqualTo("WARN");
      assertThat(check("told").verdict()).isEqualTo("PASS");
    }
  }

  @Test
  void bothWaysRefused_bothFail() {
    diagnose(new Telling(
        store,
        new StoreDiagnostics.CommitWay(
            "script", new FakeStore().answer(REFUSED).answer(REFUSED), ""),
        new StoreDiagnostics.CommitWay(
            "multi-exec", new FakeStore().answer(REFUSED).answer(REFUSED), "")));
    assertNot("FAIL", "script-transaction", "NOPERM");
    assertNot("FAIL", "multi-exec-transaction", "NOPERM");
    assertNot("FAIL", "commits", "refuses");
  }

  @Test
  void firstWayBroken_failsThoughTheSecondWouldDo() {
    FakeStore first = clock(new FakeStore(), NOW)
        .answer(new CommitResult.Torn(List.of(keys.idView()), "half of it"))
        .answer(APPLIED);
    FakeStore second = new FakeStore();
    keepPromises(second);
    hold(second, keys(1, NOW));
    diagnose(new Telling(
        store,
        new StoreDiagnostics.CommitWay("script", first, ""),
        new StoreDiagnostics.CommitWay("multi-exec", second, "")));
    assertNot("FAIL", "script-transaction", "applied in part: half of it");
    assertNot("FAIL", "commits", "cannot be persisted wholly or not at all, by script");
    assertThat(first.commits).hasSize(3);
    assertThat(first.commits.get(2)).containsExactly(keys.removal());
  }
}
