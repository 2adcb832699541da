package io.regionsnap.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs what a page tells its readers to type, in bash and in a folder of its own, where what has
 * just been compiled takes the launcher's place. Not thread-safe.
 */
final class Shell {
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  Shell(Path folder) throws IOException {
    this.folder = folder;
    putProgram("regionsnap", "io.regionsnap.app.Main");
    environment.put("XDG_DATA_HOME", folder.resolve("data").toString());
    environment.put("PATH", folder + ":" + System.getenv("PATH"));
  }

  Shell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Makes a command of a class with a main method. */
  void putProgram(String name, String mainClass) throws IOException {
    Path program = folder.resolve(name);
    Files.writeString(
        program,
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                mainClass));
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  /** The standard output of commands that must succeed. */
  String run(String commands) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors");
    ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
        .directory(folder.toFile())
        .redirectError(errors.toFile());
    builder.environment().remove("REGIONSNAP_STORE");
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s%s", output, Files.readString(errors)).isZero();
    return output;
  }
}
