package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** A script: its text, made compact, and the SHA-1 by which servers know it. Immutable. */
final class Script {
  static final Script FOLLOW = new Script(source("follow.lua"));

  private final Value text;
  private final Value sha1;

  Script(String source) {
    this.text = Value.utf8(CompactLua.of(source));
    this.sha1 = Value.utf8(HexFormat.of().formatHex(sha1(text.toByteArray())));
  }

  private static byte[] sha1(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  /** A file of this package. */
  static String source(String name) {
    try (InputStream file = Script.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Value text() {
    return text;
  }

  Value sha1() {
    return sha1;
  }

  Command evalsha(List<Key> keys, List<Value> arguments) {
    return command("EVALSHA", sha1, keys, arguments);
  }

  Command eval(List<Key> keys, List<Value> arguments) {
    return command("EVAL", text, keys, arguments);
  }

  private static Command command(String name, Value script, List<Key> keys, List<Value> arguments) {
    List<Value> all = new ArrayList<>(2 + keys.size() + arguments.size());
    all.add(script);
    all.add(Value.utf8(Integer.toString(keys.size())));
    keys.forEach(key -> all.add(Value.utf8(key.name())));
    all.addAll(arguments);
    return new Command(name, all);
  }

  /** EVAL: one round, with the script's text. */
  <R> Round<R> textRound(
      List<Key> keys, List<Value> arguments, Function<Reply, Round.Step<R>> decoder) {
    return new Round<>(List.of(eval(keys, arguments)), replies -> decoder.apply(replies.get(0)));
  }

  /** EVALSHA, and EVAL where the server does not know the script: nothing ran then. */
  <R> Round<R> round(
      List<Key> keys, List<Value> arguments, Function<Reply, Round.Step<R>> decoder) {
    return new Round<>(List.of(evalsha(keys, arguments)), replies -> {
      Reply reply = replies.get(0);
      if (reply instanceof Reply.Failure failure
          && ErrorReply.of(failure.message()) == ErrorReply.SCRIPT_UNKNOWN) {
        return Round.more(List.of(eval(keys, arguments)), second -> decoder.apply(second.get(0)));
      }
      return decoder.apply(reply);
    });
  }
}
