package io.regionsnap.testkit.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Sends requests as they are. The JDK's client tries none of its own accord twice that is a POST.
 *
 * @param server where to
 * @param token with what
 */
record TestClient(RestServer server, String token) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  TestClient(RestServer server) {
    this(server, server.token());
  }

  /** The same server with its other token. */
  TestClient reader() {
    return new TestClient(server, server.readOnlyToken());
  }

  /** A POST as the official client sends it, with more headers. */
  HttpResponse<String> post(String target, String body, String... headers) {
    return send(json(target, body, headers));
  }

  /** The same, not yet sent. */
  HttpRequest.Builder json(String target, String body, String... headers) {
    HttpRequest.Builder request = request(target)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
    return headers.length == 0 ? request : request.headers(headers);
  }

  HttpResponse<String> get(String target) {
    return send(request(target));
  }

  /** With the token, and nothing else. */
  HttpRequest.Builder request(String target) {
    return bare(target).header("Authorization", "Bearer " + token);
  }

  HttpRequest.Builder bare(String target) {
    return HttpRequest.newBuilder(URI.create(server.url() + target))
        .timeout(Duration.ofSeconds(30));
  }

  static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
