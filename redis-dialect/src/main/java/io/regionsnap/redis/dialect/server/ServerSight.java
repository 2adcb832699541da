package io.regionsnap.redis.dialect.server;

import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.Command;
import io.regionsnap.redis.dialect.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a server shows of itself to a user: the fields of INFO, and some settings. Users are often
 * denied both, and servers rename or leave out either.
 *
 * @param fields the fields of INFO; empty if it is not visible
 * @param settings the settings that are visible
 * @param refusal why INFO is not visible; empty if it is
 */
public record ServerSight(
    Map<String, String> fields, Map<String, String> settings, String refusal) {
  /** What is asked for of the settings: nothing that could be a secret. */
  private static final List<String> SETTINGS =
      List.of("appendfsync", "save", "min-replicas-to-write");

  /** Copies the maps. */
  public ServerSight {
    fields = Map.copyOf(fields);
    settings = Map.copyOf(settings);
  }

  /**
   * The command that shows the fields.
   *
   * @return INFO
   */
  public static Command info() {
    return new Command("INFO", List.<Value>of());
  }

  /**
   * The commands that show everything.
   *
   * @return {@link #info}, and one for each setting, as servers before 7.0 have it
   */
  public static List<Command> commands() {
    List<Command> commands = new ArrayList<>(List.of(info()));
    for (String name : SETTINGS) {
      commands.add(new Command("CONFIG", List.of(Value.utf8("GET"), Value.utf8(name))));
    }
    return commands;
  }

  /**
   * Reads answers.
   *
   * @param replies to {@link #info} alone, or to all of {@link #commands}
   * @return what they show
   */
  public static ServerSight of(List<Reply> replies) {
    Map<String, String> settings = new HashMap<>();
    for (Reply reply : replies.subList(1, replies.size())) {
      // A name and a value; nothing where a server does not know the setting.
      if (reply instanceof Reply.Many pair && pair.elements().size() == 2) {
        text(pair.elements().get(0))
            .ifPresent(
                name -> text(pair.elements().get(1)).ifPresent(value -> settings.put(name, value)));
      }
    }
    Reply info = replies.get(0);
    String refusal = info instanceof Reply.Failure failure
        ? failure.message()
        : text(info).isPresent() ? "" : "the answer to INFO is no text";
    return new ServerSight(parse(text(info).orElse("")), settings, refusal);
  }

  /**
   * Of a server that did not answer.
   *
   * @param message why not
   * @return nothing that is visible
   */
  public static ServerSight none(String message) {
    return new ServerSight(Map.of(), Map.of(), message);
  }

  private static Optional<String> text(Reply reply) {
    if (reply instanceof Reply.Bulk bulk) {
      return Optional.of(bulk.bytes().asUtf8());
    }
    return reply instanceof Reply.Status status ? Optional.of(status.text()) : Optional.empty();
  }

  /**
   * Reads lines of a name, a colon and a value; headings begin with a number sign.
   *
   * @param text what INFO or CLUSTER INFO said
   * @return the fields
   */
  static Map<String, String> parse(String text) {
    Map<String, String> fields = new HashMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#") && line.indexOf(':') > 0)
        .forEach(line -> fields.put(
            line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1)));
    return fields;
  }

  /**
   * A field of INFO.
   *
   * @param name its name
   * @return its value; empty if it is not visible
   */
  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /**
   * A field of INFO that is a whole number.
   *
   * @param name its name
   * @return its value; empty if it is not visible, or no such number
   */
  public OptionalLong number(String name) {
    return whole(field(name));
  }

  Optional<String> setting(String name) {
    return Optional.ofNullable(settings.get(name));
  }

  static OptionalLong whole(Optional<String> text) {
    return text.filter(number -> number.matches("-?[0-9]{1,18}")).stream()
        .mapToLong(Long::parseLong)
        .findFirst();
  }

  /** The values of fields whose names are this one and a number, such as slave0. */
  Stream<String> numbered(String name) {
    return fields.entrySet().stream()
        .filter(field -> field.getKey().matches(name + "[0-9]+"))
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue);
  }

  /** A check of what this user is not shown. */
  Check unseen(String name, String advice) {
    return refusal.isEmpty()
        ? Check.warn(name, "the server does not tell", advice)
        : Check.warn(
            name,
            "not visible to this user: " + refusal,
            advice + "; to let this user see it: ACL SETUSER USER +info");
  }
}
