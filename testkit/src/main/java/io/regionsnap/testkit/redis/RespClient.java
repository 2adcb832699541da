package io.regionsnap.testkit.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The smallest client that can talk to Redis: RESP2 over one socket, one command at a time.
 *
 * <p>A reply is a {@code byte[]} (bulk), a {@link String} (status), a {@link Long}, a {@link List},
 * or null. An error is thrown as {@link RespError} at the top, and is an element inside a list. Not
 * thread-safe. A lost or late answer is an {@link UncheckedIOException}.
 */
public final class RespClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final DataInputStream in;

  private RespClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /**
   * Connects to a server of this machine.
   *
   * @param port its port
   * @return the client; to be closed
   */
  public static RespClient connect(int port) {
    return connect("127.0.0.1", port, null);
  }

  /**
   * Connects to the server that a URL names, with its user, password and database. What
   * {@code rediss} trusts is what the JVM trusts.
   *
   * @param url {@code redis[s]://[[user]:password@]host:port[/database]}
   * @return the client; to be closed
   */
  public static RespClient connect(URI url) {
    return url.getScheme().equals("rediss")
        ? connect(url, (SSLSocketFactory) SSLSocketFactory.getDefault())
        : connect(url, null);
  }

  /**
   * As {@link #connect(URI)}; with TLS, and the name of the host verified, if there is a factory.
   */
  static RespClient connect(URI url, @Nullable SSLSocketFactory tls) {
    RespClient client = connect(url.getHost(), url.getPort() < 0 ? 6379 : url.getPort(), tls);
    String user = url.getUserInfo();
    if (user != null) {
      String[] parts = user.split(":", 2);
      String name = parts[0].isEmpty() ? "default" : parts[0];
      client.call("AUTH", name, parts[1]);
    }
    if (url.getPath().length() > 1) {
      client.call("SELECT", url.getPath().substring(1));
    }
    return client;
  }

  private static RespClient connect(String host, int port, @Nullable SSLSocketFactory tls) {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      return new RespClient(tls == null ? socket : secured(socket, host, port, tls));
    } catch (IOException e) {
      closeQuietly(socket);
      throw new UncheckedIOException(e);
    }
  }

  private static Socket secured(Socket plain, String host, int port, SSLSocketFactory tls)
      throws IOException {
    SSLSocket socket = (SSLSocket) tls.createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    // The rule for names in certificates; without it any trusted certificate would do.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /**
   * Sends a command and waits for its answer.
   *
   * @param parts its name and arguments: byte arrays as they are, anything else as its text
   * @return the answer
   * @throws RespError if the server answers with an error
   */
  public @Nullable Object call(Object... parts) {
    send(List.of(parts));
    return answer();
  }

  /**
   * Sends a command without waiting.
   *
   * @param parts its name and arguments, as for {@link #call}
   */
  public void send(List<?> parts) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      line(out, "*" + parts.size());
      for (Object part : parts) {
        byte[] bytes =
            part instanceof byte[] raw ? raw : part.toString().getBytes(StandardCharsets.UTF_8);
        line(out, "$" + bytes.length);
        out.write(bytes);
        line(out, "");
      }
      socket.getOutputStream().write(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits for the answer to a command that was sent.
   *
   * @return the answer
   * @throws RespError if the server answers with an error
   */
  public @Nullable Object answer() {
    try {
      Object reply = read();
      if (reply instanceof RespError error) {
        throw error;
      }
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A command whose answer is text.
   *
   * @param parts as for {@link #call}
   * @return the answer, whatever its type, as text
   */
  public String text(Object... parts) {
    Object reply = Objects.requireNonNull(call(parts));
    return reply instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : reply.toString();
  }

  /**
   * A command whose answer is a list.
   *
   * @param parts as for {@link #call}
   * @return the answer
   */
  public List<?> list(Object... parts) {
    return (List<?>) Objects.requireNonNull(call(parts));
  }

  private static void line(ByteArrayOutputStream out, String text) {
    out.writeBytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private @Nullable Object read() throws IOException {
    String line = readLine();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case '-' -> new RespError(rest);
      case ':' -> Long.valueOf(rest);
      case '$' -> bulk(Integer.parseInt(rest));
      case '*' -> elements(Integer.parseInt(rest));
      default -> throw new IOException("not RESP2: " + line);
    };
  }

  private byte @Nullable [] bulk(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    in.readFully(new byte[2]);
    return bytes;
  }

  private @Nullable List<@Nullable Object> elements(int count) throws IOException {
    if (count < 0) {
      return null;
    }
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(read());
    }
    return elements;
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      line.append((char) c);
    }
    in.readFully(new byte[1]);
    return line.toString();
  }

  @Override
  public void close() {
    closeQuietly(socket);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
