package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A command for a server: its name and its arguments. Its text shows sizes of arguments and never
 * the arguments.
 *
 * @param name in capital letters
 * @param arguments as they go over the wire; bytes that were given as a {@link Value} are that
 *     object, not a copy
 */
public record Command(String name, List<Value> arguments) {
  /** Copies the list. */
  public Command {
    arguments = List.copyOf(arguments);
  }

  /**
   * A command.
   *
   * @param name in capital letters
   * @param arguments a {@link Value} as it is, anything else as its text
   * @return the command
   */
  static Command of(String name, Object... arguments) {
    List<Value> values = new ArrayList<>(arguments.length);
    for (Object argument : arguments) {
      values.add(argument instanceof Value value ? value : Value.utf8(argument.toString()));
    }
    return new Command(name, values);
  }
}
