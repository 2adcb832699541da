package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Transaction;
import java.util.Optional;
import java.util.StringJoiner;

/** The step of a script that asks whether every command with which it writes is permitted. */
final class PermissionSteps {
  private final Needs needs;
  private final ScriptText text;

  private PermissionSteps(Needs needs, ScriptText text) {
    this.needs = needs;
    this.text = text;
  }

  /** @param text has a place for every key of the transaction, and for that of what is staged */
  static String of(
      Transaction transaction, Needs needs, Optional<StagedBody> staged, ScriptText text) {
    PermissionSteps steps = new PermissionSteps(needs, text);
    StringJoiner lacking = new StringJoiner(" or ", "refuse(", ")\n");
    for (WriteCommands.Needed needed : WriteCommands.of(transaction, staged)) {
      if (!steps.isReadAnyway(needed) && !isFirstOfAll(needed, transaction, staged)) {
        lacking.add(steps.lacks(needed));
      }
    }
    return lacking.toString();
  }

  /** What the script reads in any case, before the first write, need not be asked. */
  private boolean isReadAnyway(WriteCommands.Needed needed) {
    return switch (needed.command()) {
      case "ZREVRANGE" -> needs.reads(needed.keys().get(0));
      case "ZSCORE" -> needs.scores(needed.keys().get(0));
      default -> false;
    };
  }

  /** The first command that writes leaves nothing where it is refused. */
  private static boolean isFirstOfAll(
      WriteCommands.Needed needed, Transaction transaction, Optional<StagedBody> staged) {
    return staged.isPresent()
        && staged.get().isTakenFirst(transaction)
        && needed.keys().get(0).equals(staged.get().key());
  }

  private String lacks(WriteCommands.Needed needed) {
    boolean alone = needed.command().equals("DEL") || needed.command().equals("EXISTS");
    StringBuilder call = new StringBuilder(
            needed.keys().size() == 2 ? "lacksBoth" : alone ? "lacksAlone" : "lacks")
        .append("('")
        .append(needed.command())
        .append('\'');
    needed.keys().forEach(key -> call.append(", ").append(text.place(key)));
    return call.append(')').toString();
  }
}
