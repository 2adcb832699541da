package io.regionsnap.testkit.rest;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a {@link RestServer} behaves, where servers differ.
 *
 * @param maxRequestBytes the largest body that is accepted
 * @param tooLargeStatus the status for a larger one, 413 or 400
 * @param maxRecordBytes the longest argument of a command that is accepted
 * @param discardStatus the status for a transaction that was discarded whole, 400 or 200
 * @param base64 what becomes of {@code Upstash-Encoding: base64}
 * @param multiExec how {@code /multi-exec} is served
 * @param scripts whether EVAL and its relatives are permitted
 * @param allowed the only commands that are allowed, in upper case; all if empty
 * @param replica a Redis that may serve reads that do not carry the sync token of the last write
 */
public record RestOptions(
    long maxRequestBytes,
    int tooLargeStatus,
    long maxRecordBytes,
    int discardStatus,
    Base64 base64,
    MultiExec multiExec,
    boolean scripts,
    Set<String> allowed,
    Optional<URI> replica) {

  /** As Upstash documents itself on its small plans. */
  public static final RestOptions UPSTASH = new RestOptions(
      10_000_000,
      413,
      100_000_000,
      400,
      Base64.HONOURED,
      MultiExec.ATOMIC,
      true,
      Set.of(),
      Optional.empty());

  /** As serverless-redis-http, which people run in front of a Redis of their own. */
  public static final RestOptions SERVERLESS_REDIS_HTTP =
      UPSTASH.multiExec(MultiExec.EMPTY_500_AFTER_ERROR).base64(Base64.OK_TOO);

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

  /** Copies the commands, in upper case. */
  public RestOptions {
    Set<String> names = new TreeSet<>();
    allowed.forEach(name -> names.add(name.toUpperCase(Locale.ROOT)));
    allowed = Set.copyOf(names);
  }

  /**
   * With another limit of the request.
   *
   * @param bytes the largest body that is accepted
   * @param status for a larger one, 413 or 400
   * @return new options
   */
  public RestOptions maxRequest(long bytes, int status) {
    return new RestOptions(
        bytes, status, maxRecordBytes, discardStatus, base64, multiExec, scripts, allowed, replica);
  }

  /**
   * With another limit of a record.
   *
   * @param bytes the longest argument that is accepted
   * @return new options
   */
  public RestOptions maxRecord(long bytes) {
    return new RestOptions(
        maxRequestBytes,
        tooLargeStatus,
        bytes,
        discardStatus,
        base64,
        multiExec,
        scripts,
        allowed,
        replica);
  }

  /**
   * With another status for a discarded transaction.
   *
   * @param status 400 or 200
   * @return new options
   */
  public RestOptions discardStatus(int status) {
    return new RestOptions(
        maxRequestBytes,
        tooLargeStatus,
        maxRecordBytes,
        status,
        base64,
        multiExec,
        scripts,
        allowed,
        replica);
  }

  /**
   * With another way of base64.
   *
   * @param way what becomes of the header
   * @return new options
   */
  public RestOptions base64(Base64 way) {
    return new RestOptions(
        maxRequestBytes,
        tooLargeStatus,
        maxRecordBytes,
        discardStatus,
        way,
        multiExec,
        scripts,
        allowed,
        replica);
  }

  /**
   * With another way of {@code /multi-exec}.
   *
   * @param way how it is served
   * @return new options
   */
  public RestOptions multiExec(MultiExec way) {
    return new RestOptions(
        maxRequestBytes,
        tooLargeStatus,
        maxRecordBytes,
        discardStatus,
        base64,
        way,
        scripts,
        allowed,
        replica);
  }

  /**
   * With a user who may not run scripts: {@code NOPERM … 'eval'}.
   *
   * @return new options
   */
  public RestOptions withoutScripts() {
    return new RestOptions(
        maxRequestBytes,
        tooLargeStatus,
        maxRecordBytes,
        discardStatus,
        base64,
        multiExec,
        false,
        allowed,
        replica);
  }

  /**
   * With a list of commands outside of which all is answered with 403.
   *
   * @param commands their names
   * @return new options
   */
  public RestOptions allowing(String... commands) {
    return new RestOptions(
        maxRequestBytes,
        tooLargeStatus,
        maxRecordBytes,
        discardStatus,
        base64,
        multiExec,
        scripts,
        Set.of(commands),
        replica);
  }

  /**
   * With a Redis that serves the reads that do not carry the sync token of the last write, however
   * far it lags behind.
   *
   * @param url its address
   * @return new options
   */
  public RestOptions readingFrom(URI url) {
    return new RestOptions(
        maxRequestBytes,
        tooLargeStatus,
        maxRecordBytes,
        discardStatus,
        base64,
        multiExec,
        scripts,
        allowed,
        Optional.of(url));
  }
}
