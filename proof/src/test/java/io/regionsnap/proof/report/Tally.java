package io.regionsnap.proof.report;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The figures of one store in one mode. Thread-safe. */
public final class Tally {
  private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();

  Tally() {}

  /**
   * Counts a fault that has struck.
   *
   * @param fault its class
   */
  public void struck(Fault fault) {
    struck(fault, 1);
  }

  /**
   * Counts faults that have struck.
   *
   * @param fault their class
   * @param times how many
   */
  public void struck(Fault fault, long times) {
    add(Summary.FAULT + fault, times);
  }

  /**
   * Counts one of something else.
   *
   * @param figure what
   */
  public void count(Figure figure) {
    count(figure, 1);
  }

  /**
   * Counts something else.
   *
   * @param figure what
   * @param number how many
   */
  public void count(Figure figure, long number) {
    add(figure.toString(), number);
  }

  /**
   * Runs a check and counts a violation if it fails.
   *
   * @param check the check
   */
  public void judging(Runnable check) {
    try {
      check.run();
    } catch (AssertionError e) {
      count(Figure.VIOLATIONS);
      throw e;
    }
  }

  private void add(String counter, long number) {
    if (number > 0) {
      counters.computeIfAbsent(counter, any -> new LongAdder()).add(number);
    }
  }

  /** The counters and their numbers. */
  Map<String, Long> numbers() {
    Map<String, Long> numbers = new TreeMap<>();
    counters.forEach((counter, number) -> numbers.put(counter, number.sum()));
    return numbers;
  }
}
