package io.regionsnap.domain.doctor;

import java.util.function.Function;

/** How a diagnosis ended. */
public sealed interface Diagnosis {

  /**
   * Everything is as it should be.
   *
   * @param checks how many things were looked at
   */
  record Sound(int checks) implements Diagnosis {}

  /**
   * The store keeps its promise, and something may lessen what that is worth.
   *
   * @param checks how many things were looked at
   * @param warnings how many of them call for thought
   */
  record AtRisk(int checks, int warnings) implements Diagnosis {}

  /**
   * The store cannot be used as it is.
   *
   * @param checks how many things were looked at; not all, if the store stopped answering
   * @param warnings how many of them call for thought
   * @param failures how many of them must be put right
   */
  record Unfit(int checks, int warnings, int failures) implements Diagnosis {}

  /**
   * Calls the function of the case that this diagnosis is.
   *
   * @param sound for {@link Sound}
   * @param atRisk for {@link AtRisk}
   * @param unfit for {@link Unfit}
   * @param <R> what they return
   * @return what the function returned
   */
  default <R> R match(
      Function<? super Sound, ? extends R> sound,
      Function<? super AtRisk, ? extends R> atRisk,
      Function<? super Unfit, ? extends R> unfit) {
    if (this instanceof Sound diagnosis) {
      return sound.apply(diagnosis);
    } else if (this instanceof AtRisk diagnosis) {
      return atRisk.apply(diagnosis);
    } else {
      return unfit.apply((Unfit) this);
    }
  }
}
