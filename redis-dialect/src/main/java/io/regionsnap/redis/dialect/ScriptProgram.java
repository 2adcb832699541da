package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
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
  /** What is no longer than this many bytes is shared with its equals: ids and times, above all. */
  private static final int SMALL = 128;

  private static final int USUAL_LENGTH = 1024;
  private static final int USUAL_COUNT = 16;

  private final Transaction transaction;
  private final PermissionCheck check;
  private final Optional<StagedBody> staged;
  private final Needs needs;
  private final List<Key> keys = new ArrayList<>(USUAL_COUNT);
  private final Map<Key, Integer> places = new HashMap<>();
  // By identity: the port promises that the same object travels once; comparing bodies would cost.
  private final IdentityHashMap<Value, Integer> shared = new IdentityHashMap<>(2);
  private final Map<Value, Integer> sharedSmall = new HashMap<>();
  private final List<Value> arguments = new ArrayList<>(USUAL_COUNT);
  private final List<Integer> compared = new ArrayList<>();
  // All steps; those that read are so many characters of it.
  private final StringBuilder text = new StringBuilder(USUAL_LENGTH);
  private final int reads;
  private final String steps;
  private int stagedPlace;
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
    read();
    this.reads = text.length();
    if (staged.isPresent()) {
      name(staged.get().key());
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
    if (staged.isPresent()) {
      stagedPlace();
    }
    this.steps = text.toString();
  }

  /** Unmodifiable. */
  List<Key> keys() {
    return Collections.unmodifiableList(keys);
  }

  /** Unmodifiable. */
  List<Value> arguments() {
    return Collections.unmodifiableList(arguments);
  }

  /** What tells this shape from every other. What else there is in a script follows from it. */
  Shape shape() {
    return new Shape(check, stagedPlace, steps);
  }

  /** The steps of this shape. */
  String steps() {
    return "return conclude(function()\n"
        + steps.substring(0, reads)
        + (check == PermissionCheck.INSISTING ? "insist()\n" : "")
        + (check == PermissionCheck.NONE ? "" : permits())
        + staging()
        + steps.substring(reads)
        + "return {'applied'} end"
        + staged.map(body -> ", " + place(body.key())).orElse("")
        + ")";
  }

  private String staging() {
    if (staged.isEmpty()) {
      return "";
    }
    StringJoiner condition = new StringJoiner(" or ");
    condition.setEmptyValue("false");
    compared.forEach(key -> condition.add("values[" + key + "]"));
    return "staged(" + place(staged.get().key()) + ", " + place(staged.get().value()) + ", "
        + condition + ")\n"
        + (takesFirst() ? "" : "insistOnStaged(" + place(staged.get().key()) + ")\n");
  }

  private String permits() {
    StringJoiner lacking = new StringJoiner(" or ", "refuse(", ")\n");
    for (WriteCommands.Needed needed : WriteCommands.of(transaction, staged)) {
      if (!isReadAnyway(needed)) {
        lacking.add(lacks(needed));
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

  private String lacks(WriteCommands.Needed needed) {
    boolean alone = needed.command().equals("DEL") || needed.command().equals("EXISTS");
    StringBuilder call = new StringBuilder(
            needed.keys().size() == 2 ? "lacksBoth" : alone ? "lacksAlone" : "lacks")
        .append("('")
        .append(needed.command())
        .append('\'');
    needed.keys().forEach(key -> call.append(", ").append(place(key)));
    return call.append(')').toString();
  }

  private void name(Key key) {
    keys.add(key);
    places.put(key, keys.size());
  }

  private void read() {
    boolean together = staged.isPresent() && needs.expectAbsent() > 1;
    List<Key> likelyAbsent = new ArrayList<>();
    for (Map.Entry<Key, Kind> each : transaction.kinds().entrySet()) {
      name(each.getKey());
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
    text.append("if run('EXISTS'");
    for (Key key : likelyAbsent) {
      text.append(", keys[").append(place(key)).append(']');
    }
    text.append(") ~= 0 then\n");
    for (Key key : likelyAbsent) {
      step("readValue", place(key));
    }
    text.append("end\n");
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
    text.append(part).append('(');
    for (int i = 0; i < operands.length; i++) {
      if (i > 0) {
        text.append(',');
      }
      text.append(operands[i]);
    }
    text.append(")\n");
    return this;
  }

  private int place(Key key) {
    return places.getOrDefault(key, 0);
  }

  private boolean isStaged(Value value) {
    return staged.isPresent() && staged.get().holds(value);
  }

  private int place(Value value) {
    if (isStaged(value)) {
      return stagedPlace();
    }
    Map<Value, Integer> known = value.size() <= SMALL ? sharedSmall : shared;
    Integer place = known.get(value);
    if (place == null) {
      arguments.add(value);
      place = arguments.size();
      known.put(value, place);
    }
    return place;
  }

  /** An argument without bytes. */
  private int stagedPlace() {
    if (stagedPlace == 0) {
      arguments.add(Value.utf8(""));
      stagedPlace = arguments.size();
    }
    return stagedPlace;
  }

  private int place(String text) {
    return place(Value.utf8(text));
  }

  private int place(long number) {
    return place(Long.toString(number));
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
    text.append("if not (function()\n");
    for (Guard inner : each.guards()) {
      inner.match(this);
    }
    text.append("end)() then return ");
    step("nothing", guard);
    text.append("end\n");
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

  /** Whether the write that takes what is staged is the first, and so finds out if it is there. */
  private boolean takesFirst() {
    return staged.isPresent()
        && transaction.writes().get(0) instanceof Write.Put put
        && staged.get().isTakenBy(put);
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
    text.append("if newTop then ");
    write.write().match(this);
    text.append("end\n");
    return this;
  }
}
