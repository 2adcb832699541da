package io.regionsnap.redis.dialect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Functions that are written out in the place of every call of theirs, which is cheaper for a
 * server than making and calling them each time a script runs. One whose body only returns
 * something stands for that, in parentheses; any other is a statement.
 *
 * <p>Understands functions at the beginning of a line, not nested, that call those before them,
 * with parameters that the body does not assign. The operands of a call must mean the same in the
 * body as where they stand. Immutable.
 */
final class LuaParts {
  private final Map<String, Part> parts = new HashMap<>();

  private record Part(List<String> parameters, List<String> body) {
    boolean isExpression() {
      return body.get(0).equals("return");
    }
  }

  LuaParts(String source) {
    List<String> tokens = CompactLua.tokens(source);
    for (int at = 0; at < tokens.size(); ) {
      int open = at + 3;
      int close = close(tokens, open);
      int end = end(tokens, close + 1);
      List<String> parameters = tokens.subList(open + 1, close).stream()
          .filter(token -> !token.equals(","))
          .toList();
      String name = tokens.get(at + 2);
      parts.put(name, new Part(parameters, expand(tokens.subList(close + 1, end))));
      at = end + 1;
    }
  }

  /** A script's own steps with every part written out. */
  String expand(String steps) {
    return String.join(" ", expand(CompactLua.tokens(steps)));
  }

  private List<String> expand(List<String> tokens) {
    List<String> written = new ArrayList<>();
    for (int at = 0; at < tokens.size(); at++) {
      Part part = parts.get(tokens.get(at));
      if (part != null && isCall(tokens, at)) {
        int close = close(tokens, at + 1);
        written.addAll(write(part, operands(tokens.subList(at + 2, close))));
        at = close;
      } else {
        written.add(tokens.get(at));
      }
    }
    return written;
  }

  private static boolean isCall(List<String> tokens, int name) {
    return name + 1 < tokens.size()
        && tokens.get(name + 1).equals("(")
        && (name == 0 || !tokens.get(name - 1).equals("."));
  }

  private static List<String> write(Part part, List<List<String>> operands) {
    if (operands.size() != part.parameters().size()) {
      throw new IllegalArgumentException(part.parameters() + " are not " + operands);
    }
    List<String> written = new ArrayList<>();
    written.add(part.isExpression() ? "(" : "do");
    for (String token :
        part.body().subList(part.isExpression() ? 1 : 0, part.body().size())) {
      int parameter = part.parameters().indexOf(token);
      written.addAll(parameter < 0 ? List.of(token) : operands.get(parameter));
    }
    written.add(part.isExpression() ? ")" : "end");
    return written;
  }

  /** What stands between the commas, in its turn written out. */
  private List<List<String>> operands(List<String> tokens) {
    List<List<String>> operands = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < tokens.size(); at++) {
      if (isOpening(tokens.get(at))) {
        at = close(tokens, at);
      } else if (tokens.get(at).equals(",")) {
        operands.add(expand(tokens.subList(from, at)));
        from = at + 1;
      }
    }
    if (from < tokens.size()) {
      operands.add(expand(tokens.subList(from, tokens.size())));
    }
    return operands;
  }

  private static boolean isOpening(String token) {
    return token.equals("(") || token.equals("[") || token.equals("{");
  }

  /** The place of the bracket that closes the one that is opened there. */
  private static int close(List<String> tokens, int open) {
    int depth = 0;
    for (int at = open; ; at++) {
      String token = tokens.get(at);
      if (isOpening(token)) {
        depth++;
      } else if ((token.equals(")") || token.equals("]") || token.equals("}")) && --depth == 0) {
        return at;
      }
    }
  }

  /** The place of the end of the function whose body begins there. */
  private static int end(List<String> tokens, int body) {
    int depth = 1;
    for (int at = body; ; at++) {
      switch (tokens.get(at)) {
        case "if", "do", "function" -> depth++;
        case "end" -> depth--;
        default -> {
          // Neither begins nor ends a block.
        }
      }
      if (depth == 0) {
        return at;
      }
    }
  }
}
