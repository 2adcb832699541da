package io.regionsnap.app;

import io.regionsnap.domain.read.HistoryQuery;
import io.regionsnap.ports.IndexEntry;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** Lists the snapshots of a region. */
final class HistoryCommand implements NamedCommand {
  private static final int DEFAULT_LIMIT = 100;

  private final PositionalParamSpec region = Operands.region("The region.");
  private final OptionSpec from = Arguments.option(
          "--from",
          "TIME",
          Moment.class,
          "Nothing generated before this time: 2026-11-22T18:00:00Z or milliseconds.")
      .converters(new Moment.Converter())
      .build();
  private final OptionSpec to = Arguments.option(
          "--to", "TIME", Moment.class, "Nothing generated after this time.")
      .converters(new Moment.Converter())
      .build();
  private final OptionSpec limit = Arguments.option(
          "--limit", "N", Integer.class, "The newest N only; 0 for all. Default: 100.")
      .build();
  private final OptionSpec bodies = Arguments.flag(
          "--bodies", "Print the snapshots themselves, one on each line.")
      .build();
  private final CommandSpec spec = Arguments.command(
          this, "history", "Lists the snapshots of a region, newest first, by time and id.")
      .addPositional(region)
      .addOption(from)
      .addOption(to)
      .addOption(limit)
      .addOption(bodies);

  private final Stores stores;
  private final HistoryPrinter printer;

  @Inject
  HistoryCommand(Stores stores, HistoryPrinter printer) {
    this.stores = stores;
    this.printer = printer;
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    Moment first = Arguments.given(from, new Moment(-IndexEntry.MAX_SCORE));
    Moment last = Arguments.given(to, new Moment(IndexEntry.MAX_SCORE));
    int most = Arguments.given(limit, DEFAULT_LIMIT);
    boolean withBodies = Arguments.isGiven(bodies);
    if (most < 0) {
      throw new ParameterException(
          spec.commandLine(), "--limit is %d; it must be 0 or more".formatted(most));
    }
    if (first.epochMillis() > last.epochMillis()) {
      throw new ParameterException(spec.commandLine(), "--from is after --to");
    }
    HistoryQuery query = new HistoryQuery(
        region.getValue(),
        first.epochMillis(),
        last.epochMillis(),
        0,
        withBodies ? HistoryPrinter.BODIES_PAGE : HistoryPrinter.PAGE);
    return stores.reading(useCases ->
        printer.print(useCases.read(), query, most == 0 ? Long.MAX_VALUE : most, withBodies));
  }
}
