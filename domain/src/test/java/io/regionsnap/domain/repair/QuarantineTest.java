package io.regionsnap.domain.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Region;
import io.regionsnap.ports.Key;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Names in quarantine. */
class QuarantineTest {
  private static final Region MENA = new Region("mena");
  private static final Key INDEX = KeyLayout.TAGGED.index(MENA);
  private static final long NOW = 1_787_054_400_000L;

  @Test
  void next_plansOfOneMillisecond_neverGiveANameTwice() {
    AtomicLong lastNumber = new AtomicLong();
    Quarantine first = new Quarantine(KeyLayout.TAGGED, NOW, lastNumber);
    Key one = first.next(MENA, INDEX);
    Key other = first.next(MENA, INDEX);
    Quarantine second = new Quarantine(KeyLayout.TAGGED, NOW + 1, lastNumber);

    assertThat(one).isEqualTo(KeyLayout.TAGGED.quarantine(MENA, NOW, INDEX));
    assertThat(second.next(MENA, INDEX)).isNotIn(one, other);
  }

  @Test
  void next_planOfLater_beginsWithItsTime() {
    AtomicLong lastNumber = new AtomicLong(NOW);

    assertThat(new Quarantine(KeyLayout.TAGGED, NOW + 1_000, lastNumber).next(MENA, INDEX))
        .isEqualTo(KeyLayout.TAGGED.quarantine(MENA, NOW + 1_000, INDEX));
  }
}
