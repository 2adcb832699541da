package io.regionsnap.app;

import io.regionsnap.adapters.redis.RedisListener;
import io.regionsnap.adapters.redis.RedisOptions;
import io.regionsnap.app.store.StoreChoice;
import io.regionsnap.app.store.UnusableStoreException;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.redis.dialect.CommitMode;
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
            + " redis-socket:), or memory: for a store that is gone afterwards.",
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

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      scope = ScopeType.INHERIT,
      defaultValue = "5",
      converter = SecondsConverter.class,
      description = "How long to wait for an answer of a server. Default: 5.")
  Duration timeout = Duration.ofSeconds(5);

  @Option(
      names = "--commit",
      paramLabel = "MODE",
      scope = ScopeType.INHERIT,
      converter = CommitModeConverter.class,
      description =
          "How a Redis server is written to: script; multi-exec, for users who may not run"
              + " scripts; or auto, which finds out. Default: auto.")
  @Nullable CommitMode commit;

  @Option(
      names = "--durable-replicas",
      paramLabel = "N",
      scope = ScopeType.INHERIT,
      description = "Let N replicas of a Redis server confirm each commit, and say if fewer did.")
  @Nullable Integer durableReplicas;

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
      requireFit(choice);
      return choice;
    } catch (UnusableStoreException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private void requireFit(StoreChoice choice) {
    if (!(choice instanceof StoreChoice.Redis redis)) {
      if (commit != null || durableReplicas != null) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "--commit and --durable-replicas are for Redis servers, and " + choice + " is none");
      }
    } else if (redis.isCluster() && layout == KeyLayout.WORLDMONITOR) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "the layout worldmonitor does not work on a cluster: the keys of a region do not share a"
              + " slot, so no transaction can hold them; use --layout tagged");
    }
    if (timeout.isZero()) {
      throw new CommandFailure(ExitCode.USAGE, "--timeout: at least 1 second is needed");
    }
    if (durableReplicas != null && durableReplicas < 0) {
      throw new CommandFailure(ExitCode.USAGE, "--durable-replicas: there are no fewer than 0");
    }
  }

  /** How to use a Redis server. */
  RedisOptions redisOptions(RedisListener listener) {
    return RedisOptions.defaults()
        .withMode(commit == null ? CommitMode.AUTO : commit)
        .withTimeouts(timeout, timeout)
        .withDurableReplicas(durableReplicas == null ? 0 : durableReplicas)
        .withListener(listener);
  }

  /** Reads the name of a commit mode. */
  static final class CommitModeConverter implements CommandLine.ITypeConverter<CommitMode> {
    @Override
    public CommitMode convert(String text) {
      return switch (text) {
        case "auto" -> CommitMode.AUTO;
        case "script" -> CommitMode.SCRIPT;
        case "multi-exec" -> CommitMode.MULTI_EXEC;
        default ->
          throw new CommandLine.TypeConversionException(
              "there is no mode '%s'; there are auto, script and multi-exec".formatted(text));
      };
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
