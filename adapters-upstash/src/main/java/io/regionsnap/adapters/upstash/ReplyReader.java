package io.regionsnap.adapters.upstash;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of an answer as it comes, strictly: what is not just what the API documents is
 * {@link Body.Nonsense}. Used once, by one thread.
 *
 * <pre>
 * answer = [ item, ... ] | { "error": string }
 * item   = { "result": value } | { "error": string }
 * value  = string | whole number | null | [ value, ... ]
 * </pre>
 *
 * <p>Strings of values come in {@link Encoding}, errors as they are.
 */
final class ReplyReader {
  private static final int MAX_DEPTH = 16;
  private static final JsonFactory JSON = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxStringLength(Limited.MAX_BYTES)
          .maxNestingDepth(MAX_DEPTH)
          .build())
      .build();

  private final JsonParser json;
  private Encoding encoding;

  private ReplyReader(JsonParser json, Encoding encoding) {
    this.json = json;
    this.encoding = encoding;
  }

  /**
   * Reads an answer.
   *
   * @param in the body; not closed
   * @param count how many replies there must be
   * @param probed whether the first of them tells the encoding; it is left out of the result
   * @throws IOException if the connection fails
   */
  static Body read(InputStream in, int count, boolean probed) throws IOException {
    try (JsonParser json = JSON.createParser(new Limited(in))) {
      json.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      ReplyReader reader = new ReplyReader(json, probed ? Encoding.AS_SENT : Encoding.BASE64);
      Body body = reader.body(count, probed);
      reader.require(json.nextToken() == null, "something after its end");
      return body;
    } catch (JsonProcessingException e) {
      return new Body.Nonsense("no whole JSON, or strings that are not base64");
    } catch (NonsenseException e) {
      return new Body.Nonsense(String.valueOf(e.getMessage()));
    }
  }

  private Body body(int count, boolean probed) throws IOException {
    JsonToken first = json.nextToken();
    require(first != null, "nothing");
    if (first == JsonToken.START_OBJECT) {
      Reply reply = item();
      require(reply instanceof Reply.Failure, "one result instead of an array");
      return new Body.Failure(((Reply.Failure) reply).message());
    }
    require(first == JsonToken.START_ARRAY, "neither an array nor an object");
    List<Reply> replies = new ArrayList<>(count);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(json.currentToken() == JsonToken.START_OBJECT, "an item that is no object");
      Reply reply = item();
      if (probed && replies.isEmpty()) {
        encoding = Encoding.toldBy(reply);
      }
      replies.add(reply);
      require(replies.size() <= count, "more than the %d replies asked for".formatted(count));
    }
    require(
        replies.size() == count,
        "%d instead of the %d replies asked for".formatted(replies.size(), count));
    return new Body.Items(probed ? replies.subList(1, count) : replies);
  }

  /** From the beginning of an object to its end. */
  private Reply item() throws IOException {
    require(json.nextToken() == JsonToken.FIELD_NAME, "an object without a field");
    String field = json.currentName();
    json.nextToken();
    Reply reply;
    if ("error".equals(field)) {
      require(json.currentToken() == JsonToken.VALUE_STRING, "an error that is no text");
      reply = new Reply.Failure(json.getText());
    } else {
      require("result".equals(field), "an object with neither a result nor an error");
      reply = value();
    }
    require(json.nextToken() == JsonToken.END_OBJECT, "an object with more than one field");
    return reply;
  }

  private Reply value() throws IOException {
    JsonToken token = json.currentToken();
    require(token != null, "no value");
    return switch (token) {
      case VALUE_STRING -> encoding.reply(json);
      case VALUE_NUMBER_INT -> new Reply.Whole(json.getLongValue());
      case VALUE_NULL -> new Reply.Nil();
      case START_ARRAY -> {
        List<Reply> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value());
        }
        yield new Reply.Many(elements);
      }
      default -> throw new NonsenseException("a result of a kind that no command has");
    };
  }

  private void require(boolean holds, String problem) throws NonsenseException {
    if (!holds) {
      throw new NonsenseException(problem);
    }
  }

  /** Says what is wrong with an answer. */
  static final class NonsenseException extends IOException {
    private static final long serialVersionUID = 1;

    NonsenseException(String problem) {
      super(problem);
    }
  }

  /** Ends where no answer should be that long. */
  private static final class Limited extends InputStream {
    static final int MAX_BYTES = 256 << 20;

    private final InputStream in;
    private long left = MAX_BYTES;

    Limited(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte @Nullable [] bytes, int offset, int length) throws IOException {
      int count = in.read(bytes, offset, length);
      left -= Math.max(0, count);
      if (left < 0) {
        throw new NonsenseException("more than %d bytes".formatted(MAX_BYTES));
      }
      return count;
    }
  }

  /** How strings are written down. */
  enum Encoding {
    /** As base64 of their bytes, except a status OK: what is asked for. */
    BASE64 {
      @Override
      Reply reply(JsonParser json) throws IOException {
        String text = json.getText();
        return new Reply.Bulk(
            text.equals("OK") ? Value.utf8(text) : Value.copyOf(json.getBinaryValue()));
      }
    },
    /** As text, by a server that ignores what is asked for. */
    TEXT {
      @Override
      Reply reply(JsonParser json) throws IOException {
        String text = json.getText();
        return text.indexOf('\uFFFD') < 0
            ? new Reply.Bulk(Value.utf8(text))
            : new Reply.Failure("the server ignores Upstash-Encoding, and sent a value as text that"
                + " may have lost bytes on the way");
      }
    },
    /** Not known yet. */
    AS_SENT {
      @Override
      Reply reply(JsonParser json) throws IOException {
        return new Reply.Bulk(Value.utf8(json.getText()));
      }
    };

    abstract Reply reply(JsonParser json) throws IOException;

    /**
     * The encoding of a server, by its answer to {@code TIME}: two numbers as strings, which look
     * different in base64. A server that answers otherwise, or that does not want to, is taken to
     * do as Upstash documents; what is no base64 is nonsense then.
     */
    static Encoding toldBy(Reply time) throws NonsenseException {
      if (!(time instanceof Reply.Many many)
          || many.elements().isEmpty()
          || !(many.elements().get(0) instanceof Reply.Bulk seconds)) {
        if (time instanceof Reply.Bulk) {
          throw new NonsenseException("a text instead of a time");
        }
        return BASE64;
      }
      return seconds.bytes().asUtf8().matches("[0-9]+") ? TEXT : BASE64;
    }
  }
}
