package io.regionsnap.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final long NOW = 1_787_184_007_093L;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private final Policy policy = Policy.DEFAULT;

  @Test
  void refusalOf_withinRetentionAndTolerance_isNone() {
    assertThat(policy.refusalOf(NOW - 90 * DAY, NOW)).isEmpty();
    assertThat(policy.refusalOf(NOW + 5 * MINUTE, NOW)).isEmpty();
  }

  @Test
  void refusalOf_aMillisecondBeyond_saysWhich() {
    assertThat(policy.refusalOf(NOW - 90 * DAY - 1, NOW).orElseThrow().code())
        .isEqualTo(Refusal.Code.OLDER_THAN_RETENTION);
    assertThat(policy.refusalOf(NOW + 5 * MINUTE + 1, NOW).orElseThrow().code())
        .isEqualTo(Refusal.Code.FROM_THE_FUTURE);
  }

  @Test
  void bucketOf_isAQuarterOfAnHourSinceTheEpoch() {
    assertThat(policy.bucketOf(0)).isZero();
    assertThat(policy.bucketOf(899_999)).isZero();
    assertThat(policy.bucketOf(900_000)).isEqualTo(1);
    assertThat(policy.bucketOf(-1)).isEqualTo(-1);
    assertThat(policy.bucketOf(1_787_184_007_093L)).isEqualTo(1_985_760);
  }

  @Test
  void viewsExpireAtMillis_isRetentionAndGraceAfterGeneration() {
    assertThat(policy.viewsExpireAtMillis(NOW)).isEqualTo(NOW + 91 * DAY);
  }

  @Test
  void policy_thatCouldNotKeepTheInvariants_isRefused() {
    Duration hour = Duration.ofHours(1);
    assertThatThrownBy(() -> new Policy(hour, hour, hour, hour.plusMillis(1), hour))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outlive");
    assertThat(new Policy(hour, hour, hour, hour, hour).grace()).isEqualTo(hour);
  }

  @Test
  void policy_withoutATime_saysWhich() {
    Duration hour = Duration.ofHours(1);
    Duration none = Duration.ofNanos(1);
    requireRefused("retention", () -> new Policy(none, hour, hour, hour, hour));
    requireRefused("grace", () -> new Policy(hour, none, hour, hour, hour));
    requireRefused("bucket", () -> new Policy(hour, hour, none, hour, hour));
    requireRefused("claimLifetime", () -> new Policy(hour, hour, hour, none, hour));
    requireRefused("aheadTolerance", () -> new Policy(hour, hour, hour, hour, none));
  }

  private static void requireRefused(String name, ThrowingCallable making) {
    assertThatThrownBy(making)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name + " is less than a millisecond");
  }

  @Test
  void names_thatAreNone_areRefused() {
    assertThatThrownBy(() -> new Region("Mena")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SnapshotId("a:b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TriggerReason("")).isInstanceOf(IllegalArgumentException.class);
  }
}
