package io.regionsnap.app;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.read.RegionsOutcome;
import java.util.concurrent.Callable;
import javax.inject.Inject;
import picocli.CommandLine.Command;

/** Lists the regions of the store. */
@Command(
    name = "regions",
    description = {"Lists the regions of the store.", "One on each line; with --json, as one array."
    },
    sortOptions = false)
final class RegionsCommand implements Callable<Integer> {
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
    if (!options.json) {
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
