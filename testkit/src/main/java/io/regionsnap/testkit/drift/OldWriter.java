package io.regionsnap.testkit.drift;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.testkit.rest.RestServer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The writer that regionsnap replaces, with its own requests, layout and expiries: one request
 * claims the bucket, a second one brings six commands, and what each of them answered is not looked
 * at. {@link OldCommands} says what is in them. Not thread-safe. Blocks.
 */
public final class OldWriter {
  /** The layout of its keys. */
  public static final KeyLayout LAYOUT = KeyLayout.WORLDMONITOR;

  /** How long it waits for an answer: in tests longer than any machine should need. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** What it says of a snapshot. */
  public enum Said {
    /** Persisted; it has not looked. */
    OK,
    /** Somebody holds the claim; whether anything was persisted is not asked. */
    DUPLICATE_BUCKET,
    /** The connection was lost, or the answer was late or not a success. */
    FAILED
  }

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final RestServer server;
  private final String path;
  private final InstantSource clock;
  private final Duration timeout;

  private OldWriter(RestServer server, String path, InstantSource clock, Duration timeout) {
    this.server = server;
    this.path = path;
    this.clock = clock;
    this.timeout = timeout;
  }

  /**
   * The writer as it is.
   *
   * @param server where it writes
   * @param clock the writer's clock
   * @return the writer
   */
  public static OldWriter pipeline(RestServer server, InstantSource clock) {
    return new OldWriter(server, "/pipeline", clock, TIMEOUT);
  }

  /**
   * The writer with {@code /multi-exec} instead of {@code /pipeline}, and nothing else changed.
   *
   * @param server where it writes
   * @param clock the writer's clock
   * @return the writer
   */
  public static OldWriter multiExec(RestServer server, InstantSource clock) {
    return new OldWriter(server, "/multi-exec", clock, TIMEOUT);
  }

  /**
   * The same writer with less patience, for requests that are never answered.
   *
   * @param another how long it waits for an answer
   * @return another writer
   */
  public OldWriter waiting(Duration another) {
    return new OldWriter(server, path, clock, another);
  }

  /**
   * Claims, and writes if it could.
   *
   * @param snapshot what to persist
   * @return what it says
   */
  public Said persist(Snapshot snapshot) {
    Said claimed = claim(snapshot);
    return claimed == Said.OK ? write(snapshot) : claimed;
  }

  /**
   * The first request.
   *
   * @param snapshot whose bucket to claim
   * @return what it would say, if it ended here
   */
  public Said claim(Snapshot snapshot) {
    return post("/", List.of(commands().claim(snapshot)), false)
        .map(answer -> answer.contains("OK") ? Said.OK : Said.DUPLICATE_BUCKET)
        .orElse(Said.FAILED);
  }

  /**
   * The second request.
   *
   * @param snapshot what to write
   * @return what it says
   */
  public Said write(Snapshot snapshot) {
    return post(path, commands(snapshot), true).isPresent() ? Said.OK : Said.FAILED;
  }

  /**
   * What the second request brings.
   *
   * @param snapshot what to write
   * @return six commands, each a name and its arguments, none of them null
   */
  public List<List<Object>> commands(Snapshot snapshot) {
    return commands().write(snapshot);
  }

  private OldCommands commands() {
    return new OldCommands(LAYOUT, clock.millis(), clock.millis());
  }

  /** The body of a success; empty if there was none. */
  private Optional<String> post(String to, List<List<Object>> commands, boolean asList) {
    HttpRequest request = HttpRequest.newBuilder(server.url().resolve(to))
        .header("Authorization", "Bearer " + server.token())
        .header("Content-Type", "application/json")
        .timeout(timeout)
        .POST(HttpRequest.BodyPublishers.ofString(json(commands, asList)))
        .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return Optional.of(answer.body()).filter(body -> answer.statusCode() == 200);
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String json(List<List<Object>> commands, boolean asList) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      if (asList) {
        json.writeStartArray();
      }
      for (List<Object> command : commands) {
        json.writeStartArray();
        for (Object part : command) {
          json.writeString(part.toString());
        }
        json.writeEndArray();
      }
      if (asList) {
        json.writeEndArray();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
