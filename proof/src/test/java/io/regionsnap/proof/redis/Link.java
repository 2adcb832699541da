package io.regionsnap.proof.redis;

import io.regionsnap.proof.redis.Breakage.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** One connection over a {@link Wire}: two sockets and a thread in each direction. */
final class Link {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Socket client;
  private final Socket server;
  private final Breakage breakage;
  private final Consumer<Link> ended;
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile boolean cut;
  private volatile boolean held;

  Link(Socket client, Socket server, Breakage breakage, Consumer<Link> ended) {
    this.client = client;
    this.server = server;
    this.breakage = breakage;
    this.ended = ended;
  }

  void passRequests() {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      for (int read = in.read(buffer); read >= 0 && !cut; read = in.read(buffer)) {
        boolean wasHeld = breakage.awaitPassage(Direction.REQUEST, this::beginHold);
        int passed = breakage.admit(Direction.REQUEST, buffer, read);
        out.write(buffer, 0, passed);
        if (wasHeld || breakage.isBroken(Direction.REQUEST)) {
          cut();
        }
      }
    } catch (IOException e) {
      // Cut, by us or by one of the two.
    }
    endRequests();
  }

  void passAnswers() {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!cut) {
          boolean wasHeld = breakage.awaitPassage(Direction.ANSWER, this::beginHold);
          pass(out, buffer, breakage.admit(Direction.ANSWER, buffer, read));
          if (wasHeld || breakage.isBroken(Direction.ANSWER)) {
            cut();
          }
        }
      }
    } catch (IOException e) {
      // The server is gone.
    }
    end();
  }

  /** The client may have gone; the server is still listened to until it has said everything. */
  private static void pass(OutputStream out, byte[] buffer, int length) {
    try {
      out.write(buffer, 0, length);
    } catch (IOException e) {
      // Nobody is there to hear it.
    }
  }

  private void beginHold() {
    held = true;
  }

  /** Once what it keeps back is let go, it is waited for as if it were cut. */
  void endHold() {
    if (held) {
      held = false;
      cut = true;
    }
  }

  boolean isHeld() {
    return held;
  }

  /** The client finds its connection gone; the server finds the end of what it was sent. */
  void cut() {
    cut = true;
    closeQuietly(client);
    endRequests();
  }

  private void endRequests() {
    try {
      server.shutdownOutput();
    } catch (IOException e) {
      // It was ended already.
    }
  }

  /** Once cut, waits until the server has closed its side: it has then read to the end. */
  void awaitEndIfCut() {
    if (!cut) {
      return;
    }
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void end() {
    closeQuietly(client);
    closeQuietly(server);
    ended.accept(this);
    end.countDown();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
