package io.regionsnap.testkit.rest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Sends requests as they are, and tries nothing twice. */
final class TestClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final RestServer server;
  private final String token;

  TestClient(RestServer server, String token) {
    this.server = server;
    this.token = token;
  }

  /** A POST as the official client sends it. */
  HttpResponse<String> post(String target, String body, String... headers) throws IOException {
    return send(request(target, headers)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder request(String target, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + target))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + token);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
