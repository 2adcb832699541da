package io.regionsnap.benchmarks;

import io.regionsnap.testkit.redis.RespClient;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * As little as can be sent and done: {@code floor.lua} by its SHA-1 over a bare socket, one for
 * each thread, without a client library. The body goes either through the script, or beside it
 * under a key that the script renames.
 */
final class FloorContender implements Contender {
  private static final byte[] END = {'\r', '\n'};

  private final int port;
  private final Terms terms;
  private final boolean staged;
  private final String sha;

  FloorContender(int port, Terms terms, boolean staged) {
    this.port = port;
    this.terms = terms;
    this.staged = staged;
    try (RespClient client = RespClient.connect(port)) {
      this.sha = client.text("SCRIPT", "LOAD", script());
    }
  }

  private static String script() {
    try (InputStream text =
        Objects.requireNonNull(FloorContender.class.getResourceAsStream("floor.lua"))) {
      return new String(text.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Writer writer(InstantSource clock) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      return new FloorWriter(socket, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {}

  private final class FloorWriter implements Writer {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final InstantSource clock;
    private final Request request = new Request();

    FloorWriter(Socket socket, InstantSource clock) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
      this.clock = clock;
    }

    @Override
    public void persist(List<Document> documents) {
      try {
        request.reset();
        documents.forEach(this::write);
        request.writeTo(out);
        for (int i = 0; i < documents.size(); i++) {
          if (staged) {
            requireLine("+OK");
          }
          requireLine(":1");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void write(Document document) {
      Names names = Names.of(document);
      long at = document.generatedAtMillis();
      List<String> parts = new ArrayList<>(List.of(
          "EVALSHA",
          sha,
          staged ? "7" : "6",
          names.idView(),
          names.timestampView(),
          names.index(),
          names.pointer(),
          names.live(),
          names.claim()));
      if (staged) {
        String stage = "stage:{" + document.region() + "}:" + document.id();
        // With the expiry that it will have as a view, so that nothing has to set it again.
        request.begin(5, List.of("SET", stage));
        request.add(document.body());
        request.add("PXAT");
        request.add(Long.toString(at + terms.viewLifetime()));
        parts.add(stage);
      }
      parts.add(document.id());
      parts.add(Long.toString(at));
      parts.add(Long.toString(at + terms.viewLifetime()));
      parts.add(Long.toString(clock.millis() + terms.claimLifetime()));
      parts.add("(" + (at - terms.span()));
      request.begin(staged ? parts.size() : parts.size() + 1, parts);
      if (!staged) {
        request.add(document.body());
      }
    }

    private void requireLine(String expected) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\r'; c = in.read()) {
        if (c < 0) {
          throw new IOException("the connection was lost");
        }
        line.append((char) c);
      }
      in.read();
      if (!line.toString().equals(expected)) {
        throw Peers.notNew(line.toString());
      }
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Commands in RESP, in one buffer that is used again. */
  private static final class Request extends ByteArrayOutputStream {
    void begin(int parts, List<String> first) {
      line('*', parts);
      first.forEach(this::add);
    }

    void add(String text) {
      add(text.getBytes(StandardCharsets.US_ASCII));
    }

    void add(byte[] bytes) {
      line('$', bytes.length);
      writeBytes(bytes);
      writeBytes(END);
    }

    private void line(char type, int number) {
      write(type);
      writeBytes(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
      writeBytes(END);
    }
  }
}
