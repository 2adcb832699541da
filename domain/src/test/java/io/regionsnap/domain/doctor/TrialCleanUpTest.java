package io.regionsnap.domain.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Observation;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The keys of a trial: nobody else's, and gone in the end, whatever happens. */
class TrialCleanUpTest extends Diagnosing {
  /** Every key that any transaction may write is deleted in the end, and has an expiry. */
  @Test
  void whatIsWritten_isDeletedInTheEnd() {
    assertThat(keys.removal().writtenKeys())
        .containsAll(keys.whole().writtenKeys())
        .containsAll(keys.guarded().writtenKeys())
        .containsAll(keys.valueAsIndex().writtenKeys())
        .containsAll(keys.indexAsValue().writtenKeys());
  }

  @Test
  void trialKeys_areNobodysData_andBesideThoseOfTheirRegion() {
    for (KeyLayout each : KeyLayout.values()) {
      for (Key key : new TrialKeys(each, MENA, "x", NOW).removal().writtenKeys()) {
        assertThat(each.roleOf(key)).as(key.name()).isEmpty();
        assertThat(each.prefixes()).anyMatch(prefix -> key.name().startsWith(prefix));
      }
    }
    assertThat(keys.removal().writtenKeys())
        .allMatch(key -> key.name().startsWith("snapshot:doctor:{mena}:"));
  }

  @Test
  void cleanUpFails_isTriedOnceMore_andNamesWhatIsLeft() {
    hold(keys);
    clock(store, NOW)
        .answer(APPLIED)
        .answer(new CommitResult.GuardFailed(2, new Observation.Nothing()))
        .answer(wrongKind(), wrongKind())
        .answer(UNAVAILABLE)
        .answer(IN_DOUBT);
    diagnose(alone());
    assertNot("WARN", "cleanup", "snapshot:doctor:{mena}:" + NOW + "-2a-0:* could not be deleted");
    assertThat(check("cleanup").advice()).contains("5 minutes");
  }

  @Test
  void removalWithoutAnswer_isRepeated() {
    hold(keys);
    clock(store, NOW)
        .answer(APPLIED)
        .answer(new CommitResult.GuardFailed(2, new Observation.Nothing()))
        .answer(wrongKind(), wrongKind())
        .answer(IN_DOUBT)
        .answer(APPLIED);
    diagnose(alone());
    assertThat(check("cleanup").verdict()).isEqualTo("PASS");
  }

  @Test
  void listenerThrows_whatWasWrittenIsDeletedAllTheSame() {
    hold(keys);
    clock(store, NOW);
    keepPromises(store);
    assertThatThrownBy(() -> new DiagnoseStore(
                alone(),
                KeyLayout.TAGGED,
                Policy.DEFAULT,
                () -> Instant.ofEpochMilli(NOW),
                () -> 0,
                () -> 42)
            .diagnose(MENA, check -> {
              if (check.name().equals("transaction")) {
                throw new IllegalStateException("interrupted");
              }
            }))
        .hasMessage("interrupted");
    assertThat(committed(4)).containsExactly(keys.removal());
  }

  @Test
  void interruptPending_isPutOffUntilAllIsDeleted() {
    hold(keys);
    clock(store, NOW);
    keepPromises(store);
    Thread.currentThread().interrupt();
    diagnose(alone());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(check("cleanup").verdict()).isEqualTo("PASS");
  }
}
