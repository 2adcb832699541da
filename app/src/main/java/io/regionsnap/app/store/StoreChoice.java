package io.regionsnap.app.store;

import java.net.URI;
import java.net.URISyntaxException;
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
   * A Redis server, a primary behind Sentinels, or a cluster.
   *
   * @param url where; may hold a password
   */
  record Redis(String url) implements StoreChoice {
    /** The URL without user, password and parameters. */
    String label() {
      return withoutSecrets(url);
    }

    /**
     * Whether keys are spread over nodes, so that those of a region must share a slot.
     *
     * @return whether the URL says so
     */
    public boolean isCluster() {
      return url.regionMatches(true, 0, "redis-cluster:", 0, 14)
          || url.regionMatches(true, 0, "rediss-cluster:", 0, 15);
    }

    @Override
    public String toString() {
      return label();
    }
  }

  /**
   * An Upstash server, or one that speaks its REST API.
   *
   * @param url where; should hold no secret, and may all the same
   */
  record Upstash(String url) implements StoreChoice {
    /** The environment variable that holds a REST URL. */
    public static final String URL_VARIABLE = "UPSTASH_REDIS_REST_URL";

    /** The URL without user, password and parameters. */
    String label() {
      return withoutSecrets(url);
    }

    /**
     * The URL.
     *
     * @throws UnusableStoreException if it is malformed
     */
    URI uri() {
      try {
        return new URI(url);
      } catch (URISyntaxException e) {
        // The cause quotes the URL, where a token may stand.
        throw new UnusableStoreException("the REST URL is malformed; expected https://HOST");
      }
    }

    @Override
    public String toString() {
      return label();
    }
  }

  private static String withoutSecrets(String url) {
    return url.replaceFirst("(?s)[?#].*", "").replaceFirst("(?s)://.*@", "://");
  }

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
      return new Url("--store", option.get()).parse(home, environment);
    }
    String variable = environment.getOrDefault(VARIABLE, "");
    return variable.isEmpty()
        ? new Embedded(dataFolder(environment, home).resolve("regionsnap/regionsnap.mv"))
        : new Url(VARIABLE, variable).parse(home, environment);
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
    private static final Set<String> OF_REDIS = Set.of(
        "redis",
        "rediss",
        "redis-socket",
        "redis-sentinel",
        "rediss-sentinel",
        "redis-cluster",
        "rediss-cluster");
    private static final Pattern REST =
        Pattern.compile("https?:.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final String ADVICE = "use file:PATH, redis://HOST, upstash: or memory:";

    private StoreChoice parse(Path home, Map<String, String> environment) {
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
      if (OF_REDIS.contains(scheme)) {
        return new Redis(text);
      }
      if (REST.matcher(text).matches()) {
        return new Upstash(text);
      }
      if (scheme.equals("upstash")) {
        return upstash(matcher.group(2), environment);
      }
      throw unusable("%s names no store that regionsnap knows; %s", ADVICE);
    }

    private StoreChoice upstash(String given, Map<String, String> environment) {
      String url =
          given.isEmpty() ? environment.getOrDefault(Upstash.URL_VARIABLE, "").strip() : given;
      if (url.isEmpty()) {
        throw unusable(
            "%s: upstash: needs a REST URL; %s",
            "set " + Upstash.URL_VARIABLE + ", or write the URL itself, https://HOST");
      }
      if (!REST.matcher(url).matches()) {
        throw unusable(
            "%s: upstash: is at no REST URL; %s",
            "expected https://HOST, in " + Upstash.URL_VARIABLE + " or after upstash:");
      }
      return new Upstash(url);
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
