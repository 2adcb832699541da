package io.regionsnap.benchmarks;

import io.regionsnap.adapters.inmemory.EmbeddedStore;
import io.regionsnap.domain.Policy;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.redis.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Whole processes: {@code ./regionsnap latest REGION} on each store beside a JVM that says hello,
 * one after the other, over and over; the median of each.
 */
final class ColdStart {
  static final String SECONDS = "coldStartSeconds";
  static final String HELLO = "HELLO";

  private static final Path LAUNCHER = Path.of("regionsnap").toAbsolutePath();
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home", "."));

  private ColdStart() {}

  /** Whether there is a command line to start: one of a clone, in whose root this runs. */
  static boolean hasLauncher() {
    return Files.isExecutable(LAUNCHER);
  }

  static void measure(Extras extras, int times) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("regionsnap-cold-start");
    Series series =
        new Series(Template.of(Groups.TYPICAL), 0, 1, System.currentTimeMillis() - 60_000);
    Document document = series.next(1).get(0);
    try (RedisServer redis = RedisServer.start();
        Backend.Rest rest = Backend.Rest.start(0)) {
      Path file = folder.resolve("store.mv");
      persist(
          EmbeddedStore.open(file, EmbeddedStore.Options.readWrite(), InstantSource.system()),
          document,
          series);
      persist(Backend.redis(redis.port(), CommitMode.SCRIPT), document, series);
      persist(rest.store(CommitMode.SCRIPT), document, series);
      Map<String, ProcessBuilder> commands = new LinkedHashMap<>();
      commands.put(HELLO, hello(folder));
      commands.put(Reader.EMBEDDED.name(), latest("file:" + file));
      commands.put(Reader.REDIS.name(), latest("redis://127.0.0.1:" + redis.port()));
      ProcessBuilder upstash = latest("upstash:");
      upstash.environment().put("UPSTASH_REDIS_REST_URL", rest.server().url().toString());
      upstash.environment().put("UPSTASH_REDIS_REST_TOKEN", rest.server().token());
      commands.put(Reader.UPSTASH.name(), upstash);
      alternate(commands, times).forEach((name, seconds) -> extras.put(SECONDS, name, seconds));
    }
  }

  private static void persist(TransactionalStore store, Document document, InstantSource clock) {
    try (store) {
      Library.add(store, Policy.DEFAULT, List.of(document), clock);
    }
  }

  private static ProcessBuilder hello(Path folder) throws IOException {
    String name = HelloWorld.class.getName().replace('.', '/') + ".class";
    Path copy = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(copy.getParent()));
    try (InputStream bytes =
        Objects.requireNonNull(HelloWorld.class.getClassLoader().getResourceAsStream(name))) {
      Files.copy(bytes, copy);
    }
    return process(
        JAVA_HOME.resolve("bin/java").toString(),
        "-cp",
        folder.toString(),
        HelloWorld.class.getName());
  }

  private static ProcessBuilder latest(String store) {
    return process(LAUNCHER.toString(), "latest", Template.REGION, "--store", store);
  }

  private static ProcessBuilder process(String... command) {
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("JAVA_HOME", JAVA_HOME.toString());
    process.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    process.redirectError(ProcessBuilder.Redirect.INHERIT);
    return process;
  }

  private static Map<String, Double> alternate(Map<String, ProcessBuilder> commands, int times)
      throws IOException, InterruptedException {
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    // The first time round builds what has to be built, and does not count.
    for (int time = 0; time <= times; time++) {
      for (Map.Entry<String, ProcessBuilder> command : commands.entrySet()) {
        double taken = seconds(command.getValue());
        if (time > 0) {
          seconds.computeIfAbsent(command.getKey(), unused -> new ArrayList<>()).add(taken);
        }
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    seconds.forEach((name, all) -> medians.put(name, Medians.of(all)));
    return medians;
  }

  private static double seconds(ProcessBuilder command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    int exitCode = command.start().waitFor();
    long end = System.nanoTime();
    if (exitCode != 0) {
      throw new IllegalStateException(exitCode + " from " + command.command());
    }
    return (end - start) / 1e9;
  }
}
