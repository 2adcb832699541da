package io.regionsnap.adapters.upstash;

import java.io.IOException;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** Commands as the body of a request: of a known length, and sent once at most. */
final class JsonBody extends RequestBody {
  // Without a charset: some servers take nothing else.
  private static final MediaType JSON = MediaType.get("application/json");

  private final List<JsonCommand> commands;

  JsonBody(List<JsonCommand> commands) {
    this.commands = List.copyOf(commands);
  }

  /** The bytes of a body with so many bytes of commands. */
  static long size(long commandBytes, int commands) {
    return 2 + commandBytes + Math.max(0, commands - 1);
  }

  @Override
  public MediaType contentType() {
    return JSON;
  }

  @Override
  public long contentLength() {
    return size(commands.stream().mapToLong(JsonCommand::size).sum(), commands.size());
  }

  /** OkHttp follows up some answers, such as 408 and 503, with the same request; not with this. */
  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.writeByte('[');
    boolean first = true;
    for (JsonCommand command : commands) {
      if (!first) {
        sink.writeByte(',');
      }
      first = false;
      command.writeTo(sink);
    }
    sink.writeByte(']');
  }
}
