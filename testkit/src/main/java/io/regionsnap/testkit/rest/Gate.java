package io.regionsnap.testkit.rest;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Something at which a request or a reply waits until the test lets it pass. For one passage;
 * thread-safe.
 */
public final class Gate {
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);
  private final CountDownLatch passed = new CountDownLatch(1);

  /** Lets pass what waits, and what will come. */
  public void open() {
    opened.countDown();
  }

  /**
   * Waits until something stands at the gate.
   *
   * @throws AssertionError if nothing came within half a minute
   */
  public void awaitReached() {
    await(reached, "nothing came to the gate");
  }

  /**
   * Waits until what stood at the gate is through: a request has been executed, a reply is on its
   * way.
   *
   * @throws AssertionError if nothing passed within half a minute
   */
  public void awaitPassed() {
    await(passed, "nothing passed the gate");
  }

  /** Opens and waits until what stood at the gate is through. */
  public void openAndAwait() {
    open();
    awaitPassed();
  }

  void stand() throws InterruptedException {
    reached.countDown();
    opened.await();
  }

  void passed() {
    passed.countDown();
  }

  private static void await(CountDownLatch latch, String otherwise) {
    try {
      if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(otherwise + " within " + PATIENCE_SECONDS + " seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted at a gate", e);
    }
  }
}
