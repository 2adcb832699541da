package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a transaction down as the arguments of {@code transaction.lua}, whose head says what they
 * are. Used once, by one thread.
 */
final class ScriptProgram implements Guard.Cases<ScriptProgram>, Write.Cases<ScriptProgram> {

  /** A command that a write needs, and where. */
  private record Permission(String command, int key) {}

  /** What is no longer than this many bytes is shared with its equals: ids and times, above all. */
  private static final int SMALL = 128;

  private final Transaction transaction;
  private final Needs needs;
  private final List<Key> keys;
  private final Map<Key, Integer> places = new HashMap<>();
  // By identity: the port promises that the same object travels once; comparing bodies would cost.
  private final IdentityHashMap<Value, Integer> shared = new IdentityHashMap<>();
  private final Map<Value, Integer> sharedSmall = new HashMap<>();
  private final List<Value> values = new ArrayList<>();
  private final Set<Permission> permissions = new LinkedHashSet<>();
  private List<Value> program = new ArrayList<>();

  ScriptProgram(Transaction transaction) {
    this.transaction = transaction;
    this.needs = Needs.of(transaction);
    Map<Key, Kind> kinds = transaction.kinds();
    this.keys = List.copyOf(kinds.keySet());
    for (int i = 0; i < keys.size(); i++) {
      places.put(keys.get(i), i + 1);
    }
  }

  List<Key> keys() {
    return keys;
  }

  /** Whether to ask the server first if every command that writes is permitted. */
  enum PermissionCheck {
    NONE,
    /** Going on where it cannot say. */
    WHERE_POSSIBLE,
    /** Stopping where it cannot say. */
    INSISTING
  }

  /** The arguments. */
  List<Value> arguments(PermissionCheck check) {
    add(transaction.guards().size());
    transaction.guards().forEach(guard -> guard.match(this));
    add(transaction.writes().size());
    transaction.writes().forEach(write -> write.match(this));
    List<Value> guardsAndWrites = program;
    program = new ArrayList<>();
    add(reads()).add(values.size());
    program.addAll(values);
    add(check == PermissionCheck.INSISTING ? 1 : 0);
    add(check == PermissionCheck.NONE ? "" : permissionsAsText());
    program.addAll(guardsAndWrites);
    return program;
  }

  /** In one argument: each costs some bytes of its own. */
  private String permissionsAsText() {
    return permissions.stream()
        .map(needed -> needed.command() + " " + needed.key())
        .collect(Collectors.joining(" "));
  }

  /** The commands that writing takes, each with a key that it is used for. */
  Map<String, Key> commands() {
    transaction.writes().forEach(write -> write.match(this));
    Map<String, Key> commands = new LinkedHashMap<>();
    permissions.forEach(needed -> commands.put(needed.command(), keys.get(needed.key() - 1)));
    return commands;
  }

  private String reads() {
    StringBuilder letters = new StringBuilder();
    transaction.kinds().forEach((key, kind) -> {
      char letter = kind == Kind.VALUE ? 'V' : kind == Kind.INDEX ? 'I' : 'O';
      letters.append(
          needs.reads(key) && kind != Kind.OTHER ? letter : Character.toLowerCase(letter));
    });
    return letters.toString();
  }

  private ScriptProgram add(Object argument) {
    program.add(Value.utf8(argument.toString()));
    return this;
  }

  private ScriptProgram add(Key key) {
    return add(place(key));
  }

  private int place(Key key) {
    return places.getOrDefault(key, 0);
  }

  private ScriptProgram add(IndexEntry entry) {
    return add(Value.utf8(entry.member())).add(Value.utf8(Long.toString(entry.score())));
  }

  private ScriptProgram add(Value value) {
    Map<Value, Integer> known = value.size() <= SMALL ? sharedSmall : shared;
    Integer place = known.get(value);
    if (place == null) {
      values.add(value);
      place = values.size();
      known.put(value, place);
    }
    return add(place);
  }

