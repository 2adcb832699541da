package io.regionsnap.adapters.inmemory;

import java.io.EOFException;

/** What is stored contradicts itself. */
final class Damage extends RuntimeException {
  private static final long serialVersionUID = 1;

  Damage(String message) {
    super(message);
  }

  /** Whether something in the causes of a failure says that the file is damaged. */
  static boolean isIn(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Damage || cause instanceof EOFException) {
        return true;
      }
    }
    return false;
  }
}
