package io.regionsnap.app;

import io.regionsnap.adapters.redis.RedisOptions;
import io.regionsnap.adapters.upstash.UpstashOptions;
import io.regionsnap.app.store.RestToken;
import io.regionsnap.app.store.Servers;
import io.regionsnap.app.store.StoreChoice;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.redis.dialect.CommitMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The global options for stores that are servers. */
final class ServerOptions {
  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      scope = ScopeType.INHERIT,
      defaultValue = "5",
      converter = GlobalOptions.SecondsConverter.class,
      description = "How long to wait for an answer of a server. Default: 5.")
  Duration timeout = Duration.ofSeconds(5);

  @Option(
      names = "--commit",
      paramLabel = "MODE",
      scope = ScopeType.INHERIT,
      converter = CommitModeConverter.class,
      description =
          "How a Redis or Upstash server is written to: script; multi-exec, for users who may not"
              + " run scripts; or auto, which finds out. Default: auto.")
  @Nullable CommitMode commit;

  @Option(
      names = "--durable-replicas",
      paramLabel = "N",
      scope = ScopeType.INHERIT,
      description = "Let N replicas of a Redis server confirm each commit, and say if fewer did.")
  @Nullable Integer durableReplicas;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The file that holds the token of an Upstash server."
          + " Default: $UPSTASH_REDIS_REST_TOKEN.")
  @Nullable Path tokenFile;

  @Option(
      names = "--max-request-bytes",
      paramLabel = "N",
      scope = ScopeType.INHERIT,
      description = "The largest request that an Upstash server is sent; more goes in several."
          + " Default: 8000000.")
  @Nullable Integer maxRequestBytes;

  @Option(
      names = "--allow-plain-http",
      scope = ScopeType.INHERIT,
      description =
          "Let http:// go to other machines, with the token for everybody on the way to" + " read.")
  boolean allowPlainHttp;

  /**
   * Refuses options that are for other stores, or that have values of no use.
   *
   * @throws CommandFailure with {@link ExitCode#USAGE}
   */
  void requireFit(StoreChoice choice, KeyLayout layout) {
    boolean redis = choice instanceof StoreChoice.Redis;
    boolean upstash = choice instanceof StoreChoice.Upstash;
    refuse(redis || upstash, choice, "Redis and Upstash", given("--commit", commit != null));
    refuse(redis, choice, "Redis", given("--durable-replicas", durableReplicas != null));
    refuse(upstash, choice, "Upstash", given("--token-file", tokenFile != null));
    refuse(upstash, choice, "Upstash", given("--max-request-bytes", maxRequestBytes != null));
    refuse(upstash, choice, "Upstash", given("--allow-plain-http", allowPlainHttp));
    if (choice instanceof StoreChoice.Redis server
        && server.isCluster()
        && layout == KeyLayout.WORLDMONITOR) {
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
    if (maxRequestBytes != null && maxRequestBytes < 1) {
      throw new CommandFailure(ExitCode.USAGE, "--max-request-bytes: at least 1 is needed");
    }
  }

  private static Optional<String> given(String name, boolean isGiven) {
    return isGiven ? Optional.of(name) : Optional.empty();
  }

  private static void refuse(
      boolean fits, StoreChoice choice, String kind, Optional<String> option) {
    if (option.isPresent() && !fits) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "%s is for %s servers, and %s is none".formatted(option.get(), kind, choice));
    }
  }

  /**
   * How to use servers.
   *
   * @param notes takes warnings, one line at a time
   */
  Servers servers(Map<String, String> environment, Consumer<String> notes) {
    CommitMode mode = commit == null ? CommitMode.AUTO : commit;
    RedisOptions redis = RedisOptions.defaults()
        .withMode(mode)
        .withTimeouts(timeout, timeout)
        .withDurableReplicas(durableReplicas == null ? 0 : durableReplicas)
        .withListener(new RedisWarnings(notes));
    UpstashOptions upstash = UpstashOptions.defaults()
        .withMode(mode)
        // A large request may take several times as long as the next bytes of one.
        .withTimeouts(timeout, timeout, timeout.multipliedBy(3))
        .withPlainHttp(allowPlainHttp)
        .withListener(new UpstashWarnings(notes));
    return new Servers(
        redis,
        maxRequestBytes == null ? upstash : upstash.withMaxRequestBytes(maxRequestBytes),
        new RestToken(Optional.ofNullable(tokenFile), environment));
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
}
