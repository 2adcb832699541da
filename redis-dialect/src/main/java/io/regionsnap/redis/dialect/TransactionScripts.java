package io.regionsnap.redis.dialect;

import io.regionsnap.redis.dialect.ScriptProgram.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The scripts of transactions, one for each shape: the same guards and writes in the same order,
 * whatever they say. A server keeps the text of every script that it is sent, before Redis 7.4 for
 * as long as it runs, so a script is only made known to it if its shape recurs: persisting has few
 * shapes, repairs may have any number. Thread-safe.
 *
 * <p>Remembers the shapes that were used last, and no more.
 */
final class TransactionScripts {
  private static final int REMEMBERED = 64;

  /**
   * Runs the text that is its last argument, which the server forgets at once, and which goes by
   * the name of a script in messages.
   */
  static final Script ONCE = new Script("return assert(loadstring(ARGV[#ARGV], '@user_script'))()");

  private static final String BEGINNING = Script.source("conclude.lua");
  private static final LuaParts PARTS = new LuaParts(Script.source("transaction.lua"));

  private static final Map<Shape, Script> KNOWN = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Shape, Script> eldest) {
      return size() > REMEMBERED;
    }
  };

  private TransactionScripts() {}

  /**
   * A script, and whether its shape came before.
   *
   * @param script the script
   * @param recurs whether a server should keep it
   */
  record Found(Script script, boolean recurs) {}

  /** The script of a program. */
  static Found of(ScriptProgram program) {
    Shape shape = program.shape();
    synchronized (KNOWN) {
      Script known = KNOWN.get(shape);
      if (known != null) {
        return new Found(known, true);
      }
    }
    Script made = new Script(BEGINNING + PARTS.expand(program.steps()));
    synchronized (KNOWN) {
      KNOWN.put(shape, made);
    }
    return new Found(made, false);
  }
}
