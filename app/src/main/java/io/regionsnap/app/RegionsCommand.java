package io.regionsnap.app;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.read.RegionsOutcome;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;

/** Lists the regions of the store. */
final class RegionsCommand implements NamedCommand {
  private final CommandSpec spec = Arguments.command(
      this,
      "regions",
      "Lists the regions of the store.",
      "One on each line; with --json, as one array.");

  private final Stores stores;
  private final Console console;
  private final JsonLines json;
  private final GlobalOptions options;

  @Inject
  RegionsCommand(Stores stores, Console console, JsonLines json, GlobalOptions options) {
    this.stores = stores;
    this.console = console;
    this.json = json;
    this.options = options;
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    return stores.reading(useCases -> useCases
        .read()
        .regions()
        .match(
            listed -> {
              print(listed);
              return ExitCode.OK;
            },
            unreadable -> {
              console.say("regionsnap: cannot list the regions: %s; try again"
                  .formatted(unreadable.message()));
              return ExitCode.FAILURE;
            }));
  }

  private void print(RegionsOutcome.Listed listed) {
    if (!options.json()) {
      listed.regions().forEach(region -> console.line(region.name()));
      return;
    }
    json.value(generator -> {
      generator.writeStartArray();
      for (Region region : listed.regions()) {
        generator.writeString(region.name());
      }
      generator.writeEndArray();
    });
  }
}
