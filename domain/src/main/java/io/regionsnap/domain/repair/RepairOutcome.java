package io.regionsnap.domain.repair;

import io.regionsnap.domain.audit.Finding;
import java.util.List;
import java.util.function.Function;

/** How a repair ended. What was applied by then holds. */
public sealed interface RepairOutcome {

  /**
   * The last audit found nothing.
   *
   * @param applied how many steps were applied
   */
  record Clean(int applied) implements RepairOutcome {}

  /**
   * Findings are left: others keep writing, or they are of a kind that cannot be mended here.
   *
   * @param applied how many steps were applied
   * @param left what the last audit found
   */
  record Left(int applied, List<Finding> left) implements RepairOutcome {
    /** Copies the list. */
    public Left {
      left = List.copyOf(left);
    }
  }

  /**
   * Something could not be read or written. The same repair again goes on where this one ended.
   *
   * @param applied how many steps were applied
   * @param message what, and why
   */
  record Failed(int applied, String message) implements RepairOutcome {}

  /**
   * Calls the function of the case that this outcome is.
   *
   * @param clean for {@link Clean}
   * @param left for {@link Left}
   * @param failed for {@link Failed}
   * @param <R> what they return
   * @return what the function returned
   */
  default <R> R match(
      Function<? super Clean, ? extends R> clean,
      Function<? super Left, ? extends R> left,
      Function<? super Failed, ? extends R> failed) {
    if (this instanceof Clean outcome) {
      return clean.apply(outcome);
    } else if (this instanceof Left outcome) {
      return left.apply(outcome);
    }
    return failed.apply((Failed) this);
  }
}
