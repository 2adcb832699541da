package io.regionsnap.testkit.rest;

/**
 * What went over the wire so far.
 *
 * @param connections how many were accepted
 * @param requests how many began to arrive
 * @param requestBytes their bytes, heads and bodies, as far as they arrived
 * @param requestBodyBytes the bytes of the bodies of those that arrived whole
 * @param replyBytes bytes of replies, heads and bodies, as far as they were sent
 */
public record Traffic(
    long connections, long requests, long requestBytes, long requestBodyBytes, long replyBytes) {

  /** Before anything happened. */
  static final Traffic NONE = new Traffic(0, 0, 0, 0, 0);

  /**
   * What happened since.
   *
   * @param earlier an older reading
   * @return the differences
   */
  public Traffic since(Traffic earlier) {
    return new Traffic(
        connections - earlier.connections,
        requests - earlier.requests,
        requestBytes - earlier.requestBytes,
        requestBodyBytes - earlier.requestBodyBytes,
        replyBytes - earlier.replyBytes);
  }

  Traffic plus(Traffic more) {
    return new Traffic(
        connections + more.connections,
        requests + more.requests,
        requestBytes + more.requestBytes,
        requestBodyBytes + more.requestBodyBytes,
        replyBytes + more.replyBytes);
  }
}
