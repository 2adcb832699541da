package io.regionsnap.app.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreChoiceTest {
  private static final Map<String, String> HOME = Map.of("HOME", "/home/u");

  private static StoreChoice option(String url) {
    return StoreChoice.of(Optional.of(url), HOME);
  }

  private static StoreChoice environment(String name, String value) {
    return StoreChoice.of(Optional.empty(), Map.of("HOME", "/home/u", name, value));
  }

  private static StoreChoice file(String path) {
    return new StoreChoice.Embedded(Path.of(path));
  }

  @Test
  void nothingSaid_isTheDataFolder() {
    StoreChoice fallback = file("/home/u/.local/share/regionsnap/regionsnap.mv");
    assertThat(StoreChoice.of(Optional.empty(), HOME)).isEqualTo(fallback);
    assertThat(environment("XDG_DATA_HOME", "/data"))
        .isEqualTo(file("/data/regionsnap/regionsnap.mv"));
    assertThat(environment("XDG_DATA_HOME", "relative")).isEqualTo(fallback);
    assertThat(environment("REGIONSNAP_STORE", "")).isEqualTo(fallback);
    assertThat(StoreChoice.of(Optional.empty(), Map.of()))
        .isEqualTo(
            file(System.getProperty("user.home") + "/.local/share/regionsnap/regionsnap.mv"));
  }

  @Test
  void option_goesBeforeVariable() {
    Map<String, String> variable = Map.of("REGIONSNAP_STORE", "memory:");
    assertThat(StoreChoice.of(Optional.empty(), variable)).isEqualTo(new StoreChoice.Memory());
    assertThat(StoreChoice.of(Optional.of("file:x"), variable)).isEqualTo(file("x"));
  }

  @ParameterizedTest
  @CsvSource({
    "file:x.mv, x.mv",
    "file:./a b/x, ./a b/x",
    "file:/abs/x, /abs/x",
    "file:///abs/x, /abs/x",
    "FILE:100%25, 100%25",
    "file:~/x, /home/u/x",
    "file:~x, ~x",
  })
  void file_isThePathAsItStands(String url, String path) {
    assertThat(option(url)).isEqualTo(file(path));
  }

  @ParameterizedTest
  @CsvSource({
    "memory:x, names no store",
    "mysql:x, names no store",
    "/a/b, it has no scheme",
    "'', it has no scheme",
    "file:, needs the path of a file",
    "file:folder/, needs the path of a file",
    "file://host/x, takes no host",
  })
  void others_areRefusedWithAdvice(String url, String problem) {
    assertThatThrownBy(() -> option(url))
        .isInstanceOf(UnusableStoreException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("file:PATH")
        .hasMessageStartingWith("--store");
    if (!url.isEmpty()) {
      assertThatThrownBy(() -> environment("REGIONSNAP_STORE", url))
          .hasMessageStartingWith("REGIONSNAP_STORE");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://h",
        "rediss://u:p@h:1/2",
        "redis-socket:///tmp/s",
        "REDIS-CLUSTER://h",
        "rediss-cluster://h",
        "redis-sentinel://h/0#m"
      })
  void redis_isTheUrlAsItStands(String url) {
    assertThat(option(url)).isEqualTo(new StoreChoice.Redis(url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://h", "HTTPS://h:1/p", "http://127.0.0.1:8079"})
  void upstash_isTheRestUrl_givenOrInItsVariable(String url) {
    StoreChoice upstash = new StoreChoice.Upstash(url);
    assertThat(option(url)).isEqualTo(upstash);
    assertThat(option("upstash:" + url)).isEqualTo(upstash);
    assertThat(environment("REGIONSNAP_STORE", url)).isEqualTo(upstash);
    assertThat(StoreChoice.of(
            Optional.of("upstash:"), Map.of("UPSTASH_REDIS_REST_URL", " " + url + "\n")))
        .isEqualTo(upstash);
  }

  @ParameterizedTest
  @CsvSource({"'', needs a REST URL", "redis://h, is at no REST URL", "h, is at no REST URL"})
  void upstash_withoutRestUrl_isRefusedWithAdvice(String url, String problem) {
    Map<String, String> variable = Map.of("UPSTASH_REDIS_REST_URL", url);
    assertThatThrownBy(() -> StoreChoice.of(Optional.of("upstash:"), variable))
        .isInstanceOf(UnusableStoreException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("UPSTASH_REDIS_REST_URL");
  }

  @Test
  void upstash_asText_keepsItsSecret() {
    assertThat(new StoreChoice.Upstash("https://default:pa@ss@h:1/p?_token=x"))
        .hasToString("https://h:1/p");
    assertThatThrownBy(() -> new StoreChoice.Upstash("https://hunter2 x").uri())
        .isInstanceOf(UnusableStoreException.class)
        .hasMessage("the REST URL is malformed; expected https://HOST")
        .hasNoCause();
  }

  @Test
  void redis_asText_keepsItsSecret() {
    assertThat(new StoreChoice.Redis("redis://user:pa@ss@h:1/0")).hasToString("redis://h:1/0");
    assertThat(new StoreChoice.Redis("redis://h?password=hunter2#x")).hasToString("redis://h");
  }

  @Test
  void url_asText_keepsItsSecret() {
    assertThat(new StoreChoice.Url("--store", "redis://:hunter2@h"))
        .hasToString("the URL given by --store");
  }
}
