package io.regionsnap.adapters.redis;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.audit.AuditRegions;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.testkit.SnapshotDocuments;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/**
 * Reads all views of regions with raw pipelined MGET, then audits them, and prints how long each
 * took, in milliseconds, and how the audit ended. A process of its own, so that its heap can be
 * limited.
 */
final class AuditProbe {
  private static final int BATCH = 100;

  private AuditProbe() {}

  /**
   * Runs it.
   *
   * @param arguments port, regions, snapshots in each, the time of the first
   */
  public static void main(String... arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    int regions = Integer.parseInt(arguments[1]);
    int snapshots = Integer.parseInt(arguments[2]);
    long begin = Long.parseLong(arguments[3]);
    long rawMillis = Long.MAX_VALUE;
    for (int round = 0; round < 2; round++) {
      rawMillis = Math.min(rawMillis, raw(port, regions, snapshots, begin));
    }
    long started = System.nanoTime();
    try (RedisStore store =
        RedisStore.open("redis://127.0.0.1:" + port, Small.options(CommitMode.SCRIPT))) {
      Object outcome = new AuditRegions(
              store, KeyLayout.TAGGED, Policy.DEFAULT, SnapshotDocuments.PARSER, Clock.systemUTC())
          .audit(drift -> System.out.println(drift));
      long auditMillis = (System.nanoTime() - started) / 1_000_000;
      System.out.println("raw " + rawMillis + " audit " + auditMillis + " " + outcome);
    }
  }

  private static long raw(int port, int regions, int snapshots, long begin) throws Exception {
    long started = System.nanoTime();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(() -> send(out, regions, snapshots, begin));
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
    return (System.nanoTime() - started) / 1_000_000;
  }

  private static void send(OutputStream out, int regions, int snapshots, long begin) {
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
      throw new java.io.UncheckedIOException(e);
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
