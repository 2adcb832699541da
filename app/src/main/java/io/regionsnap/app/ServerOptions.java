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
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The global options for stores that are servers. */
final class ServerOptions {
  private final OptionSpec timeout = Arguments.option(
          "--timeout",
          "SECONDS",
          Duration.class,
          "How long to wait for an answer of a server. Default: 5.")
      .scopeType(ScopeType.INHERIT)
      .converters(new GlobalOptions.SecondsConverter())
      .build();

  private final OptionSpec commit = Arguments.option(
          "--commit",
          "MODE",
          CommitMode.class,
          "How a Redis or Upstash server is written to: script; multi-exec, for users who may not"
              + " run scripts; or auto, which finds out. Default: auto.")
      .scopeType(ScopeType.INHERIT)
      .converters(new CommitModeConverter())
      .build();

  private final OptionSpec durableReplicas = Arguments.option(
          "--durable-replicas",
          "N",
          Integer.class,
          "Let N replicas of a Redis server confirm each commit, and say if fewer did.")
      .scopeType(ScopeType.INHERIT)
      .build();

  private final OptionSpec tokenFile = Arguments.option(
          "--token-file",
          "FILE",
          Path.class,
          "The file that holds the token of an Upstash server."
              + " Default: $UPSTASH_REDIS_REST_TOKEN.")
      .scopeType(ScopeType.INHERIT)
      .build();

  private final OptionSpec maxRequestBytes = Arguments.option(
          "--max-request-bytes",
          "N",
          Integer.class,
          "The largest request that an Upstash server is sent; more goes in several."
              + " Default: 8000000.")
      .scopeType(ScopeType.INHERIT)
      .build();

  private final OptionSpec allowPlainHttp = Arguments.flag(
          "--allow-plain-http",
          "Let http:// go to other machines, with the token for everybody on the way to read.")
      .scopeType(ScopeType.INHERIT)
      .build();

  /** Lets a command and those below it take these options. */
  void addTo(CommandSpec spec) {
    spec.addOption(timeout)
        .addOption(commit)
        .addOption(durableReplicas)
        .addOption(tokenFile)
        .addOption(maxRequestBytes)
        .addOption(allowPlainHttp);
  }

  private Duration timeout() {
    return Arguments.given(timeout, Duration.ofSeconds(5));
  }

  /**
   * Refuses options that are for other stores, or that have values of no use.
   *
   * @throws CommandFailure with {@link ExitCode#USAGE}
   */
  void requireFit(StoreChoice choice, KeyLayout layout) {
    boolean redis = choice instanceof StoreChoice.Redis;
    boolean upstash = choice instanceof StoreChoice.Upstash;
    refuse(redis || upstash, choice, "Redis and Upstash", commit);
    refuse(redis, choice, "Redis", durableReplicas);
    refuse(upstash, choice, "Upstash", tokenFile);
    refuse(upstash, choice, "Upstash", maxRequestBytes);
    refuse(upstash, choice, "Upstash", allowPlainHttp);
    if (choice instanceof StoreChoice.Redis server
        && server.isCluster()
        && layout == KeyLayout.WORLDMONITOR) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "the layout worldmonitor does not work on a cluster: the keys of a region do not share a"
              + " slot, so no transaction can hold them; use --layout tagged");
    }
    if (timeout().isZero()) {
      throw new CommandFailure(ExitCode.USAGE, "--timeout: at least 1 second is needed");
    }
    if (Arguments.given(durableReplicas, 0) < 0) {
      throw new CommandFailure(ExitCode.USAGE, "--durable-replicas: there are no fewer than 0");
    }
    if (Arguments.given(maxRequestBytes, 1) < 1) {
      throw new CommandFailure(ExitCode.USAGE, "--max-request-bytes: at least 1 is needed");
    }
  }

  private static void refuse(boolean fits, StoreChoice choice, String kind, OptionSpec option) {
    if (Arguments.isGiven(option) && !fits) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "%s is for %s servers, and %s is none".formatted(option.longestName(), kind, choice));
    }
  }

  /**
   * How to use servers.
   *
   * @param notes takes warnings, one line at a time
   */
  Servers servers(Map<String, String> environment, Consumer<String> notes) {
    CommitMode mode = Arguments.given(commit, CommitMode.AUTO);
    RedisOptions redis = RedisOptions.defaults()
        .withMode(mode)
        .withTimeouts(timeout(), timeout())
        .withDurableReplicas(Arguments.given(durableReplicas, 0))
        .withListener(new RedisWarnings(notes));
    UpstashOptions upstash = UpstashOptions.defaults()
        .withMode(mode)
        // A large request may take several times as long as the next bytes of one.
        .withTimeouts(timeout(), timeout(), timeout().multipliedBy(3))
        .withPlainHttp(Arguments.isGiven(allowPlainHttp))
        .withListener(new UpstashWarnings(notes));
    Integer mostBytes = maxRequestBytes.getValue();
    return new Servers(
        redis,
        mostBytes == null ? upstash : upstash.withMaxRequestBytes(mostBytes),
        new RestToken(Optional.ofNullable(tokenFile.getValue()), environment));
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
