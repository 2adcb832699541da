package io.regionsnap.adapters.upstash;

import static io.regionsnap.adapters.upstash.Small.commit;
import static io.regionsnap.adapters.upstash.Small.options;
import static io.regionsnap.adapters.upstash.Small.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.rest.Fault;
import io.regionsnap.testkit.rest.RestReply;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the token may go, and that it goes nowhere else. */
class SecretsTest extends RestTest {
  private static final String TOKEN = "AXhunter2==";
  private static final UpstashOptions OPTIONS = UpstashOptions.defaults();

  @ParameterizedTest
  @CsvSource({
    "http://db.example.com, plain HTTP",
    "http://127.0.0.1.example.com, plain HTTP",
    "http://10.0.0.1:8080, plain HTTP",
    "https://default:hunter2@db.example.com, no user or password",
    "https://hunter2@db.example.com, no user or password",
    "https://db.example.com?_token=hunter2, never the token",
    "https://db.example.com/?token=hunter2, never the token",
    "https://db.example.com#hunter2, no parameters",
    "redis://hunter2.example.com, begins with https",
    "db.example.com, begins with https",
    "https:db.example.com, names no host",
    "https:///x, names no host",
  })
  void open_urlThatCannotBeUsed_isRefused(String url, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UpstashStore.open(URI.create(url), TOKEN, OPTIONS))
        .withMessageContaining(problem)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://db.example.com",
        "HTTPS://db.example.com/prefix/",
        "http://localhost:8079",
        "http://127.0.0.1",
        "http://127.9.9.9:1",
        "http://[::1]:1"
      })
  void open_urlThatCanBeUsed_isNotRefused(String url) {
    try (UpstashStore store = UpstashStore.open(URI.create(url), TOKEN, OPTIONS)) {
      assertThat(store)
          .hasToString("UpstashStore[%s, AUTO]"
              .formatted(Endpoint.parse(URI.create(url), false).url()));
    }
  }

  @Test
  void open_plainHttpThatIsAllowed_isNotRefused() {
    UpstashStore.open(URI.create("http://10.0.0.1"), TOKEN, OPTIONS.withPlainHttp(true))
        .close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "hunter2\n", "hun ter2", "\"hunter2\"", "'hunter2'", "hünter2"})
  void open_tokenThatIsNone_isRefused(String token) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UpstashStore.open(URI.create("https://h"), token, OPTIONS))
        .withMessageContaining("the token is empty, in quotes")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2", "ter2"));
  }

  @Test
  void endpoint_keepsThePath() {
    assertThat(Endpoint.parse(URI.create("https://h/a/b"), false).at("pipeline"))
        .hasToString("https://h/a/b/pipeline");
    assertThat(Endpoint.parse(URI.create("https://h/a/"), false).at("pipeline"))
        .hasToString("https://h/a/pipeline");
    assertThat(Endpoint.parse(URI.create("https://h"), false).at("pipeline"))
        .hasToString("https://h/pipeline");
  }

  @Test
  void token_isInTheHeaderOnly() {
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      commit(store, 1);
      assertThat(store.toString()).doesNotContain(server.token());
    }
    assertThat(server.requests()).singleElement().satisfies(request -> {
      assertThat(request.target()).doesNotContain(server.token());
      assertThat(request.body().asUtf8()).doesNotContain(server.token());
      assertThat(request.headers())
          .satisfies(headers -> assertThat(headers.entrySet().stream()
                  .filter(header -> header.getValue().contains(server.token()))
                  .map(java.util.Map.Entry::getKey))
              .containsExactly("authorization"));
    });
  }

  @Test
  void token_isNotShown_evenIfTheServerSaysIt() {
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      for (int status : new int[] {200, 400, 401, 403, 429, 500}) {
        server
            .faults()
            .next(Fault.answerInstead(RestReply.json(
                status, "{\"error\":\"ERR bad token %s\"}".formatted(server.token()))));
        CommitResult result = commit(store, 1);
        assertThat(text(result)).contains("***").doesNotContain(server.token());
      }
    }
  }

  @Test
  void wrongToken_isRejectedAndNotShown() {
    try (UpstashStore store = UpstashStore.open(server.url(), TOKEN, options(CommitMode.AUTO))) {
      assertThat(text(commit(store, 1)))
          .startsWith("rejected: ")
          .contains("WRONGPASS", "the token is not accepted")
          .containsOnlyOnce("check UPSTASH_REDIS_REST_TOKEN")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void redirect_takesTheTokenNowhere() {
    server
        .faults()
        .next(Fault.answerInstead(
            RestReply.text(307, "").withHeader("location", server.url() + "/pipeline")));
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      assertThat(text(commit(store, 1))).startsWith("rejected: ").contains("redirects");
    }
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void longWords_areCut() {
    server
        .faults()
        .next(Fault.answerInstead(
            RestReply.json(400, "{\"error\":\"ERR %s\"}".formatted("x".repeat(10_000)))));
    try (UpstashStore store = open(options(CommitMode.SCRIPT))) {
      assertThat(text(commit(store, 1))).hasSizeLessThan(600).contains("xxx...");
    }
  }
}
