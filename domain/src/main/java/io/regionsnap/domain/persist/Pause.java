package io.regionsnap.domain.persist;

import java.time.Duration;

/** Waiting, passed in so that tests need not wait. */
@FunctionalInterface
public interface Pause {
  /** Waits for real. */
  Pause REAL = duration -> Thread.sleep(duration.toMillis());

  /**
   * Returns after a while.
   *
   * @param duration how long
   * @throws InterruptedException if the thread is interrupted before or while it waits
   */
  void await(Duration duration) throws InterruptedException;
}
