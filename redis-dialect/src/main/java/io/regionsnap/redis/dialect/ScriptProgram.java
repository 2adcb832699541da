package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Writes a transaction down as the steps of a script, made of the parts in {@code transaction.lua},
 * and its keys and arguments. Transactions of one shape have the same steps. Used once, by one
 * thread.
 */
final class ScriptProgram implements Guard.Cases<ScriptProgram>, Write.Cases<ScriptProgram> {
  private final Transaction transaction;
  private final PermissionCheck check;
  private final Optional<StagedBody> staged;
  private final Needs needs;
  private final ScriptText text;
  private final List<Integer> compared = new ArrayList<>();
  // All steps; those that read are so many characters of it.
  private final String steps;
  private final int reads;
  private int stagedPuts;
  private boolean expireAtOnce;
  private int guard;

  /** Whether to ask the server first if every command that writes is permitted. */
  enum PermissionCheck {
    NONE,
    /** Going on where it cannot say. */
    WHERE_POSSIBLE,
    /** Stopping where it cannot say. */
    INSISTING
  }

  /**
   * What a script is the same for.
   *
   * @param stagedPlace which argument stands for the staged bytes; 0 if none does
   */
  record Shape(PermissionCheck check, int stagedPlace, String steps) {}

  /** @param staged the value that is not among the arguments; its key is the last */
  ScriptProgram(
      Transaction transaction, Needs needs, PermissionCheck check, Optional<StagedBody> staged) {
    this.transaction = transaction;
    this.check = check;
    this.staged = staged;
    this.needs = needs;
    this.text = new ScriptText(staged);
    read();
    this.reads = text.length();
    if (staged.isPresent()) {
      text.name(staged.get().key());
      stagedPuts = staged.get().puts(transaction);
      expireAtOnce = staged.get().expiresAtOnce(transaction);
    }
    for (Guard each : transaction.guards()) {
      each.match(this);
      guard++;
    }
    for (Write each : transaction.writes()) {
      each.match(this);
    }
    staged.ifPresent(body -> text.place(body.value()));
    this.steps = text.toString();
  }

  /** Unmodifiable. */
  List<Key> keys() {
    return text.keys();
  }

  /** Unmodifiable. */
  List<Value> arguments() {
    return text.arguments();
  }

  /** What tells this shape from every other. What else there is in a script follows from it. */
  Shape shape() {
    return new Shape(check, text.stagedPlace(), steps);
  }

  /** The steps of this shape. */
  String steps() {
    return "return conclude(function()\n"
        + steps.substring(0, reads)
        + (check == PermissionCheck.INSISTING ? "insist()\n" : "")
        + (check == PermissionCheck.NONE
            ? ""
            : PermissionSteps.of(transaction, needs, staged, text))
        + staging()
        + steps.substring(reads)
        + "return {'applied'} end"
        + staged.map(body -> ", " + text.place(body.key())).orElse("")
        + ")";
  }

  private String staging() {
    if (staged.isEmpty()) {
      return "";
    }
    StringJoiner condition = new StringJoiner(" or ");
    condition.setEmptyValue("false");
    compared.forEach(key -> condition.add("values[" + key + "]"));
    int stage = text.place(staged.get().key());
    return "staged(" + stage + ", " + text.stagedPlace() + ", " + condition + ")\n"
        + (takesFirst() ? "" : "insistOnStaged(" + stage + ")\n");
  }

  private void read() {
    boolean together = staged.isPresent() && needs.expectAbsent() > 1;
    List<Key> likelyAbsent = new ArrayList<>();
    for (Map.Entry<Key, Kind> each : transaction.kinds().entrySet()) {
      text.name(each.getKey());
      if (together && needs.expectsAbsent(each.getKey())) {
        likelyAbsent.add(each.getKey());
      } else {
        read(each.getKey(), each.getValue());
      }
    }
    if (together) {
      readIfAny(likelyAbsent);
    }
    step("lookedAt");
  }

  /**
   * Asks once for keys that are most likely not there. Only where a body is staged: where it is
   * not, nobody had to be permitted EXISTS.
   */
  private void readIfAny(List<Key> likelyAbsent) {
    step("lookForAny", place(likelyAbsent.get(0)));
    text.write("if run('EXISTS'");
    for (Key key : likelyAbsent) {
      text.write(", keys[").write(place(key)).write("]");
    }
    text.write(") ~= 0 then\n");
    for (Key key : likelyAbsent) {
      step("readValue", place(key));
    }
    text.write("end\n");
  }

  private void read(Key key, Kind kind) {
    boolean wanted = needs.reads(key);
    String part = switch (kind) {
      case VALUE -> wanted ? "readValue" : "lookAtValue";
      case INDEX -> wanted ? "readTop" : "lookAtIndex";
      case OTHER -> "lookAtOther";
    };
    step(part, place(key));
  }

  private ScriptProgram step(String part, int... operands) {
    text.step(part, operands);
    return this;
  }

