package io.regionsnap.testkit.rest;

import java.net.URI;
import java.util.List;

/**
 * An Upstash-compatible REST server on a port of this machine, in front of a real Redis (7.0 or
 * later).
 *
 * <p>Commands run on that Redis; what Upstash documents to refuse, this refuses. Requests may come
 * on any number of connections, and a {@code /multi-exec} runs as MULTI and EXEC on a connection of
 * its own. HTTP/1.1 without TLS. Thread-safe, except that {@link #refuseConnections} and
 * {@link #acceptConnections} are for one thread.
 */
public final class RestServer implements AutoCloseable {
  private final Tokens tokens = Tokens.make();
  private final Faults faults = new Faults();
  private final TrafficLog log = new TrafficLog();
  private final RestApi api;
  private final HttpFront front;

  private RestServer(URI redis, RestOptions options) {
    this.api = new RestApi(redis, options, tokens);
    this.front = new HttpFront(faults, log, api);
  }

  /**
   * Starts a server that behaves as Upstash documents itself.
   *
   * @param redis the address of the Redis behind it, with credentials if it wants any
   * @return the server, reachable; to be closed before that Redis is
   */
  public static RestServer start(URI redis) {
    return start(redis, RestOptions.UPSTASH);
  }

  /**
   * Starts a server.
   *
   * @param redis the address of the Redis behind it, with credentials if it wants any
   * @param options how it behaves
   * @return the server, reachable; to be closed before that Redis is
   */
  public static RestServer start(URI redis, RestOptions options) {
    return new RestServer(redis, options);
  }

  /**
   * Its address.
   *
   * @return an {@code http://} URL without a path, the same for as long as it lives
   */
  public URI url() {
    return URI.create("http://127.0.0.1:" + front.port());
  }

  /**
   * The token that permits everything.
   *
   * @return a token of this server alone
   */
  public String token() {
    return tokens.owner();
  }

  /**
   * The token that permits reads, but neither SCAN nor KEYS.
   *
   * @return a token of this server alone
   */
  public String readOnlyToken() {
    return tokens.reader();
  }

  /**
   * What goes wrong with the coming requests.
   *
   * @return the faults, to be arranged
   */
  public Faults faults() {
    return faults;
  }

  /** Closes the port and every connection: to connect is refused from now on. */
  public void refuseConnections() {
    front.refuse();
  }

  /** Opens the port again, after {@link #refuseConnections}. */
  public void acceptConnections() {
    front.accept();
  }

  /**
   * What went over the wire so far.
   *
   * @return a reading that does not change
   */
  public Traffic traffic() {
    return log.traffic();
  }

  /**
   * The requests that arrived whole, oldest first.
   *
   * @return the latest 1000
   */
  public List<RestRequest> requests() {
    return log.latest();
  }

  /**
   * The sync tokens that replies carried, oldest first.
   *
   * @return the latest 1000
   */
  public List<String> syncTokens() {
    return api.issuedSyncTokens();
  }

  @Override
  public void close() {
    front.close();
    api.close();
  }

  /** Without tokens. */
  @Override
  public String toString() {
    return "RestServer[" + url() + "]";
  }
}
