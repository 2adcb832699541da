package io.regionsnap.app;

import java.util.Optional;

/**
 * Asks a run to end soon. The thread of the run is interrupted only while it waits for something
 * that may never come, and never while it writes: an interrupt closes the very file that a store is
 * writing to. Thread-safe.
 */
final class Interruption {
  private boolean requested;
  private Optional<Thread> waiting = Optional.empty();

  /** Something that waits and can be interrupted. */
  @FunctionalInterface
  interface Waiting<T> {
    T await() throws InterruptedException;
  }

  /** Asks for the end. */
  synchronized void request() {
    requested = true;
    waiting.ifPresent(Thread::interrupt);
  }

  synchronized boolean isRequested() {
    return requested;
  }

  /**
   * Waits, unless and until the end is asked for.
   *
   * @throws InterruptedException if the end is asked for; the thread's own flag is clear then
   */
  <T> T whileWaiting(Waiting<T> wait) throws InterruptedException {
    begin();
    try {
      return wait.await();
    } finally {
      end();
    }
  }

  private synchronized void begin() throws InterruptedException {
    if (requested) {
      throw new InterruptedException();
    }
    waiting = Optional.of(Thread.currentThread());
  }

  private synchronized void end() {
    waiting = Optional.empty();
    if (requested) {
      // Ours, and it has done its work; left set, it would break the next write.
      Thread.interrupted();
    }
  }
}
