package io.regionsnap.app;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * How commands tell picocli what they take, and ask what was given. Not by annotations: to reflect
 * on them took a third of a short run, as decision 0002 tells.
 */
final class Arguments {
  /** What makes objects for picocli. */
  static final CommandLine.IFactory FACTORY = new ListFactory();

  private Arguments() {}

  /**
   * A command without options and operands yet.
   *
   * @param command what is called to run it
   */
  static CommandSpec command(Object command, String name, String... description) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command, FACTORY).name(name);
    spec.usageMessage().description(description).sortOptions(false);
    return spec;
  }

  /** An option with a value. */
  static OptionSpec.Builder option(
      String name, String paramLabel, Class<?> type, String... description) {
    return OptionSpec.builder(name)
        .paramLabel(paramLabel)
        .type(type)
        .arity("1")
        .description(description);
  }

  /** An option that is there or not. */
  static OptionSpec.Builder flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).description(description);
  }

  /** Whether an option or an operand was given; for a flag, whether it is on. */
  static boolean isGiven(ArgSpec argument) {
    Object value = argument.getValue();
    return value != null && !value.equals(false);
  }

  /** What was given for an option or an operand, or else something else. */
  static <T> T given(ArgSpec argument, T otherwise) {
    @Nullable T value = argument.getValue();
    return value == null ? otherwise : value;
  }

  /**
   * Makes what picocli itself has made: lists of operands, and nothing else, since commands come
   * from Dagger. Picocli's own factory would look for Groovy in every jar.
   */
  private static final class ListFactory implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) {
      return type.cast(new ArrayList<>());
    }
  }
}