  private ScriptProgram permit(Key key, String... commands) {
    for (String command : commands) {
      permissions.add(new Permission(command, place(key)));
    }
    return this;
  }

  @Override
  public ScriptProgram absent(Guard.Absent guard) {
    return add("A").add(guard.key());
  }

  @Override
  public ScriptProgram equal(Guard.Equal guard) {
    return add("E").add(guard.key()).add(guard.expected());
  }

  @Override
  public ScriptProgram absentOrEqual(Guard.AbsentOrEqual guard) {
    return add("O").add(guard.key()).add(guard.expected());
  }

  @Override
  public ScriptProgram absentOrMember(Guard.AbsentOrMember guard) {
    return add("M").add(guard.key()).add(guard.index());
  }

  @Override
  public ScriptProgram atTop(Guard.AtTop guard) {
    return add("T").add(guard.key()).add(guard.index());
  }

  @Override
  public ScriptProgram contains(Guard.Contains guard) {
    return add("C").add(guard.index()).add(guard.entry());
  }

  @Override
  public ScriptProgram admits(Guard.Admits guard) {
    return add("D").add(guard.index()).add(guard.entry());
  }

  @Override
  public ScriptProgram withinSpan(Guard.WithinSpan guard) {
    return add("S").add(guard.index()).add(guard.score()).add(Expiry.within(guard.span()));
  }

  @Override
  public ScriptProgram storeClockBefore(Guard.StoreClockBefore guard) {
    return add("B").add(guard.instantMillis());
  }

  @Override
  public ScriptProgram notAll(Guard.NotAll guard) {
    add("N").add(guard.guards().size());
    guard.guards().forEach(inner -> inner.match(this));
    return this;
  }

  @Override
  public ScriptProgram put(Write.Put write) {
    return permit(write.key(), "SET")
        .add("P")
        .add(write.key())
        .add(write.value())
        .add(Expiry.of(write.expiresAtMillis()));
  }

  @Override
  public ScriptProgram add(Write.Add write) {
    return permit(write.index(), "ZADD", "ZSCORE", "ZREVRANGE")
        .add("A")
        .add(write.index())
        .add(write.entry())
        .add(needs.asksForNewTop() ? 1 : 0);
  }

  @Override
  public ScriptProgram trim(Write.Trim write) {
    return permit(write.index(), "ZREVRANGE", "ZREMRANGEBYSCORE")
        .add("T")
        .add(write.index())
        .add(Expiry.within(write.span()));
  }

  @Override
  public ScriptProgram expireWithTop(Write.ExpireWithTop write) {
    return permit(write.index(), "ZREVRANGE", "PEXPIREAT")
        .add("X")
        .add(write.index())
        .add(Expiry.within(write.lifetimeMillis()));
  }

  @Override
  public ScriptProgram pointAtTop(Write.PointAtTop write) {
    return permit(write.index(), "ZREVRANGE")
        .permit(write.key(), "SET")
        .add("O")
        .add(write.key())
        .add(write.index())
        .add(Expiry.within(write.lifetimeMillis()));
  }

  @Override
  public ScriptProgram delete(Write.Delete write) {
    return permit(write.key(), "DEL").add("D").add(write.key());
  }

  @Override
  public ScriptProgram remove(Write.Remove write) {
    return permit(write.index(), "ZREM").add("R").add(write.index()).add(write.member());
  }

  @Override
  public ScriptProgram move(Write.Move write) {
    return permit(write.from(), "EXISTS", "RENAME")
        .permit(write.to(), "RENAME", "PEXPIREAT")
        .add("M")
        .add(write.from())
        .add(write.to())
        .add(Expiry.of(write.expiresAtMillis()));
  }

  @Override
  public ScriptProgram ifNewTop(Write.IfNewTop write) {
    List<Value> outer = program;
    program = new ArrayList<>();
    write.write().match(this);
    List<Value> inner = program;
    program = outer;
    add("N").add(inner.size());
    program.addAll(inner);
    return this;
  }
}
