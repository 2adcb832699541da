package io.regionsnap.proof.history;

import io.regionsnap.domain.KeyLayout;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.jspecify.annotations.Nullable;

/** Random histories with faults, which every store must survive. */
public abstract class HistoryContract {
  private @Nullable Environment environment;

  /**
   * The store.
   *
   * @return an environment of its own; closed here
   */
  protected abstract Environment open();

  @BeforeProperty
  void openEnvironment() {
    environment = open();
  }

  @AfterProperty
  void closeEnvironment() {
    if (environment != null) {
      environment.close();
    }
  }

  @Property(shrinking = ShrinkingMode.BOUNDED)
  @AddLifecycleHook(Tries.class)
  void histories_withFaults_keepEveryPromise(
      @ForAll KeyLayout layout, @ForAll("histories") List<Step> history) {
    new Player(opened(), layout).play(history);
  }

  @Property(shrinking = ShrinkingMode.BOUNDED)
  @AddLifecycleHook(Tries.class)
  void foreignWriters_areNeverMadeWorseNorBelieved(
      @ForAll KeyLayout layout, @ForAll("foreignHistories") List<ForeignHistory.Move> history) {
    new ForeignPlayer(opened(), layout).play(history);
  }

  @Property(shrinking = ShrinkingMode.BOUNDED)
  @AddLifecycleHook(Tries.class)
  void wrongTimes_areRefusedOrHarmless(
      @ForAll KeyLayout layout, @ForAll("timeHistories") List<TimeHistory.Persist> history) {
    new TimePlayer(opened(), layout).play(history);
  }

  @Property
  void anotherKindUnderEachKey_isRefusedBeforeAnythingIsWritten(@ForAll KeyLayout layout) {
    new KindPlayer(opened(), layout).play();
  }

  private Environment opened() {
    if (environment == null) {
      throw new IllegalStateException("not opened");
    }
    return environment;
  }

  @Provide
  Arbitrary<List<ForeignHistory.Move>> foreignHistories() {
    return ForeignHistory.histories(14);
  }

  @Provide
  Arbitrary<List<TimeHistory.Persist>> timeHistories() {
    return TimeHistory.histories(8);
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return Histories.histories(10);
  }
}
