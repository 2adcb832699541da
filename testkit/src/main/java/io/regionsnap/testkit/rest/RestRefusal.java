package io.regionsnap.testkit.rest;

import io.regionsnap.ports.Value;

/** Why a request is refused as a whole, before any of its commands ran. */
final class RestRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient RestReply reply;

  RestRefusal(RestReply reply) {
    super("status " + reply.status());
    this.reply = reply;
  }

  static RestRefusal error(int status, String message) {
    return new RestRefusal(errorReply(status, message));
  }

  static RestReply errorReply(int status, String message) {
    return RestReply.json(status, Value.copyOf(ResultWriter.error(message)));
  }

  RestReply reply() {
    return reply;
  }
}
