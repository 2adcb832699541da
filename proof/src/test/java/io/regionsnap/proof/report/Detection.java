package io.regionsnap.proof.report;

/**
 * What a property made of a store of the control group.
 *
 * @param control the store
 * @param property the property
 * @param tries how many tries it took; 0 if the property held through all of them
 * @param finding the violation in short; empty if there was none
 */
public record Detection(String control, String property, long tries, String finding) {

  /** Whether the property caught the store. */
  boolean isCaught() {
    return tries > 0;
  }
}
