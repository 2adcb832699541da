package io.regionsnap.proof.redis;

import java.io.ByteArrayOutputStream;

/** What is to break on a {@link Wire}, and what has broken. One thing at a time. Thread-safe. */
public final class Breakage {
  private static final long NEVER = Long.MAX_VALUE;

  /** Where bytes go. */
  public enum Direction {
    /** From the client to the server. */
    REQUEST,
    /** From the server to the client. */
    ANSWER
  }

  private Direction where = Direction.REQUEST;
  private long left = NEVER;
  private boolean forGood;
  private boolean refusing;
  private boolean holding;
  private int passing;
  private long generation;
  private long released = -1;
  private boolean broken;
  private long struck;
  private ByteArrayOutputStream recorded = new ByteArrayOutputStream();
  private boolean recording;

  Breakage() {}

  /**
   * Cuts the connection once so many more bytes have passed.
   *
   * @param direction which bytes count
   * @param bytes how many; 0 for cutting at the first that comes
   * @param andRefuse whether to refuse every connection from then on, until healed
   */
  public synchronized void cutAfter(Direction direction, long bytes, boolean andRefuse) {
    heal();
    where = direction;
    left = bytes;
    forGood = andRefuse;
  }

  /** Refuses every new connection until healed. */
  public synchronized void refuse() {
    heal();
    refusing = true;
  }

  /**
   * Keeps back what comes, until {@link Wire#release}; what comes after {@link #heal} passes.
   *
   * @param direction which bytes
   * @param reads how many portions pass before
   */
  public synchronized void hold(Direction direction, int reads) {
    heal();
    where = direction;
    holding = true;
    passing = reads;
  }

  synchronized void release() {
    released = generation;
    generation++;
    notifyAll();
  }

  /** Keeps a copy of every request from now on, for {@link #recorded}. */
  public synchronized void record() {
    heal();
    recorded = new ByteArrayOutputStream();
    recording = true;
  }

  /**
   * The requests that have passed since {@link #record}.
   *
   * @return their bytes
   */
  public synchronized byte[] recorded() {
    return recorded.toByteArray();
  }

  /** Lets everything pass that comes from now on. */
  public synchronized void heal() {
    left = NEVER;
    broken = false;
    forGood = false;
    refusing = false;
    holding = false;
    recording = false;
    struck = 0;
  }

  /**
   * How often it has struck since it was set: connections cut, refused or kept waiting.
   *
   * @return how often; 0 if it has not
   */
  public synchronized long struck() {
    return struck;
  }

  synchronized boolean refuses() {
    if (refusing) {
      struck++;
    }
    return refusing;
  }

  /** How many of these bytes pass. */
  synchronized int admit(Direction direction, byte[] bytes, int length) {
    if (recording && direction == Direction.REQUEST) {
      recorded.write(bytes, 0, length);
    }
    if (left == NEVER || direction != where) {
      return length;
    }
    int passed = (int) Math.min(length, left);
    left -= passed;
    if (left == 0) {
      broken = true;
    }
    return passed;
  }

  /** Whether to cut now; true once for each breakage. */
  synchronized boolean isBroken(Direction direction) {
    if (!broken || direction != where) {
      return false;
    }
    struck++;
    broken = false;
    left = NEVER;
    refusing = forGood;
    return true;
  }

  /** Waits while it is to be kept back; says whether it was. */
  synchronized boolean awaitPassage(Direction direction, Runnable beginHold) {
    if (!holding || direction != where || passing-- > 0) {
      return false;
    }
    struck++;
    beginHold.run();
    long held = generation;
    while (released < held) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return true;
      }
    }
    return true;
  }
}
