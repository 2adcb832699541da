package io.regionsnap.adapters.upstash;

import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Posts commands and judges what comes back. Sends nothing twice, except where the server said that
 * it ran nothing because of the question about its encoding. Thread-safe.
 *
 * <p><b>Encoding.</b> Strings are asked for in base64, since only so do their exact bytes come
 * back. Some servers ignore that; a first command {@code TIME} in each request, whose answer looks
 * different in base64, tells. A user without TIME is served without it.
 *
 * <p><b>Consistency.</b> The {@code upstash-sync-token} of the answer that came last goes with the
 * next request, so that a replica that lags behind does not serve it. Of several answers at a time
 * only one is the last: what another thread wrote at the same moment may be read late.
 */
final class Rest implements AutoCloseable {
  /** Commands in order, each by itself. */
  static final String PIPELINE = "pipeline";

  /** Commands in one transaction. */
  static final String MULTI_EXEC = "multi-exec";

  private static final String SYNC_TOKEN = "upstash-sync-token";
  private static final JsonCommand PROBE =
      JsonCommand.ofText(new Command("TIME", List.<Value>of()));
  private static final int MAX_MESSAGE = 500;

  private final Endpoint endpoint;
  private final String token;
  private final String userAgent;
  private final OkHttpClient http;
  private final Patience patience = new Patience();
  private final AtomicBoolean unprobed = new AtomicBoolean();

  /** Empty before the first answer. */
  private volatile String syncToken = "";

  Rest(Endpoint endpoint, String token, UpstashOptions options) {
    this.endpoint = endpoint;
    this.token = token;
    String version = Rest.class.getPackage().getImplementationVersion();
    this.userAgent = version == null ? "regionsnap" : "regionsnap/" + version;
    this.http = client(options);
  }

  static OkHttpClient client(UpstashOptions options) {
    return new OkHttpClient.Builder()
        .socketFactory(new PromptSockets())
        .connectTimeout(options.connectTimeout())
        .readTimeout(options.timeout())
        .writeTimeout(options.timeout())
        .callTimeout(options.callTimeout())
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .eventListenerFactory(Rest::departure)
        .build();
  }

  /** The bytes that every request has besides its own commands. */
  static int overhead() {
    return PROBE.size() + 3;
  }

  /**
   * Posts commands.
   *
   * @param path {@link #PIPELINE} or {@link #MULTI_EXEC}
   * @param commands one or more
   */
  Answer post(String path, List<JsonCommand> commands) {
    if (!unprobed.get()) {
      Answer answer = send(path, commands, true);
      if (!Verdict.refuses(answer, "TIME")) {
        return answer;
      }
      unprobed.set(true);
    }
    return send(path, commands, false);
  }

  private Answer send(String path, List<JsonCommand> commands, boolean probed) {
    Optional<StoreRefusal> refusal = patience.refusal();
    if (refusal.isPresent()) {
      return new Answer.Refused(refusal.get());
    }
    List<JsonCommand> all = new ArrayList<>(commands);
    if (probed) {
      all.add(0, PROBE);
    }
    Departure departure = new Departure();
    try (Response response = http.newCall(request(path, all, departure)).execute()) {
      syncToken = response.header(SYNC_TOKEN, syncToken);
      patience.heard(response.code(), response.headers());
      Body body = ReplyReader.read(response.body().byteStream(), all.size(), probed);
      return Verdict.of(path, response.code(), shown(body));
    } catch (IOException e) {
      String problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return departure.begun
          ? new Answer.Lost("no whole answer from %s: %s".formatted(endpoint.name(), problem))
          : new Answer.Refused(new StoreRefusal.Unavailable(
              "cannot reach %s: %s".formatted(endpoint.name(), problem)));
    }
  }

  private Request request(String path, List<JsonCommand> commands, Departure departure) {
    Request.Builder request = new Request.Builder()
        .url(endpoint.at(path))
        .header("Authorization", "Bearer " + token)
        .header("User-Agent", userAgent)
        .header("Upstash-Encoding", "base64")
        .tag(Departure.class, departure)
        .post(new JsonBody(commands));
    String latest = syncToken;
    return latest.isEmpty()
        ? request.build()
        : request.header(SYNC_TOKEN, latest).build();
  }

  /** The words of a server, as far as they may be shown: not endlessly, and never the token. */
  private Body shown(Body body) {
    if (!(body instanceof Body.Failure failure)) {
      return body;
    }
    String message = failure.message().replace(token, "***");
    return new Body.Failure(
        message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "...");
  }

  private static EventListener departure(Call call) {
    return Optional.<EventListener>ofNullable(call.request().tag(Departure.class))
        .orElse(EventListener.NONE);
  }

  /** Whether the first byte of a request may have left. Connecting does not count. */
  private static final class Departure extends EventListener {
    private volatile boolean begun;

    @Override
    public void requestHeadersStart(Call call) {
      begun = true;
    }
  }

  /** Where requests go; never the token. */
  @Override
  public String toString() {
    return endpoint.url().toString();
  }

  @Override
  public void close() {
    http.dispatcher().cancelAll();
    http.connectionPool().evictAll();
  }
}
