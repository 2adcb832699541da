package io.regionsnap.domain.audit;

/** Something could not be read. Ends what was being done, and becomes an outcome there. */
public final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableException(String message) {
    super(message, null, false, false);
  }
}
