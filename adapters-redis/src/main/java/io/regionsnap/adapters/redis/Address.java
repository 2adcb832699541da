package io.regionsnap.adapters.redis;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a store is, read from its URL.
 *
 * @param uris one, or the seeds of a cluster; with credentials
 * @param cluster whether it is a cluster
 * @param label scheme, hosts and ports: what may be shown
 */
record Address(List<RedisURI> uris, boolean cluster, String label) {
  private static final String CLUSTER = "redis-cluster:";
  private static final String CLUSTER_TLS = "rediss-cluster:";
  private static final Pattern SCHEME = Pattern.compile("^([a-zA-Z+-]*://)?.*$", Pattern.DOTALL);
  // A name, an address, or an IPv6 address, in brackets or not; never what was part of a password.
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9_.-]+|\\[?[0-9A-Fa-f]*(:[0-9A-Fa-f.]*){2,}]?");

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException if it is none of those that are served; the message shows no
   *     credentials
   */
  static Address parse(String url, RedisOptions options) {
    String scheme = SCHEME.matcher(url).replaceFirst("$1");
    String lower = url.toLowerCase(Locale.ROOT);
    boolean cluster = lower.startsWith(CLUSTER) || lower.startsWith(CLUSTER_TLS);
    List<RedisURI> uris = new ArrayList<>();
    try {
      for (String one : cluster ? seeds(url) : List.of(url)) {
        uris.add(parseOne(one, options));
      }
    } catch (RuntimeException e) {
      // Neither the rest of the URL nor the cause is shown: where it is malformed, a password may
      // stand anywhere.
      throw new IllegalArgumentException("not the URL of a Redis: " + scheme + "... (expected"
          + " redis://, rediss://, redis-socket://, redis-sentinel:// or redis-cluster://, with"
          + " special characters of passwords percent-encoded)");
    }
    if (cluster && uris.stream().anyMatch(uri -> uri.getDatabase() != 0)) {
      throw new IllegalArgumentException("a cluster has database 0 only");
    }
    String hosts = uris.stream().map(Address::name).collect(Collectors.joining(","));
    return new Address(List.copyOf(uris), cluster, scheme + hosts);
  }

  private static RedisURI parseOne(String url, RedisOptions options) {
    RedisURI uri = RedisURI.create(url);
    if (uri.getHost() != null && !HOST.matcher(uri.getHost()).matches()) {
      throw new IllegalArgumentException("not a host");
    }
    uri.setTimeout(options.connectTimeout());
    putCredentialsAtHand(uri);
    // A Sentinel is a server to connect to as well, with credentials of its own.
    Map<String, String> parameters = parameters(url);
    RedisCredentials credentials =
        RedisCredentials.just(parameters.get("sentinelUser"), parameters.get("sentinelPassword"));
    for (RedisURI sentinel : uri.getSentinels()) {
      sentinel.setTimeout(options.connectTimeout());
      if (credentials.hasPassword()) {
        sentinel.setCredentialsProvider(new StaticCredentialsProvider(credentials));
      }
    }
    return uri;
  }

  /**
   * Lettuce reads credentials of a URL as if they had to be waited for, and then goes on with the
   * handshake on another thread than the connection's. So it can hand a connection out before it
   * has become active, and refuse what is sent over it ("not connected").
   */
  private static void putCredentialsAtHand(RedisURI uri) {
    RedisCredentials credentials =
        uri.getCredentialsProvider().resolveCredentials().block();
    if (credentials != null) {
      uri.setCredentialsProvider(new StaticCredentialsProvider(credentials));
    }
  }

  private static Map<String, String> parameters(String url) {
    Map<String, String> parameters = new HashMap<>();
    String query = Objects.requireNonNullElse(URI.create(url).getRawQuery(), "");
    for (String parameter : query.split("&", -1)) {
      String[] parts = parameter.split("=", 2);
      // In URLs, other than in forms, a plus is a plus.
      parameters.put(
          parts[0],
          parts.length < 2
              ? ""
              : URLDecoder.decode(parts[1].replace("+", "%2B"), StandardCharsets.UTF_8));
    }
    return parameters;
  }

  /** redis-cluster://user:password@a:1,b:2 is redis://user:password@a:1 and the same for b:2. */
  private static List<String> seeds(String url) {
    String scheme = url.substring(0, url.indexOf(':')).replace("-cluster", "");
    String rest = url.substring(url.indexOf("://") + 3);
    int end = rest.indexOf('/') >= 0 ? rest.indexOf('/') : rest.length();
    String authority = rest.substring(0, end);
    int at = authority.lastIndexOf('@') + 1;
    List<String> seeds = new ArrayList<>();
    for (String host : authority.substring(at).split(",", -1)) {
      seeds.add(scheme + "://" + authority.substring(0, at) + host + rest.substring(end));
    }
    return seeds;
  }

  /** Host and port, or the path of a socket. */
  static String name(RedisURI uri) {
    if (uri.getSocket() != null) {
      return uri.getSocket();
    } else if (!uri.getSentinels().isEmpty()) {
      return "primary " + uri.getSentinelMasterId();
    }
    return uri.getHost() + ":" + uri.getPort();
  }
}
