package io.regionsnap.redis.dialect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Lua as a server needs it and no person: without comments, without space that separates nothing,
 * and with one or two letters for each local name. A text may travel with every request.
 *
 * <p>Understands what the scripts of this package use: strings in single quotes without escapes, no
 * long strings, no labels, no numbers but whole ones.
 */
final class CompactLua {
  private static final Pattern TOKEN = Pattern.compile(
      "--[^\n]*|\\s+|'[^'\n]*'|[A-Za-z_][A-Za-z0-9_]*|[0-9]+|\\.\\.\\.?|[=~<>]=|[^\\s]");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<String> KEYWORDS = Set.of(
      "and",
      "break",
      "do",
      "else",
      "elseif",
      "end",
      "false",
      "for",
      "function",
      "if",
      "in",
      "local",
      "nil",
      "not",
      "or",
      "repeat",
      "return",
      "then",
      "true",
      "until",
      "while");

  private static final Set<String> OPENING =
      Set.of("{", "(", "[", "function", "if", "do", "repeat");
  private static final Set<String> CLOSING = Set.of("}", ")", "]", "end", "until");

  private final List<String> tokens;

  private CompactLua(String source) {
    this.tokens = tokens(source);
  }

  /** What a text consists of, without comments and space. */
  static List<String> tokens(String source) {
    return TOKEN
        .matcher(source)
        .results()
        .map(MatchResult::group)
        .filter(token -> !token.startsWith("--") && !token.isBlank())
        .toList();
  }

  static String of(String source) {
    return new CompactLua(source).text();
  }

  private String text() {
    Map<String, String> shorter = shorterNames();
    StringBuilder text = new StringBuilder();
    String last = "";
    for (String token : tokens) {
      String written = shorter.getOrDefault(token, token);
      if (mustStandApart(last, written)) {
        text.append(' ');
      }
      text.append(written);
      last = written;
    }
    return text.toString();
  }

  /** Two words; a number before dots; two signs that would begin a comment or another sign. */
  private static boolean mustStandApart(String left, String right) {
    if (left.isEmpty()) {
      return false;
    }
    char end = left.charAt(left.length() - 1);
    char start = right.charAt(0);
    boolean words = isWord(end) && isWord(start);
    boolean dots = ((Character.isDigit(end) || end == '.') && start == '.')
        || (end == '.' && Character.isDigit(start));
    return words || dots || (end == start && "-[=".indexOf(end) >= 0);
  }

  private static boolean isWord(char letter) {
    return Character.isLetterOrDigit(letter) || letter == '_';
  }

  /** The new names of locals; one whose name is that of a field too keeps it. */
  private Map<String, String> shorterNames() {
    Set<String> locals = locals();
    locals.removeAll(fields());
    Set<String> taken = new HashSet<>(tokens);
    taken.addAll(KEYWORDS);
    Map<String, String> shorter = new HashMap<>();
    int next = 0;
    for (String name : tokens) {
      if (locals.contains(name) && !shorter.containsKey(name)) {
        String candidate = letters(next++);
        while (taken.contains(candidate)) {
          candidate = letters(next++);
        }
        shorter.put(name, candidate);
      }
    }
    return shorter;
  }

  private static String letters(int number) {
    String last = String.valueOf((char) ('a' + number % 26));
    return number < 26 ? last : letters(number / 26 - 1) + last;
  }

  private Set<String> locals() {
    Set<String> locals = new HashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.get(i)) {
        case "local" -> locals.addAll(names(token(i + 1).equals("function") ? i + 2 : i + 1));
        case "for" -> locals.addAll(names(i + 1));
        case "function" -> locals.addAll(names(i + 1 + (token(i + 1).equals("(") ? 1 : 2)));
        default -> {
          // Declares nothing.
        }
      }
    }
    return locals;
  }

  /** The names in a list that begins there. */
  private List<String> names(int from) {
    List<String> names = new ArrayList<>();
    for (int i = from; isName(token(i)); i += 2) {
      names.add(token(i));
      if (!token(i + 1).equals(",")) {
        break;
      }
    }
    return names;
  }

  /** Names after a dot, and those that a table's constructor gives a value. */
  private Set<String> fields() {
    Set<String> fields = new HashSet<>();
    Deque<String> within = new ArrayDeque<>();
    String before = "";
    for (int i = 0; i < tokens.size(); i++) {
      String token = token(i);
      if (OPENING.contains(token)) {
        within.push(token);
      } else if (CLOSING.contains(token)) {
        within.pop();
      } else if (isName(token)) {
        boolean isKey =
            "{".equals(within.peek()) && !before.equals("local") && token(i + 1).equals("=");
        if (isKey || before.equals(".") || before.equals(":")) {
          fields.add(token);
        }
      }
      before = token;
    }
    return fields;
  }

  private String token(int place) {
    return place < tokens.size() ? tokens.get(place) : "";
  }

  private static boolean isName(String token) {
    return NAME.matcher(token).matches() && !KEYWORDS.contains(token);
  }
}
