package io.regionsnap.proof.report;

import java.util.Locale;

/** The classes of faults. A fault is counted when it has struck, not when it was planned. */
public enum Fault {
  /** Nobody listened where the store is. */
  CONNECTION_REFUSED,
  /** The connection was cut after a number of bytes of the request. */
  REQUEST_CUT,
  /** The connection was cut after a number of bytes of the answer. */
  ANSWER_CUT,
  /** The answer was kept back until after the time limit. */
  ANSWER_LATE,
  /** The request was kept back until after the time limit, and delivered then. */
  REQUEST_LATE,
  /** The request was delivered once more, later. */
  REQUEST_TWICE,
  /** The request reached nobody, though it was sent. */
  REQUEST_LOST,
  /** The answer reached nobody, though it was sent. */
  ANSWER_LOST,
  /** Something before the server answered 5xx; it may have passed the request on. */
  GATEWAY_ERROR,
  /** The answer came changed: empty, cut in half, of another shape, or as a page of HTML. */
  ANSWER_MANGLED,
  /** The request was turned away at the door (401, 403, 413, 429). */
  TURNED_AWAY,
  /** The server closed the connection of the client. */
  CLIENT_KILLED,
  /** The server was out of memory (OOM). */
  OUT_OF_MEMORY,
  /** The server was a replica (READONLY). */
  READ_ONLY,
  /** The server had too few replicas (NOREPLICAS). */
  TOO_FEW_REPLICAS,
  /** The server could not save (MISCONF). */
  CANNOT_SAVE,
  /** The server was busy with a script (BUSY). */
  BUSY,
  /** The server was killed, and still loading its data when it was asked (LOADING). */
  LOADING,
  /** The server had forgotten the scripts (NOSCRIPT). */
  SCRIPTS_FORGOTTEN,
  /** The user lacked a permission (NOPERM). */
  NO_PERMISSION,
  /** The server did not know who was asking (NOAUTH), or would not believe it (WRONGPASS). */
  NOT_AUTHENTICATED,
  /**
   * A command was refused while its transaction was queued, and EXEC refused for it (EXECABORT).
   */
  QUEUE_REFUSED,
  /** The server did not answer clients for a while (CLIENT PAUSE). */
  SERVER_PAUSED,
  /** The server's process was stopped for a while (SIGSTOP, SIGCONT). */
  SERVER_STOPPED,
  /** The server's process was killed (SIGKILL) and started again. */
  SERVER_KILLED,
  /** A primary was killed and a replica took its place. */
  PRIMARY_KILLED,
  /** A slot of a cluster was taken to another node. */
  SLOT_MOVED,
  /** Another node of a cluster has the keys (MOVED, ASK). */
  SENT_ELSEWHERE,
  /** Some of the keys were on another node of a cluster already (TRYAGAIN). */
  SLOT_SPLIT,
  /** The keys of a transaction were of several slots (CROSSSLOT). */
  SLOTS_MIXED,
  /** The log of the server was cut off inside the last transaction. */
  LOG_TRUNCATED,
  /** The writing process was killed (SIGKILL). */
  WRITER_KILLED,
  /** A write, a truncation or a sync of the disk failed. */
  DISK_FAILED,
  /** The writer's clock and the store's were far apart. */
  CLOCKS_APART,
  /** The time of a snapshot was in seconds, microseconds or nanoseconds. */
  WRONG_UNIT,
  /** The store was closed and opened again. */
  REOPENED,
  /** Something else deleted a key. */
  KEY_DELETED,
  /** Something else put another kind of value under a key. */
  KIND_CHANGED,
  /** Something else put other bytes under a key. */
  KEY_OVERWRITTEN,
  /** Something else let a key expire. */
  KEY_EXPIRED,
  /** The server evicted keys. */
  KEYS_EVICTED;

  /** In words. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
