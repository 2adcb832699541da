package io.regionsnap.adapters.upstash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Makes sockets that send at once what they are given. A request leaves in several writes; without
 * this the last of them waits until the server has acknowledged the others, for which it may take
 * 40 ms (RFC 896 on one side, RFC 1122, 4.2.3.2, on the other). Immutable and thread-safe.
 */
final class PromptSockets extends SocketFactory {
  private static final SocketFactory USUAL = SocketFactory.getDefault();

  private static Socket prompt(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public Socket createSocket() throws IOException {
    return prompt(USUAL.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return prompt(USUAL.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return prompt(USUAL.createSocket(host, port, from, fromPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return prompt(USUAL.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return prompt(USUAL.createSocket(host, port, from, fromPort));
  }
}
