package io.regionsnap.testkit.redis;

/** An error reply of a server, word for word. */
public final class RespError extends RuntimeException {
  private static final long serialVersionUID = 1;

  RespError(String message) {
    super(message);
  }

  /**
   * What the server said.
   *
   * @return the reply without its leading minus sign
   */
  public String text() {
    return String.valueOf(getMessage());
  }
}
