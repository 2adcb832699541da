package io.regionsnap.proof.upstash;

import io.regionsnap.ports.Value;
import io.regionsnap.proof.redis.Ending;
import io.regionsnap.proof.report.Fault;
import io.regionsnap.testkit.rest.Gate;
import io.regionsnap.testkit.rest.RestReply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What goes wrong at a REST server, and at whatever stands before it. One request meets it, or
 * twenty in a row. Not thread-safe.
 */
final class RestFaults {
  /** The classes that this class knows. */
  static final List<Fault> ALL = List.of(
      Fault.GATEWAY_ERROR,
      Fault.ANSWER_MANGLED,
      Fault.TURNED_AWAY,
      Fault.REQUEST_LOST,
      Fault.ANSWER_LOST,
      Fault.REQUEST_TWICE,
      Fault.REQUEST_LATE);

  private static final int[] GATEWAY = {500, 502, 503, 504};
  private static final List<UnaryOperator<RestReply>> MANGLED = List.of(
      reply -> reply.withBody(Value.utf8("")),
      reply -> page(200),
      reply -> reply.withBody(firstHalf(reply.body())),
      reply -> reply.withBody(Value.utf8("[{\"result\":\"OK\"}]")));
  private static final List<RestReply> TURNED_AWAY = List.of(
      RestReply.json(401, "{\"error\":\"WRONGPASS invalid or missing auth token\"}"),
      page(403),
      page(404),
      page(413),
      RestReply.json(429, "{\"error\":\"slow down\"}"));

  private final RestBench bench;
  private final List<Gate> gates = new ArrayList<>();

  RestFaults(RestBench bench) {
    this.bench = bench;
  }

  /** Begins it; what is returned ends it and says how many requests have met it. */
  Ending begin(Fault fault, int where) {
    bench.settle();
    long begunBefore = bench.server().traffic().requests();
    long arrivedBefore = bench.arrived();
    int first = 1 + where % 3;
    Gate gate = new Gate();
    int number = fault == Fault.REQUEST_LATE || where % 2 == 0 ? 1 : 20;
    for (int i = 0; i < number; i++) {
      bench.server().faults().nth(first + i, of(fault, where / 6, gate));
    }
    return () -> {
      bench.wire().cutAll();
      bench.wire().settle();
      bench.server().faults().heal();
      long begun = bench.server().traffic().requests() - begunBefore;
      long met = Math.max(0, Math.min(number, begun - first + 1));
      boolean whole = bench.areWhole(begun, arrivedBefore);
      if (fault == Fault.REQUEST_TWICE) {
        bench.expectUnanswered(whole ? -met : 0);
      } else if (!isCarriedOut(fault, where / 6)) {
        bench.expectUnanswered(met);
      }
      if (fault == Fault.REQUEST_LATE && met > 0 && whole) {
        gate.awaitReached();
        gates.add(gate);
      }
      return met;
    };
  }

  /** Lets the late requests pass, and waits until they have been carried out. */
  void deliverLate() {
    gates.forEach(Gate::openAndAwait);
    bench.expectUnanswered(-gates.size());
    gates.clear();
  }

  private static boolean isCarriedOut(Fault fault, int where) {
    return fault == Fault.ANSWER_MANGLED
        || fault == Fault.ANSWER_LOST
        || (fault == Fault.GATEWAY_ERROR && where % 2 == 0);
  }

  private static io.regionsnap.testkit.rest.Fault of(Fault fault, int where, Gate gate) {
    return switch (fault) {
      case GATEWAY_ERROR -> gatewayError(where);
      case ANSWER_MANGLED ->
        io.regionsnap.testkit.rest.Fault.rewrite(MANGLED.get(where % MANGLED.size()));
      case TURNED_AWAY ->
        io.regionsnap.testkit.rest.Fault.answerInstead(TURNED_AWAY.get(where % TURNED_AWAY.size()));
      case REQUEST_LOST -> io.regionsnap.testkit.rest.Fault.cutBeforeForwarding();
      case ANSWER_LOST -> io.regionsnap.testkit.rest.Fault.cutAfterForwarding();
      case REQUEST_TWICE -> io.regionsnap.testkit.rest.Fault.deliverTwice();
      case REQUEST_LATE -> io.regionsnap.testkit.rest.Fault.deliverLate(gate);
      default -> throw new IllegalArgumentException("no such fault here: " + fault);
    };
  }

  private static io.regionsnap.testkit.rest.Fault gatewayError(int where) {
    int status = GATEWAY[where / 2 % GATEWAY.length];
    RestReply reply = where / 8 % 2 == 0 ? page(status) : RestReply.text(status, "");
    return isCarriedOut(Fault.GATEWAY_ERROR, where)
        ? io.regionsnap.testkit.rest.Fault.answerAfterForwarding(reply)
        : io.regionsnap.testkit.rest.Fault.answerInstead(reply);
  }

  private static RestReply page(int status) {
    return RestReply.text(status, "<html>something in between</html>");
  }

  private static Value firstHalf(Value body) {
    byte[] bytes = body.toByteArray();
    return Value.copyOf(Arrays.copyOf(bytes, bytes.length / 2));
  }
}
