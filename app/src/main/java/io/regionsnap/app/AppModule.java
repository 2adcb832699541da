package io.regionsnap.app;

import dagger.Module;
import dagger.Provides;
import io.regionsnap.adapters.json.JacksonDocumentReader;
import io.regionsnap.domain.DocumentReader;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.persist.Pause;
import io.regionsnap.domain.persist.RetryPolicy;
import java.time.InstantSource;

/** What the domain is made with. It knows nothing of Dagger itself. */
@Module(subcomponents = UseCases.class)
final class AppModule {
  private AppModule() {}

  @Provides
  static InstantSource clock(Surroundings surroundings) {
    return surroundings.clock();
  }

  @Provides
  static Interruption interruption(Surroundings surroundings) {
    return surroundings.interruption();
  }

  @Provides
  static DocumentReader documentReader() {
    return new JacksonDocumentReader();
  }

  @Provides
  static SnapshotParser snapshotParser(DocumentReader reader) {
    return new SnapshotParser(reader);
  }

  @Provides
  static Policy policy() {
    return Policy.DEFAULT;
  }

  @Provides
  static RetryPolicy retryPolicy() {
    return RetryPolicy.DEFAULT;
  }

  @Provides
  static Pause pause(Interruption interruption) {
    return duration -> interruption.whileWaiting(() -> {
      Pause.REAL.await(duration);
      return true;
    });
  }
}