  private int place(Key key) {
    return text.place(key);
  }

  private int place(Value value) {
    return text.place(value);
  }

  private int place(String argument) {
    return text.place(argument);
  }

  private int place(long number) {
    return text.place(number);
  }

  private boolean isStaged(Value value) {
    return staged.isPresent() && staged.get().holds(value);
  }

  private int compare(Key key, Value expected) {
    int place = place(key);
    if (isStaged(expected) && !compared.contains(place)) {
      compared.add(place);
    }
    return place;
  }

  @Override
  public ScriptProgram absent(Guard.Absent each) {
    return step("absent", guard, place(each.key()));
  }

  @Override
  public ScriptProgram equal(Guard.Equal each) {
    return step("equal", guard, compare(each.key(), each.expected()), place(each.expected()));
  }

  @Override
  public ScriptProgram absentOrEqual(Guard.AbsentOrEqual each) {
    return step(
        "absentOrEqual", guard, compare(each.key(), each.expected()), place(each.expected()));
  }

  @Override
  public ScriptProgram absentOrMember(Guard.AbsentOrMember each) {
    return step("absentOrMember", guard, place(each.key()), place(each.index()));
  }

  @Override
  public ScriptProgram atTop(Guard.AtTop each) {
    return step("atTop", guard, place(each.key()), place(each.index()));
  }

  @Override
  public ScriptProgram contains(Guard.Contains each) {
    return guard("contains", each.index(), each.entry());
  }

  @Override
  public ScriptProgram admits(Guard.Admits each) {
    return guard("admits", each.index(), each.entry());
  }

  private ScriptProgram guard(String part, Key index, IndexEntry entry) {
    return step(part, guard, place(index), place(entry.member()), place(entry.score()));
  }

  @Override
  public ScriptProgram withinSpan(Guard.WithinSpan each) {
    long span = Expiry.within(each.span());
    return step("withinSpan", guard, place(each.index()), place(each.score()), place(span));
  }

  @Override
  public ScriptProgram storeClockBefore(Guard.StoreClockBefore each) {
    return step("before", guard, place(each.instantMillis()));
  }

  @Override
  public ScriptProgram notAll(Guard.NotAll each) {
    text.write("if not (function()\n");
    for (Guard inner : each.guards()) {
      inner.match(this);
    }
    text.write("end)() then return ");
    step("nothing", guard);
    text.write("end\n");
    return this;
  }

  @Override
  public ScriptProgram put(Write.Put write) {
    int expiry = place(Expiry.of(write.expiresAtMillis()));
    int key = place(write.key());
    if (!isStaged(write.value())) {
      return step("put", key, place(write.value()), expiry);
    }
    StagedBody body = staged.orElseThrow();
    int first = place(body.first().key());
    if (body.isTakenBy(write)) {
      step(takesFirst() ? "adoptFirst" : "adopt", first, place(body.key()));
      if (expireAtOnce) {
        step("expire", first, expiry);
      }
    } else if (expireAtOnce) {
      step("copyExpiring", first, key, expiry);
    } else {
      step("copy", first, key).step("expire", key, expiry);
    }
    stagedPuts--;
    return stagedPuts == 0 && !expireAtOnce
        ? step("expire", first, place(Expiry.of(body.first().expiresAtMillis())))
        : this;
  }

  private boolean takesFirst() {
    return staged.isPresent() && staged.get().isTakenFirst(transaction);
  }

  @Override
  public ScriptProgram add(Write.Add write) {
    IndexEntry entry = write.entry();
    return step(
        needs.asksForNewTop() ? "addAndSee" : "add",
        place(write.index()),
        place(entry.member()),
        place(entry.score()));
  }

  @Override
  public ScriptProgram trim(Write.Trim write) {
    return step("trim", place(write.index()), place(Expiry.within(write.span())));
  }

  @Override
  public ScriptProgram expireWithTop(Write.ExpireWithTop write) {
    int lifetime = place(Expiry.within(write.lifetimeMillis()));
    return step("expireWithTop", place(write.index()), lifetime);
  }

  @Override
  public ScriptProgram pointAtTop(Write.PointAtTop write) {
    int lifetime = place(Expiry.within(write.lifetimeMillis()));
    return step("pointAtTop", place(write.key()), place(write.index()), lifetime);
  }

  @Override
  public ScriptProgram delete(Write.Delete write) {
    return step("delete", place(write.key()));
  }

  @Override
  public ScriptProgram remove(Write.Remove write) {
    return step("remove", place(write.index()), place(write.member()));
  }

  @Override
  public ScriptProgram move(Write.Move write) {
    int expiry = place(Expiry.of(write.expiresAtMillis()));
    return step("move", place(write.from()), place(write.to()), expiry);
  }

  @Override
  public ScriptProgram ifNewTop(Write.IfNewTop write) {
    text.write("if newTop then ");
    write.write().match(this);
    text.write("end\n");
    return this;
  }
}
