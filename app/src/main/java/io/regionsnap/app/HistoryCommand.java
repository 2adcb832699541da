package io.regionsnap.app;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.read.HistoryQuery;
import io.regionsnap.ports.IndexEntry;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.inject.Inject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the snapshots of a region. */
@Command(
    name = "history",
    description = "Lists the snapshots of a region, newest first, by time and id.",
    sortOptions = false)
final class HistoryCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "REGION",
      converter = Operands.RegionConverter.class,
      description = "The region.")
  @Nullable Region region;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description = "Nothing generated before this time: 2026-11-22T18:00:00Z or milliseconds.")
  Moment from = new Moment(-IndexEntry.MAX_SCORE);

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description = "Nothing generated after this time.")
  Moment to = new Moment(IndexEntry.MAX_SCORE);

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "The newest N only; 0 for all. Default: 100.")
  int limit;

  @Option(names = "--bodies", description = "Print the snapshots themselves, one on each line.")
  boolean bodies;

  @Spec
  CommandSpec spec = CommandSpec.create();

  private final Stores stores;
  private final HistoryPrinter printer;

  @Inject
  HistoryCommand(Stores stores, HistoryPrinter printer) {
    this.stores = stores;
    this.printer = printer;
  }

  @Override
  public Integer call() {
    if (limit < 0) {
      throw new ParameterException(
          spec.commandLine(), "--limit is %d; it must be 0 or more".formatted(limit));
    }
    if (from.epochMillis() > to.epochMillis()) {
      throw new ParameterException(spec.commandLine(), "--from is after --to");
    }
    HistoryQuery first = new HistoryQuery(
        // picocli has set it, or refused the command line.
        Objects.requireNonNull(region),
        from.epochMillis(),
        to.epochMillis(),
        0,
        bodies ? HistoryPrinter.BODIES_PAGE : HistoryPrinter.PAGE);
    long most = limit == 0 ? Long.MAX_VALUE : limit;
    return stores.reading(useCases -> printer.print(useCases.read(), first, most, bodies));
  }
}
