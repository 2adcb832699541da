package io.regionsnap.proof.history;

import io.regionsnap.testkit.ReferenceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks for an order of operations that explains what was answered and what is there: one in which
 * each operation takes effect at one instant between its call and its answer, and the reference
 * model gives each the answer that it got (Wing and Gong's search; Herlihy and Wing,
 * Linearizability, 1990).
 *
 * <p>An operation that is unknown takes effect once, at any time after its call, or never. One that
 * was disturbed may have taken effect before the try that was answered.
 */
public final class Explanation {
  private final Map<String, Object> after;
  private final long nowMillis;

  private Explanation(Map<String, Object> after, long nowMillis) {
    this.after = after;
    this.nowMillis = nowMillis;
  }

  /**
   * Whether there is an explanation.
   *
   * @param before what was there before the first of the operations; not changed
   * @param operations what was done
   * @param after what is there after the last
   * @param nowMillis the clock of writers and store; epoch milliseconds
   * @return whether there is one
   */
  public static boolean exists(
      ReferenceModel before, List<Operation> operations, ReferenceModel after, long nowMillis) {
    List<Pending> pending =
        operations.stream().map(operation -> new Pending(operation, false)).toList();
    return new Explanation(after.contents(), nowMillis).search(before, pending);
  }

  /** An operation that is still to be placed, and whether an effect of it was placed already. */
  private record Pending(Operation operation, boolean effected) {
    boolean hasAnswer() {
      return !operation.word().equals(Operation.UNKNOWN);
    }
  }

  private boolean search(ReferenceModel model, List<Pending> left) {
    if (left.stream().noneMatch(Pending::hasAnswer) && model.contents().equals(after)) {
      return true;
    }
    long horizon =
        left.stream().mapToLong(pending -> pending.operation().toNanos()).min().orElse(0);
    for (Pending next : left) {
      if (next.operation().fromNanos() <= horizon && place(model, left, next)) {
        return true;
      }
    }
    return false;
  }

  private boolean place(ReferenceModel model, List<Pending> left, Pending next) {
    Operation operation = next.operation();
    List<Pending> others = new ArrayList<>(left);
    others.remove(next);
    if (operation.word().equals(Operation.NOTHING)) {
      return search(model, others);
    }
    ReferenceModel changed = model.copy();
    String word = changed.persist(operation.snapshot(), nowMillis, nowMillis);
    if (next.hasAnswer() && word.equals(operation.word()) && search(changed, others)) {
      return true;
    }
    if (!word.equals("persisted")) {
      return false;
    }
    if (!next.hasAnswer()) {
      return search(changed, others);
    }
    if (operation.disturbed() && !next.effected()) {
      others.add(new Pending(operation, true));
      return search(changed, others);
    }
    return false;
  }
}
