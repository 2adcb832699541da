package io.regionsnap.adapters.inmemory;

import io.regionsnap.ports.StoreDiagnostics.Check;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An embedded store could not be opened. The message names the file, says what is wrong and what to
 * do next. Nothing was changed in the file.
 */
public final class EmbeddedStoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What kept the store from being opened. */
  public enum Reason {
    /** Another process, or another store of this process, has the file open. */
    LOCKED,
    /** The file holds something else. */
    FOREIGN,
    /** The file is, or was, an embedded store, and cannot be read. */
    DAMAGED,
    /** The file was written by a newer version. */
    NEWER_FORMAT,
    /** There is no store to read: no file, or one in which nothing was ever committed. */
    NOT_FOUND,
    /** The thread was interrupted while it waited; its interrupt is set again. */
    INTERRUPTED,
    /** The operating system refused. */
    IO
  }

  private final Reason reason;
  private final String wrong;
  private final String next;

  EmbeddedStoreException(
      Reason reason, Path file, String wrong, String next, @Nullable Throwable cause) {
    super(file + ": " + wrong + ". " + next + ".", cause);
    this.reason = reason;
    this.wrong = wrong;
    this.next = next;
  }

  /**
   * What kept the store from being opened.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }

  /**
   * The same as a check of a diagnosis.
   *
   * @return a failed check
   */
  public Check toCheck() {
    String name = switch (reason) {
      case LOCKED -> FileChecks.LOCK;
      case NEWER_FORMAT -> FileChecks.FORMAT;
      default -> FileChecks.FILE;
    };
    return Check.fail(name, wrong, next);
  }
}
