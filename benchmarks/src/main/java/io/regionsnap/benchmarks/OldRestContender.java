package io.regionsnap.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;

/**
 * The writer of old: for each document, one after the other, the claim in a request of its own and
 * then six commands in a {@code /pipeline}. Not atomic, and nobody looks at the answers of the six.
 */
final class OldRestContender implements Contender {
  private static final JsonFactory JSON = new JsonFactory();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI url;
  private final String token;
  private final Terms terms;

  OldRestContender(URI url, String token, Terms terms) {
    this.url = url;
    this.token = token;
    this.terms = terms;
  }

  @Override
  public Writer writer(InstantSource clock) {
    return documents -> documents.forEach(this::persist);
  }

  private void persist(Document document) {
    Names names = Names.of(document);
    String claimed = post(
        "/",
        json -> command(
            json,
            "SET",
            names.claim(),
            document.id(),
            "NX",
            "PX",
            Long.toString(terms.claimLifetime())));
    if (!claimed.contains("OK")) {
      throw Peers.notNew(claimed);
    }
    String lifetime = Long.toString(terms.viewLifetime());
    String at = Long.toString(document.generatedAtMillis());
    String lowest = "(" + (document.generatedAtMillis() - terms.span());
    String answers = post("/pipeline", json -> {
      json.writeStartArray();
      command(json, "SET", names.timestampView(), document.body(), "PX", lifetime);
      command(json, "SET", names.idView(), document.body(), "PX", lifetime);
      command(json, "SET", names.pointer(), document.id(), "PX", lifetime);
      command(json, "ZADD", names.index(), at, document.id());
      command(json, "ZREMRANGEBYSCORE", names.index(), "-inf", lowest);
      command(json, "DEL", names.live());
      json.writeEndArray();
    });
    if (answers.contains("error")) {
      throw Peers.notNew(answers);
    }
  }

  /** Reads the newest documents as they were read: pointer and body, region by region. */
  int latest(List<String> regions) {
    int bytes = 0;
    for (String region : regions) {
      String pointer = post("/", json -> command(json, "GET", "snapshot:latest:{" + region + "}"));
      String id = pointer.replaceFirst(".*:\"(.*)\".*", "$1");
      String body = post("/", json -> command(json, "GET", "snapshot:id:{" + region + "}:" + id));
      if (!body.contains(id)) {
        throw new IllegalStateException(region + " has no newest snapshot");
      }
      bytes += body.length();
    }
    return bytes;
  }

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private static void command(JsonGenerator json, Object... parts) throws IOException {
    json.writeStartArray();
    for (Object part : parts) {
      if (part instanceof byte[] bytes) {
        json.writeUTF8String(bytes, 0, bytes.length);
      } else {
        json.writeString(part.toString());
      }
    }
    json.writeEndArray();
  }

  private String post(String path, Body body) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (JsonGenerator json = JSON.createGenerator(bytes)) {
        body.write(json);
      }
      HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
          .header("Authorization", "Bearer " + token)
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofByteArray(bytes.toByteArray()))
          .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {}
}
