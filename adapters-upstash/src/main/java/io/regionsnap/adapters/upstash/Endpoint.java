package io.regionsnap.adapters.upstash;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Where a store is, read from its URL.
 *
 * @param url scheme, host, port and path: what may be shown
 */
record Endpoint(HttpUrl url) {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1|0:0:0:0:0:0:0:1");

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException if it is none that is served; the message shows no credentials
   */
  static Endpoint parse(URI uri, boolean allowPlainHttp) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new IllegalArgumentException(
          "the REST URL begins with https://, as the console of Upstash shows it");
    }
    if (uri.getRawUserInfo() != null || String.valueOf(uri.getRawAuthority()).contains("@")) {
      throw new IllegalArgumentException(
          "the REST URL holds no user or password; the token is given apart from it");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("the REST URL holds no parameters, and never the token:"
          + " whatever is in a URL ends in logs");
    }
    HttpUrl url = HttpUrl.parse(uri.toString());
    if (url == null || uri.getHost() == null) {
      throw new IllegalArgumentException("the REST URL names no host; expected https://HOST");
    }
    if (!url.isHttps() && !allowPlainHttp && !LOOPBACK.matcher(url.host()).matches()) {
      throw new IllegalArgumentException("http:// would show the token to everybody on the way to "
          + url.host() + "; use https://, or allow plain HTTP (--allow-plain-http)");
    }
    return new Endpoint(url);
  }

  /** The URL of a path of the API, such as {@code multi-exec}. */
  HttpUrl at(String path) {
    return url.newBuilder().addPathSegment("").addPathSegment(path).build();
  }

  /** Host and port. */
  String name() {
    return url.host() + ":" + url.port();
  }
}
