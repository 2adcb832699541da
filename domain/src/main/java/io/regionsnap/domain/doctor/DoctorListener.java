package io.regionsnap.domain.doctor;

import io.regionsnap.ports.StoreDiagnostics.Check;

/** Is told of checks as they are made, by the thread that makes them. */
@FunctionalInterface
public interface DoctorListener {
  /**
   * Something was looked at. An exception ends the diagnosis; what was written is deleted first.
   *
   * @param check what, and how it is
   */
  void checked(Check check);
}
