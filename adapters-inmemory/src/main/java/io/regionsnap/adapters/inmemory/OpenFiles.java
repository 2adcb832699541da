package io.regionsnap.adapters.inmemory;

import io.regionsnap.adapters.inmemory.EmbeddedStoreException.Reason;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The files that this process has open.
 *
 * <p>File locks are held by a process, not by a store, and on POSIX systems closing any channel to
 * a file drops all of them: a second store that only had a look would silently unlock the first. So
 * a file that is open here is not touched again: stores that read share its session, all others are
 * told that it is locked.
 */
final class OpenFiles {
  private static final Map<Path, Shared> OPEN = new HashMap<>();

  private OpenFiles() {}

  private static final class Shared {
    final Session session;
    final boolean readOnly;
    int stores = 1;

    Shared(Session session, boolean readOnly) {
      this.session = session;
      this.readOnly = readOnly;
    }
  }

  /**
   * The session of a file, opened if this process has none.
   *
   * @throws EmbeddedStoreException if the file cannot be opened
   */
  static Session acquire(Target target, Supplier<Session> opening) {
    synchronized (OPEN) {
      Shared shared = OPEN.get(target.path());
      if (shared == null) {
        Session session = opening.get();
        OPEN.put(target.path(), new Shared(session, target.readOnly()));
        return session;
      }
      if (!shared.readOnly || !target.readOnly()) {
        throw new EmbeddedStoreException(
            Reason.LOCKED,
            target.path(),
            "the store is in use by this process",
            "Close it first, or wait longer",
            null);
      }
      shared.stores++;
      return shared.session;
    }
  }

  /** Gives a session back; the last one to do so closes the file. */
  static void release(Path path) {
    synchronized (OPEN) {
      Shared shared = OPEN.get(path);
      if (shared != null && --shared.stores == 0) {
        // Only now: whoever opens the file next must find it closed.
        shared.session.close();
        OPEN.remove(path);
      }
    }
  }
}
