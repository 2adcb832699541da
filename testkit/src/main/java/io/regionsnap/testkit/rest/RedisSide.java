package io.regionsnap.testkit.rest;

import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.redis.RespError;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;

/**
 * Connections to one Redis, of three users, of which it makes two: what they may not do is refused
 * by Redis itself. Thread-safe.
 */
final class RedisSide implements AutoCloseable {
  /** On whose behalf a request runs. */
  enum User {
    /** The one of the URL. */
    OWNER(List.of()),
    /** One who may do everything but run scripts. */
    SCRIPTLESS(List.of("~*", "&*", "+@all", "-@scripting")),
    /** One who may read, but not look for keys. */
    READER(List.of(
        "~*",
        "+@read",
        "-keys",
        "-scan",
        "+ping",
        "+echo",
        "+time",
        "+eval_ro",
        "+evalsha_ro",
        "+multi",
        "+exec",
        "+discard"));

    private final List<String> rules;

    User(List<String> rules) {
      this.rules = rules;
    }
  }

  private final URI url;
  private final String id = UUID.randomUUID().toString();
  private final Map<User, Deque<RespClient>> idle = new EnumMap<>(User.class);

  RedisSide(URI url) {
    this.url = url;
    for (User user : User.values()) {
      idle.put(user, new ConcurrentLinkedDeque<>());
    }
  }

  /**
   * Works with a connection that nobody else uses meanwhile.
   *
   * @throws UncheckedIOException if Redis is gone
   */
  <T> T call(User user, Function<RespClient, T> work) {
    RespClient client = take(user);
    try {
      T result = work.apply(client);
      pool(user).push(client);
      return result;
    } catch (RuntimeException | Error e) {
      // In which state it is, nobody knows.
      client.close();
      throw e;
    }
  }

  private Deque<RespClient> pool(User user) {
    return Objects.requireNonNull(idle.get(user));
  }

  private RespClient take(User user) {
    for (RespClient client = pool(user).poll();
        client != null;
        client = pool(user).poll()) {
      if (answers(client)) {
        return client;
      }
      client.close();
    }
    return open(user);
  }

  private static boolean answers(RespClient client) {
    try {
      client.call("PING");
      return true;
    } catch (RespError e) {
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private RespClient open(User user) {
    if (user == User.OWNER) {
      return RespClient.connect(url);
    }
    try {
      return RespClient.connect(urlOf(user));
    } catch (RespError e) {
      // Not made yet, or forgotten by a server that was started again.
      make(user);
      return RespClient.connect(urlOf(user));
    }
  }

  private URI urlOf(User user) {
    String address = url.getRawAuthority().replaceFirst("^.*@", "");
    return URI.create(
        url.getScheme() + "://" + nameOf(user) + ":" + id + "@" + address + url.getRawPath());
  }

  private String nameOf(User user) {
    return "rest-" + user + "-" + id;
  }

  private void make(User user) {
    List<Object> command =
        new ArrayList<>(List.of("ACL", "SETUSER", nameOf(user), "reset", "on", ">" + id));
    command.addAll(user.rules);
    call(User.OWNER, owner -> {
      owner.send(command);
      return String.valueOf(owner.answer());
    });
  }

  @Override
  public void close() {
    try {
      call(
          User.OWNER,
          owner ->
              owner.call("ACL", "DELUSER", nameOf(User.SCRIPTLESS), nameOf(User.READER)) != null);
    } catch (UncheckedIOException | RespError e) {
      // The server is gone, and its users with it.
    }
    idle.values().forEach(clients -> clients.forEach(RespClient::close));
  }
}
