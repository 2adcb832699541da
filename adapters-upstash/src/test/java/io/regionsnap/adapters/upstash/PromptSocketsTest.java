package io.regionsnap.adapters.upstash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;

/** Requests that leave at once. */
class PromptSocketsTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @Test
  void socketOfTheClient_sendsAtOnce() throws IOException {
    SocketFactory sockets = Rest.client(UpstashOptions.defaults()).socketFactory();

    try (Socket socket = sockets.createSocket()) {
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
  }

  @Test
  void connectedSocket_sendsAtOnce() throws IOException {
    PromptSockets sockets = new PromptSockets();
    try (ServerSocket server = new ServerSocket(0, 8, HERE)) {
      int port = server.getLocalPort();
      try (Socket named = sockets.createSocket(HERE.getHostAddress(), port);
          Socket bound = sockets.createSocket(HERE.getHostAddress(), port, HERE, 0);
          Socket addressed = sockets.createSocket(HERE, port);
          Socket addressedAndBound = sockets.createSocket(HERE, port, HERE, 0)) {
        assertThat(new Socket[] {named, bound, addressed, addressedAndBound}).allSatisfy(socket -> {
          assertThat(socket.getPort()).isEqualTo(port);
          assertThat(socket.getTcpNoDelay()).isTrue();
        });
      }
    }
  }

  @Test
  void connectedSocket_nobodyListens_fails() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 8, HERE)) {
      port = server.getLocalPort();
    }

    assertThatThrownBy(() -> new PromptSockets().createSocket(HERE, port))
        .isInstanceOf(ConnectException.class);
  }
}
