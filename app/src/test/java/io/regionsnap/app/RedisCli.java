package io.regionsnap.app;

import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.redis.RespError;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** As much of {@code redis-cli} as the documentation uses, for machines that have none. */
final class RedisCli {
  private RedisCli() {}

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (RespClient client = RespClient.connect(URI.create(System.getenv("TEST_REDIS")))) {
      if (arguments[0].equals("--scan")) {
        scan(out, client, arguments[2]);
      } else {
        print(out, client.call((Object[]) arguments));
      }
    } catch (RespError e) {
      // No failure of the client's, as the real one sees it.
      out.println(e.text());
    }
  }

  private static void scan(PrintStream out, RespClient client, String pattern) {
    String cursor = "0";
    do {
      List<?> page = client.list("SCAN", cursor, "MATCH", pattern);
      cursor = new String((byte[]) page.get(0), StandardCharsets.UTF_8);
      print(out, page.get(1));
    } while (!cursor.equals("0"));
  }

  private static void print(PrintStream out, @Nullable Object answer) {
    if (answer instanceof List<?> list) {
      list.forEach(element -> print(out, element));
    } else if (answer instanceof byte[] bytes) {
      out.writeBytes(bytes);
      out.println();
    } else {
      out.println(answer == null ? "" : answer);
    }
  }
}
