package io.regionsnap.app.store;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The store that a run is to work on. */
public sealed interface StoreChoice {
  /** The environment variable that names a store. */
  String VARIABLE = "REGIONSNAP_STORE";

  /**
   * A store in one file.
   *
   * @param file the file
   */
  record Embedded(Path file) implements StoreChoice {}

  /** A store that is gone when the process ends. */
  record Memory() implements StoreChoice {}

  /**
   * Chooses the store: what the option says, else what the variable says, else a file in the user's
   * data folder.
   *
   * @param option the URL given on the command line, if any
   * @param environment the environment variables
   * @return the choice
   * @throws UnusableStoreException if the URL names no store that can be opened
   */
  static StoreChoice of(Optional<String> option, Map<String, String> environment) {
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    if (option.isPresent()) {
      return new Url("--store", option.get()).parse(home);
    }
    String variable = environment.getOrDefault(VARIABLE, "");
    return variable.isEmpty()
        ? new Embedded(dataFolder(environment, home).resolve("regionsnap/regionsnap.mv"))
        : new Url(VARIABLE, variable).parse(home);
  }

  /** As the XDG Base Directory Specification has it: what is not absolute is ignored. */
  private static Path dataFolder(Map<String, String> environment, Path home) {
    String folder = environment.getOrDefault("XDG_DATA_HOME", "");
    return folder.startsWith("/") ? Path.of(folder) : home.resolve(".local/share");
  }

  /**
   * A URL of a store.
   *
   * @param origin where it was given
   * @param text what was given; may hold a password
   */
  record Url(String origin, String text) {
    private static final Pattern URL =
        Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Set<String> OF_OTHER_BUILDS =
        Set.of("redis", "rediss", "upstash", "https", "http");
    private static final String ADVICE = "use file:PATH or memory:";

    private StoreChoice parse(Path home) {
      Matcher matcher = URL.matcher(text);
      if (!matcher.matches()) {
        throw unusable("%s is not the URL of a store: it has no scheme; %s", ADVICE);
      }
      String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
      if (scheme.equals("file")) {
        return new Embedded(path(matcher.group(2), home));
      }
      if (scheme.equals("memory") && matcher.group(2).isEmpty()) {
        return new Memory();
      }
      if (OF_OTHER_BUILDS.contains(scheme)) {
        throw unusable("%s: this build has no adapter for %s", scheme + ": stores; " + ADVICE);
      }
      throw unusable("%s names no store that regionsnap knows; %s", ADVICE);
    }

    /** The path stands as it is: nothing in it is decoded. */
    private Path path(String given, Path home) {
      if (given.startsWith("//") && !given.startsWith("///")) {
        throw unusable("%s: a file: URL takes no host; %s", "write file:PATH or file:///PATH");
      }
      String path = given.startsWith("///") ? given.substring(2) : given;
      if (path.isEmpty() || path.endsWith("/") || path.indexOf('\0') >= 0) {
        throw unusable("%s: file: needs the path of a file; %s", "write file:PATH");
      }
      return path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path);
    }

    private UnusableStoreException unusable(String problem, String advice) {
      return new UnusableStoreException(problem.formatted(origin, advice));
    }

    @Override
    public String toString() {
      return "the URL given by " + origin;
    }
  }
}
