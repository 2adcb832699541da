package io.regionsnap.app;

import io.regionsnap.app.store.StoreChoice;
import io.regionsnap.app.store.UnusableStoreException;
import io.regionsnap.domain.KeyLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The options that every command has; they may stand before or after its name. */
@Singleton
final class GlobalOptions {
  private final OptionSpec store = Arguments.option(
          "--store",
          "URL",
          String.class,
          "Where snapshots are kept: file:PATH, redis://HOST (rediss:, redis-sentinel:, redis-cluster:,"
              + " redis-socket:), upstash: (at $UPSTASH_REDIS_REST_URL) or its REST URL, or memory: for"
              + " a store that is gone afterwards.",
          "Default: $REGIONSNAP_STORE, else a file in the user's data folder.")
      .scopeType(ScopeType.INHERIT)
      .build();

  private final OptionSpec layout = Arguments.option(
          "--layout",
          "LAYOUT",
          KeyLayout.class,
          "How keys are named: ${COMPLETION-CANDIDATES}. Default: tagged.")
      .scopeType(ScopeType.INHERIT)
      .converters(new LayoutConverter())
      .completionCandidates(LayoutConverter.names())
      .build();

  private final OptionSpec json = Arguments.flag(
          "--json", "Write JSON: one document, or one on each line.")
      .scopeType(ScopeType.INHERIT)
      .build();

  private final OptionSpec verbose = Arguments.flag("-v", "Show stack traces of failures.")
      .names("-v", "--verbose")
      .scopeType(ScopeType.INHERIT)
      .build();

  private final OptionSpec lockTimeout = Arguments.option(
          "--lock-timeout",
          "SECONDS",
          Duration.class,
          "How long to wait for a file that is in use. Default: 10.")
      .scopeType(ScopeType.INHERIT)
      .converters(new SecondsConverter())
      .build();

  final ServerOptions servers = new ServerOptions();

  @Inject
  GlobalOptions() {}

  /** Lets a command and those below it take these options. */
  void addTo(CommandSpec spec) {
    spec.addOption(store)
        .addOption(layout)
        .addOption(json)
        .addOption(verbose)
        .addOption(lockTimeout);
    servers.addTo(spec);
  }

  KeyLayout layout() {
    return Arguments.given(layout, KeyLayout.TAGGED);
  }

  boolean json() {
    return Arguments.isGiven(json);
  }

  boolean verbose() {
    return Arguments.isGiven(verbose);
  }

  Duration lockTimeout() {
    return Arguments.given(lockTimeout, Duration.ofSeconds(10));
  }

  /**
   * The store that the options and the environment ask for.
   *
   * @throws CommandFailure with {@link ExitCode#USAGE} if there is no such store
   */
  StoreChoice storeChoice(Map<String, String> environment) {
    try {
      StoreChoice choice = StoreChoice.of(Optional.ofNullable(store.getValue()), environment);
      servers.requireFit(choice, layout());
      return choice;
    } catch (UnusableStoreException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads the name of a layout. */
  static final class LayoutConverter implements CommandLine.ITypeConverter<KeyLayout> {
    @Override
    public KeyLayout convert(String text) {
      for (KeyLayout layout : KeyLayout.values()) {
        if (layout.toString().equals(text)) {
          return layout;
        }
      }
      throw new CommandLine.TypeConversionException(
          "there is no layout '%s'; there are %s".formatted(text, String.join(" and ", names())));
    }

    private static List<String> names() {
      List<String> names = new ArrayList<>();
      for (KeyLayout layout : KeyLayout.values()) {
        names.add(layout.toString());
      }
      return names;
    }
  }

  /** Reads a number of seconds. */
  static final class SecondsConverter implements CommandLine.ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      if (!text.matches("[0-9]{1,6}")) {
        throw new CommandLine.TypeConversionException(
            "'%s' is no whole number of seconds".formatted(text));
      }
      return Duration.ofSeconds(Long.parseLong(text));
    }
  }
}
