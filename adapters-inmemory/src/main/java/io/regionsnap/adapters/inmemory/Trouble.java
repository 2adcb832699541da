package io.regionsnap.adapters.inmemory;

import io.regionsnap.adapters.inmemory.EmbeddedStoreException.Reason;
import io.regionsnap.ports.StoreRefusal;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what MVStore throws. A damaged page makes it throw nearly anything, errors included, since
 * it trusts the numbers that it reads: what says nothing else is taken for damage.
 */
final class Trouble {
  private Trouble() {}

  static Reason reason(Throwable failure) {
    if (Damage.isIn(failure) || !(failure instanceof MVStoreException known)) {
      return Reason.DAMAGED;
    }
    return switch (known.getErrorCode()) {
      case DataUtils.ERROR_FILE_LOCKED -> Reason.LOCKED;
      case DataUtils.ERROR_UNSUPPORTED_FORMAT -> Reason.NEWER_FORMAT;
      case DataUtils.ERROR_READING_FAILED, DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_CLOSED ->
        Reason.IO;
      default -> Reason.DAMAGED;
    };
  }

  static EmbeddedStoreException opening(Path file, Throwable failure) {
    Reason reason = reason(failure);
    return switch (reason) {
      case LOCKED ->
        new EmbeddedStoreException(
            reason,
            file,
            "the store is in use by another process",
            "Close it there, or wait longer",
            failure);
      case NEWER_FORMAT ->
        new EmbeddedStoreException(
            reason,
            file,
            "the file is of a format of H2 that this version does not know",
            "Use the version that wrote it",
            failure);
      case IO ->
        new EmbeddedStoreException(
            reason,
            file,
            "the operating system refused: " + failure.getMessage(),
            "Check the path, its permissions and the disk",
            failure);
      default -> damaged(file, String.valueOf(failure.getMessage()), failure);
    };
  }

  static EmbeddedStoreException damaged(Path file, String how, @Nullable Throwable cause) {
    return new EmbeddedStoreException(
        Reason.DAMAGED,
        file,
        "the store is damaged: " + how,
        "Keep the file, and bring back a copy of it from a backup",
        cause);
  }

  /** What a transaction is told that met this failure; nothing of it was written. */
  static StoreRefusal refusal(Path file, Throwable failure) {
    Throwable root = failure instanceof EmbeddedStoreException e ? e : opening(file, failure);
    boolean later = root instanceof EmbeddedStoreException e && isPassing(e.reason());
    String message = String.valueOf(root.getMessage());
    return later ? new StoreRefusal.Unavailable(message) : new StoreRefusal.Rejected(message);
  }

  private static boolean isPassing(Reason reason) {
    return reason == Reason.IO || reason == Reason.LOCKED || reason == Reason.NOT_FOUND;
  }

  static String message(StoreRefusal refusal) {
    return refusal.match(
        StoreRefusal.WrongKind::toString,
        StoreRefusal.Unavailable::message,
        StoreRefusal.Rejected::message);
  }
}
