package io.regionsnap.app.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    "redis://h, no adapter for redis: stores",
    "rediss://h, no adapter for rediss: stores",
    "upstash:, no adapter for upstash: stores",
    "HTTPS://h, no adapter for https: stores",
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

  @Test
  void url_asText_keepsItsSecret() {
    assertThat(new StoreChoice.Url("--store", "redis://:hunter2@h"))
        .hasToString("the URL given by --store");
  }
}
