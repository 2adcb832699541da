package io.regionsnap.app.store;

/**
 * What was asked for is no store, or none that this build can open. The message quotes nothing but
 * a scheme, since a URL may hold a password.
 */
public final class UnusableStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableStoreException(String message) {
    super(message);
  }
}
