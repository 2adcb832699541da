package io.regionsnap.app;

import io.regionsnap.app.store.StoreChoice;
import io.regionsnap.app.store.UnusableStoreException;
import io.regionsnap.domain.KeyLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command has; they may stand before or after its name. */
@Singleton
final class GlobalOptions {
  @Option(
      names = "--store",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = {
        "Where snapshots are kept: file:PATH, redis://HOST (rediss:, redis-sentinel:, redis-cluster:,"
            + " redis-socket:), upstash: (at $UPSTASH_REDIS_REST_URL) or its REST URL, or memory: for"
            + " a store that is gone afterwards.",
        "Default: $REGIONSNAP_STORE, else a file in the user's data folder."
      })
  @Nullable String store;

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      scope = ScopeType.INHERIT,
      defaultValue = "tagged",
      converter = LayoutConverter.class,
      completionCandidates = LayoutNames.class,
      description = "How keys are named: ${COMPLETION-CANDIDATES}. Default: tagged.")
  KeyLayout layout = KeyLayout.TAGGED;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Write JSON: one document, or one on each line.")
  boolean json;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Show stack traces of failures.")
  boolean verbose;

  @Option(
      names = "--lock-timeout",
      paramLabel = "SECONDS",
      scope = ScopeType.INHERIT,
      defaultValue = "10",
      converter = SecondsConverter.class,
      description = "How long to wait for a file that is in use. Default: 10.")
  Duration lockTimeout = Duration.ofSeconds(10);

  @Mixin
  ServerOptions servers = new ServerOptions();

  @Inject
  GlobalOptions() {}

  /**
   * The store that the options and the environment ask for.
   *
   * @throws CommandFailure with {@link ExitCode#USAGE} if there is no such store
   */
  StoreChoice storeChoice(Map<String, String> environment) {
    try {
      StoreChoice choice = StoreChoice.of(Optional.ofNullable(store), environment);
      servers.requireFit(choice, layout);
      return choice;
    } catch (UnusableStoreException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads the name of a layout. */
  static final class LayoutConverter implements CommandLine.ITypeConverter<KeyLayout> {
    @Override
    public KeyLayout convert(String text) {
      return Arrays.stream(KeyLayout.values())
          .filter(layout -> layout.toString().equals(text))
          .findFirst()
          .orElseThrow(() ->
              new CommandLine.TypeConversionException("there is no layout '%s'; there are %s"
                  .formatted(text, String.join(" and ", new LayoutNames().names()))));
    }
  }

  /** The names of the layouts. */
  static final class LayoutNames implements Iterable<String> {
    List<String> names() {
      return Arrays.stream(KeyLayout.values())
          .map(KeyLayout::toString)
          .collect(Collectors.toList());
    }

    @Override
    public Iterator<String> iterator() {
      return names().iterator();
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
