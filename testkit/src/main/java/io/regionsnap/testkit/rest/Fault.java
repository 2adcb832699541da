package io.regionsnap.testkit.rest;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * What goes wrong with one request on its way to the server or with its reply on the way back.
 *
 * <p>Immutable, except that one that was made with a {@link Gate} is for one request.
 */
public final class Fault {
  private static final long WHOLE = Long.MAX_VALUE;

  private final long requestBytes;
  private final Passage passage;

  private Fault(long requestBytes, Passage passage) {
    this.requestBytes = requestBytes;
    this.passage = passage;
  }

  private static Fault of(Passage passage) {
    return new Fault(WHOLE, passage);
  }

  static Fault none() {
    return of((forwarding, later) -> Answer.whole(forwarding.forward()));
  }

  /**
   * The connection is closed once so many bytes of the request have arrived, and nothing is
   * forwarded. A shorter request passes.
   *
   * @param bytes of head and body, at least 1
   * @return the fault
   */
  public static Fault cutRequestAfter(long bytes) {
    return new Fault(bytes, (forwarding, later) -> Answer.whole(forwarding.forward()));
  }

  /**
   * The request arrives, and the connection is closed without forwarding it.
   *
   * @return the fault
   */
  public static Fault cutBeforeForwarding() {
    return of((forwarding, later) -> Answer.CUT);
  }

  /**
   * The request is forwarded, and the connection is closed without a byte of the reply.
   *
   * @return the fault
   */
  public static Fault cutAfterForwarding() {
    return cutReplyAfter(0);
  }

  /**
   * The request is forwarded, and the connection is closed after so many bytes of the reply. A
   * shorter reply passes.
   *
   * @param bytes of head and body
   * @return the fault
   */
  public static Fault cutReplyAfter(long bytes) {
    return of((forwarding, later) -> new Answer(Optional.of(forwarding.forward()), bytes));
  }

  /**
   * Nothing is forwarded and nothing answered; the connection stays open.
   *
   * @return the fault
   */
  public static Fault hangBeforeForwarding() {
    return of((forwarding, later) -> Answer.NONE);
  }

  /**
   * The request is forwarded and nothing answered; the connection stays open.
   *
   * @return the fault
   */
  public static Fault hangAfterForwarding() {
    return of((forwarding, later) -> {
      forwarding.forward();
      return Answer.NONE;
    });
  }

  /**
   * The request is forwarded when the gate opens, even if the client has given up by then.
   *
   * @param gate where it waits
   * @return the fault
   */
  public static Fault deliverLate(Gate gate) {
    return of((forwarding, later) -> {
      gate.stand();
      RestReply reply = forwarding.forward();
      gate.passed();
      return Answer.whole(reply);
    });
  }

  /**
   * The request is forwarded at once; the reply is sent when the gate opens.
   *
   * @param gate where the reply waits
   * @return the fault
   */
  public static Fault answerLate(Gate gate) {
    return of((forwarding, later) -> {
      RestReply reply = forwarding.forward();
      gate.stand();
      gate.passed();
      return Answer.whole(reply);
    });
  }

  /**
   * The request is forwarded twice, one after the other, as by a proxy that tries again; the client
   * gets the second reply.
   *
   * @return the fault
   */
  public static Fault deliverTwice() {
    return of((forwarding, later) -> {
      forwarding.forward();
      return Answer.whole(forwarding.forward());
    });
  }

  /**
   * The request is forwarded and answered, and forwarded once more when the gate opens; that reply
   * is lost.
   *
   * @param gate where the duplicate waits
   * @return the fault
   */
  public static Fault duplicateLate(Gate gate) {
    return of((forwarding, later) -> {
      RestReply reply = forwarding.forward();
      later.execute(() -> {
        try {
          gate.stand();
          forwarding.forward();
          gate.passed();
        } catch (InterruptedException e) {
          // The server was closed, and the duplicate is never delivered.
          Thread.currentThread().interrupt();
        }
      });
      return Answer.whole(reply);
    });
  }

  /**
   * Something in between answers, without forwarding the request.
   *
   * @param reply any status, headers and body
   * @return the fault
   */
  public static Fault answerInstead(RestReply reply) {
    return of((forwarding, later) -> Answer.whole(reply));
  }

  /**
   * The request is forwarded, and its reply replaced.
   *
   * @param reply any status, headers and body
   * @return the fault
   */
  public static Fault answerAfterForwarding(RestReply reply) {
    return rewrite(answered -> reply);
  }

  /**
   * The request is forwarded, and its reply changed.
   *
   * @param change from what was answered to what is sent
   * @return the fault
   */
  public static Fault rewrite(UnaryOperator<RestReply> change) {
    return of((forwarding, later) -> Answer.whole(change.apply(forwarding.forward())));
  }

  long requestBytes() {
    return requestBytes;
  }

  Answer pass(Forwarding forwarding, Executor later) throws InterruptedException {
    return passage.pass(forwarding, later);
  }

  /**
   * What a connection is to do in the end: send a reply or none, and close after so many bytes of
   * it.
   */
  record Answer(Optional<RestReply> reply, long bytes) {
    static final Answer NONE = new Answer(Optional.empty(), WHOLE);
    static final Answer CUT = new Answer(Optional.empty(), 0);

    static Answer whole(RestReply reply) {
      return new Answer(Optional.of(reply), WHOLE);
    }
  }

  /** Executes the request, as often as it is asked to. */
  interface Forwarding {
    RestReply forward();
  }

  private interface Passage {
    Answer pass(Forwarding forwarding, Executor later) throws InterruptedException;
  }
}
