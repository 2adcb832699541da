package io.regionsnap.domain.persist;

import static io.regionsnap.domain.Documents.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PersistPlannerTest {
  private static final long AT = 1_787_184_007_093L;
  private static final long NOW = AT + 45_000;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final Key INDEX = new Key("snapshot:index:{mena}");
  private static final Key POINTER = new Key("snapshot:latest:{mena}");
  private static final Key ID_VIEW = new Key("snapshot:id:{mena}:id-1");
  private static final Key TIMESTAMP_VIEW = new Key("snapshot:ts:{mena}:" + AT);
  private static final Key CLAIM = new Key("snapshot:dedup:{mena}:scheduled_6h:1985760");

  private final Snapshot snapshot = snapshot("mena", "id-1", AT);
  private final PersistPlanner planner = new PersistPlanner(KeyLayout.TAGGED, Policy.DEFAULT);

  @Test
  void plan_writesViewsIndexPointerLiveAndTheClaimLast() {
    assertThat(planner.plan(snapshot, NOW, Detour.NONE).transaction().writes())
        .containsExactly(
            new Write.Put(ID_VIEW, snapshot.body(), AT + 91 * DAY),
            new Write.Put(TIMESTAMP_VIEW, snapshot.body(), AT + 91 * DAY),
            new Write.Add(INDEX, new IndexEntry("id-1", AT)),
            new Write.Trim(INDEX, 90 * DAY),
            new Write.ExpireWithTop(INDEX, 91 * DAY),
            new Write.PointAtTop(POINTER, INDEX, 91 * DAY),
            new Write.IfNewTop(new Write.Delete(new Key("snapshot:live:{mena}"))),
            new Write.Put(CLAIM, Value.utf8("id-1"), NOW + 900_000));
  }

  @Test
  void plan_guardsWholenessFirstThenClockRetentionKeysClaimAndPointer() {
    IndexEntry entry = new IndexEntry("id-1", AT);
    Value body = snapshot.body();
    assertThat(planner.plan(snapshot, NOW, Detour.NONE).transaction().guards())
        .containsExactly(
            new Guard.NotAll(List.of(
                new Guard.Contains(INDEX, entry),
                new Guard.AtTop(POINTER, INDEX),
                new Guard.Equal(ID_VIEW, body),
                new Guard.Equal(TIMESTAMP_VIEW, body))),
            new Guard.StoreClockBefore(NOW + 900_000),
            new Guard.WithinSpan(INDEX, AT, 90 * DAY),
            new Guard.AbsentOrEqual(ID_VIEW, body),
            new Guard.Admits(INDEX, entry),
            new Guard.AbsentOrEqual(TIMESTAMP_VIEW, body),
            new Guard.AbsentOrEqual(CLAIM, Value.utf8("id-1")),
            new Guard.AbsentOrMember(POINTER, INDEX));
  }

  @Test
  void plan_namesTheSameBodyObjectEverywhere_soThatItCanTravelOnce() {
    List<Write> writes = planner.plan(snapshot, NOW, Detour.NONE).transaction().writes();

    assertThat(((Write.Put) writes.get(0)).value()).isSameAs(snapshot.body());
    assertThat(((Write.Put) writes.get(1)).value()).isSameAs(snapshot.body());
  }

  @Test
  void plan_isAPureFunction() {
    assertThat(planner.plan(snapshot, NOW, Detour.NONE))
        .isEqualTo(planner.plan(snapshot, NOW, Detour.NONE));
  }

  @Test
  void plan_inTheWorldmonitorLayout_differsInKeysAlone() {
    PersistPlanner other = new PersistPlanner(KeyLayout.WORLDMONITOR, Policy.DEFAULT);

    PersistPlan plan = other.plan(snapshot, NOW, Detour.NONE);

    assertThat(plan.transaction().kinds().keySet())
        .extracting(Key::name)
        .containsExactlyInAnyOrder(
            "intelligence:snapshot-index:v1:mena",
            "intelligence:snapshot:v1:mena:latest",
            "intelligence:snapshot-by-id:v1:id-1",
            "intelligence:snapshot:v1:mena:" + AT,
            "intelligence:snapshot:v1:mena:live",
            "dedup:snapshot:v1:mena:scheduled_6h:1985760");
    assertThat(plan.checks()).isEqualTo(planner.plan(snapshot, NOW, Detour.NONE).checks());
  }

  @Test
  void plan_pastAPointerToSomethingNewer_leavesPointerAndLiveAlone() {
    Detour detour = Detour.NONE.with(new Detour.StrayPointer(Value.utf8("newer"), true, List.of()));

    PersistPlan plan = planner.plan(snapshot, NOW, detour);

    assertThat(plan.transaction().writes())
        .noneMatch(Write.PointAtTop.class::isInstance)
        .noneMatch(Write.IfNewTop.class::isInstance);
    assertThat(plan.transaction().guards())
        .contains(new Guard.Equal(POINTER, Value.utf8("newer")))
        .doesNotContain(new Guard.AbsentOrMember(POINTER, INDEX));
  }
}
