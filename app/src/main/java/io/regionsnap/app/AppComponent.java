package io.regionsnap.app;

import dagger.BindsInstance;
import dagger.Component;
import javax.inject.Singleton;

/** What one run of the command line is made of. */
@Singleton
@Component(modules = AppModule.class)
interface AppComponent {
  CommandTree commands();

  Console console();

  GlobalOptions options();

  /** Makes a component for a run. */
  @Component.Factory
  interface Factory {
    AppComponent create(@BindsInstance Surroundings surroundings);
  }
}
