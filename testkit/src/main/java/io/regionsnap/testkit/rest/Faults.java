package io.regionsnap.testkit.rest;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Which of the coming requests meets which {@link Fault}. Requests are counted as their first bytes
 * arrive. What a test arranges holds for requests that begin afterwards. Thread-safe.
 */
public final class Faults {
  private final Map<Long, Fault> byNumber = new HashMap<>();
  private Fault always = Fault.none();
  private Duration latency = Duration.ZERO;
  private long begun;

  Faults() {}

  /**
   * The next requests meet these, one each.
   *
   * @param faults in their order
   */
  public synchronized void next(Fault... faults) {
    for (int i = 0; i < faults.length; i++) {
      nth(i + 1, faults[i]);
    }
  }

  /**
   * One of the coming requests meets this.
   *
   * @param number 1 is the next one
   * @param fault what happens to it
   */
  public synchronized void nth(int number, Fault fault) {
    byNumber.put(begun + number, fault);
  }

  /**
   * Every request meets this that meets nothing else.
   *
   * @param fault what happens to them
   */
  public synchronized void always(Fault fault) {
    always = fault;
  }

  /**
   * Every request takes so much longer, whatever else it meets.
   *
   * @param injected the time between its arrival and anything else
   */
  public synchronized void latency(Duration injected) {
    latency = injected;
  }

  /** Nothing goes wrong any more. */
  public synchronized void heal() {
    byNumber.clear();
    always = Fault.none();
    latency = Duration.ZERO;
  }

  synchronized Duration latency() {
    return latency;
  }

  synchronized Fault begin() {
    begun++;
    Fault own = byNumber.remove(begun);
    return own == null ? always : own;
  }
}
