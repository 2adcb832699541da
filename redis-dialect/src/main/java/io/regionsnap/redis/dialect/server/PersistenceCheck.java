package io.regionsnap.redis.dialect.server;

import io.regionsnap.ports.StoreDiagnostics.Check;
import io.regionsnap.ports.StoreDiagnostics.Verdict;
import java.time.Instant;
import java.util.Optional;

/** What a server keeps when it is killed. */
final class PersistenceCheck {
  private static final String PERSISTENCE = "persistence";
  private static final String LAST_SAVE = "last-save";
  private static final String SHOW = "; to let this user see it: ACL SETUSER USER +config|get";

  /** A fault of Redis that shows in its log only; see the order of writes in the port. */
  private static final String TAIL =
      "after a crash, look for \"Truncating the AOF\" in the server's log, which nothing else shows;"
          + " where it stands, BGREWRITEAOF before the next restart, then regionsnap audit";

  private PersistenceCheck() {}

  static Check persistence(ServerSight sight) {
    Optional<String> log = sight.field("aof_enabled");
    if (log.isEmpty()) {
      return sight.unseen(
          PERSISTENCE,
          "ask whoever runs the server what it keeps when it is killed: appendonly yes"
              + " is best");
    }
    return log.get().equals("0") ? withoutLog(sight) : withLog(sight);
  }

  private static Check withLog(ServerSight sight) {
    Optional<String> sync = sight.setting("appendfsync");
    if (sync.isEmpty()) {
      return Check.warn(
          PERSISTENCE,
          "an append-only file; how often it reaches the disk is not visible to this user",
          "appendfsync should be always or everysec" + SHOW + "; " + TAIL);
    }
    String seen = "an append-only file, appendfsync " + sync.get();
    return switch (sync.get()) {
      case "always" -> new Check(PERSISTENCE, Verdict.PASS, seen, TAIL);
      case "everysec" ->
        new Check(
            PERSISTENCE, Verdict.PASS, seen + ": a crash may lose the last second or two", TAIL);
      default ->
        Check.warn(
            PERSISTENCE,
            seen + ": a crash of the machine loses what it had not written",
            "set appendfsync everysec or always; " + TAIL);
    };
  }

  private static Check withoutLog(ServerSight sight) {
    Optional<String> save = sight.setting("save");
    String advice = "set appendonly yes, with appendfsync everysec or always";
    if (save.isEmpty()) {
      return Check.warn(
          PERSISTENCE,
          "no append-only file; whether the server saves by itself is not visible to this user",
          advice + SHOW);
    } else if (save.get().isBlank()) {
      return Check.warn(
          PERSISTENCE, "nothing is kept on disk: the end of the server is the end of all", advice);
    }
    return Check.warn(
        PERSISTENCE,
        "saved from time to time only (save %s): a crash loses all since the last save, now %s changes"
            .formatted(save.get(), sight.field("rdb_changes_since_last_save").orElse("unknown")),
        advice);
  }

  static Check lastSave(ServerSight sight) {
    Optional<String> saved = sight.field("rdb_last_bgsave_status");
    if (saved.isEmpty()) {
      return sight.unseen(LAST_SAVE, "ask whoever runs the server whether saving works");
    }
    if (isBad(sight, "aof_last_write_status")) {
      return Check.fail(
          LAST_SAVE,
          "the append-only file could not be written",
          "make room on the server's disk and look at its log: it refuses commits until then");
    }
    boolean saves = !sight.setting("save").orElse("").isBlank();
    if (!saved.get().equals("ok")) {
      String advice = "make room on the server's disk and look at its log";
      return saves
          ? Check.fail(
              LAST_SAVE,
              "the last save failed",
              advice + ": unless it was told otherwise, it refuses commits until a save succeeds")
          : Check.warn(LAST_SAVE, "the last save failed", advice);
    } else if (isBad(sight, "aof_last_bgrewrite_status")) {
      return Check.warn(
          LAST_SAVE,
          "the last rewrite of the append-only file failed",
          "make room on the server's disk and look at its log: the file grows until then");
    }
    return Check.pass(
        LAST_SAVE,
        sight.number("rdb_last_save_time").stream()
            .mapToObj(at -> "no failure; saved, or started, at " + Instant.ofEpochSecond(at))
            .findFirst()
            .orElse("no failure"));
  }

  private static boolean isBad(ServerSight sight, String field) {
    return sight.field(field).filter(status -> !status.equals("ok")).isPresent();
  }
}
