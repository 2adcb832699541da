package io.regionsnap.testkit.rest;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a {@link RestServer} behaves, where servers differ. Immutable: each change makes new options.
 */
public final class RestOptions {
  /** As Upstash documents itself: 10 MB for a request, 100 MB for a record. */
  public static final RestOptions UPSTASH = new RestOptions();

  /** As serverless-redis-http, which people run in front of a Redis of their own. */
  public static final RestOptions SERVERLESS_REDIS_HTTP =
      UPSTASH.multiExec(MultiExec.EMPTY_500_AFTER_ERROR).base64(Base64.OK_TOO);

  /**
   * As the proxy that comes with worldmonitor: no transactions, no scripts, no ZREMRANGEBYSCORE,
   * and 1 MiB for a request.
   */
  public static final RestOptions WORLDMONITOR_PROXY = UPSTASH
      .multiExec(MultiExec.BROKEN)
      .base64(Base64.IGNORED)
      .dropAbove(1_048_576)
      .allowing(
          "GET",
          "SET",
          "DEL",
          "EXISTS",
          "MGET",
          "EXPIRE",
          "TTL",
          "PING",
          "ZADD",
          "ZRANGE",
          "ZREVRANGE",
          "ZRANGEBYSCORE",
          "ZREM",
          "ZCARD");

  /** What becomes of {@code Upstash-Encoding: base64}. */
  public enum Base64 {
    /** Every string of a result is base64 except a status OK. */
    HONOURED,
    /** The same, and OK is {@code T0s=}. */
    OK_TOO,
    /** Strings come as they are. */
    IGNORED
  }

  /** How {@code /multi-exec} is served. */
  public enum MultiExec {
    /** Atomically, with one result or error each, or a single error if it was discarded. */
    ATOMIC,
    /**
     * Atomically, but an error of one command leaves 500 and an empty body after its neighbours
     * were applied; a discarded transaction says {@code EXECABORT}.
     */
    EMPTY_500_AFTER_ERROR,
    /** Never: 500, nothing having run. */
    BROKEN,
    /** Never: 404 in plain text. */
    ABSENT
  }

  private long maxRequestBytes = 10_000_000;
  private int tooLargeStatus = 413;
  private long droppedAboveBytes = Long.MAX_VALUE;
  private long maxRecordBytes = 100_000_000;
  private int discardStatus = 400;
  private Base64 base64 = Base64.HONOURED;
  private MultiExec multiExec = MultiExec.ATOMIC;
  private boolean scripts = true;
  private boolean reconnects;
  private Set<String> allowed = Set.of();
  private Optional<URI> replica = Optional.empty();

  private RestOptions() {}

  private RestOptions with(Consumer<RestOptions> change) {
    RestOptions changed = new RestOptions();
    changed.maxRequestBytes = maxRequestBytes;
    changed.tooLargeStatus = tooLargeStatus;
    changed.droppedAboveBytes = droppedAboveBytes;
    changed.maxRecordBytes = maxRecordBytes;
    changed.discardStatus = discardStatus;
    changed.base64 = base64;
    changed.multiExec = multiExec;
    changed.scripts = scripts;
    changed.reconnects = reconnects;
    changed.allowed = allowed;
    changed.replica = replica;
    change.accept(changed);
    return changed;
  }

  /**
   * With another limit of the request.
   *
   * @param bytes the largest body that is accepted
   * @param status for a larger one, 413 or 400
   * @return new options
   */
  public RestOptions maxRequest(long bytes, int status) {
    return with(changed -> {
      changed.maxRequestBytes = bytes;
      changed.tooLargeStatus = status;
    });
  }

  /**
   * With a limit of the request above which the connection is closed without a word.
   *
   * @param bytes the largest body that is answered
   * @return new options
   */
  public RestOptions dropAbove(long bytes) {
    return with(changed -> changed.droppedAboveBytes = bytes);
  }

  /**
   * With another limit of a record.
   *
   * @param bytes the longest argument of a command that is accepted
   * @return new options
   */
  public RestOptions maxRecord(long bytes) {
    return with(changed -> changed.maxRecordBytes = bytes);
  }

  /**
   * With another status for a discarded transaction.
   *
   * @param status 400 or 200
   * @return new options
   */
  public RestOptions discardStatus(int status) {
    return with(changed -> changed.discardStatus = status);
  }

  /**
   * With another way of base64.
   *
   * @param way what becomes of the header
   * @return new options
   */
  public RestOptions base64(Base64 way) {
    return with(changed -> changed.base64 = way);
  }

  /**
   * With another way of {@code /multi-exec}.
   *
   * @param way how it is served
   * @return new options
   */
  public RestOptions multiExec(MultiExec way) {
    return with(changed -> changed.multiExec = way);
  }

  /**
   * With a user who may not run scripts: {@code NOPERM … 'eval'}.
   *
   * @return new options
   */
  public RestOptions withoutScripts() {
    return with(changed -> changed.scripts = false);
  }

  /**
   * With a {@code /pipeline} that outlives its connection to Redis: the command during which that
   * is lost is answered with an error, and the next one goes over another.
   *
   * @return new options
   */
  public RestOptions reconnecting() {
    return with(changed -> changed.reconnects = true);
  }

  /**
   * With a list of commands outside of which all is answered with 403.
   *
   * @param commands their names
   * @return new options
   */
  public RestOptions allowing(String... commands) {
    return with(changed -> changed.allowed = Stream.of(commands)
        .map(name -> name.toUpperCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * With a Redis that serves the reads that do not carry the sync token of the last write, however
   * far it lags behind; {@code REPLICAOF NO ONE} holds a replica back for as long as a test wants.
   *
   * @param url its address
   * @return new options
   */
  public RestOptions readingFrom(URI url) {
    return with(changed -> changed.replica = Optional.of(url));
  }

  long maxRequestBytes() {
    return maxRequestBytes;
  }

  int tooLargeStatus() {
    return tooLargeStatus;
  }

  long droppedAboveBytes() {
    return droppedAboveBytes;
  }

  long maxRecordBytes() {
    return maxRecordBytes;
  }

  int discardStatus() {
    return discardStatus;
  }

  Base64 base64() {
    return base64;
  }

  MultiExec multiExec() {
    return multiExec;
  }

  boolean permitsScripts() {
    return scripts;
  }

  boolean reconnects() {
    return reconnects;
  }

  /** Whether the list of commands, if there is one, has it. */
  boolean allows(RestCommand command) {
    return allowed.isEmpty() || allowed.contains(command.name());
  }

  Optional<URI> replica() {
    return replica;
  }
}
