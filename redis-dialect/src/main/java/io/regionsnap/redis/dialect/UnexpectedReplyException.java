package io.regionsnap.redis.dialect;

/**
 * Says that a server answered something that no server should. For a commit it means that nobody
 * knows what happened ({@link io.regionsnap.ports.CommitResult.InDoubt}), for a read that nothing
 * was read. The message shows the shape of the reply and never its bytes.
 */
public final class UnexpectedReplyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnexpectedReplyException(String expected, Reply reply) {
    super("expected " + expected + ", got " + shape(reply));
  }

  private static String shape(Reply reply) {
    String text = reply.toString();
    return text.length() <= 200 ? text : text.substring(0, 200) + "...";
  }
}
