package io.regionsnap.adapters.redis;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Reads all views of regions with raw pipelined MGET, and throws them away. */
final class RawReads {
  private static final int BATCH = 100;

  private final int port;
  private final int regions;
  private final int snapshots;
  private final long begin;

  /**
   * @param snapshots how many in each region
   * @param begin the time of the first; one a minute follows
   */
  RawReads(int port, int regions, int snapshots, long begin) {
    this.port = port;
    this.regions = regions;
    this.snapshots = snapshots;
    this.begin = begin;
  }

  void run() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(out));
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      int values = regions * snapshots * 2;
      for (int read = 0; read < values; ) {
        String line = line(in);
        if (line.startsWith("$")) {
          in.skipNBytes(Integer.parseInt(line.substring(1)) + 2L);
          read++;
        }
      }
      sending.join();
    }
  }

  private void send(OutputStream out) {
    try {
      for (int region = 0; region < regions; region++) {
        for (int from = 0; from < snapshots; from += BATCH) {
          int size = Math.min(BATCH, snapshots - from);
          out.write(("*" + (1 + 2 * size) + "\r\n$4\r\nMGET\r\n").getBytes(StandardCharsets.UTF_8));
          for (int i = from; i < from + size; i++) {
            long at = begin + i * 60_000L;
            write(out, "snapshot:id:{region-" + region + "}:id-" + at);
            write(out, "snapshot:ts:{region-" + region + "}:" + at);
          }
        }
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(("$" + text.length() + "\r\n" + text + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
