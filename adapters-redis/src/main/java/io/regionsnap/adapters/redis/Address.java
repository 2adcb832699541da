package io.regionsnap.adapters.redis;

import io.lettuce.core.RedisURI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException if it is none of those that are served; the message shows no
   *     credentials
   */
  static Address parse(String url, RedisOptions options) {
    String label = withoutSecrets(url);
    String lower = url.toLowerCase(Locale.ROOT);
    boolean cluster = lower.startsWith(CLUSTER) || lower.startsWith(CLUSTER_TLS);
    List<RedisURI> uris = new ArrayList<>();
    try {
      for (String one : cluster ? seeds(url) : List.of(url)) {
        RedisURI uri = RedisURI.create(one);
        uri.setTimeout(options.connectTimeout());
        // A Sentinel is a server to connect to as well.
        uri.getSentinels().forEach(each -> each.setTimeout(options.connectTimeout()));
        uris.add(uri);
      }
    } catch (RuntimeException e) {
      // The cause is left out: its message may repeat the URL.
      throw new IllegalArgumentException("not the URL of a Redis: " + label + " (expected "
          + "redis://, rediss://, redis-socket://, redis-sentinel:// or redis-cluster://)");
    }
    if (cluster && uris.stream().anyMatch(uri -> uri.getDatabase() != 0)) {
      throw new IllegalArgumentException("a cluster has database 0 only: " + label);
    }
    return new Address(List.copyOf(uris), cluster, label);
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

  /** Cuts out what stands before the last @, and every parameter: either may be secret. */
  static String withoutSecrets(String url) {
    String text = url.replaceFirst("[?#].*", "");
    int slashes = text.indexOf("://");
    int at = text.lastIndexOf('@');
    if (slashes < 0) {
      return at < 0 ? text : text.substring(at + 1);
    }
    return at < slashes ? text : text.substring(0, slashes + 3) + text.substring(at + 1);
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
