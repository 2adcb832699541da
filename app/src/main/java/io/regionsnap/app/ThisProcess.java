package io.regionsnap.app;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Runs a command with the process's own streams, clock and signals. */
final class ThisProcess {
  /** How long a run may take to end once it is interrupted; then the process ends without it. */
  private static final long GRACE_SECONDS = 15;

  private static final int OUT_BUFFER_BYTES = 64 * 1024;

  private ThisProcess() {}

  static int run(String[] arguments) {
    // Numbers in messages and in JSON look the same everywhere.
    Locale.setDefault(Locale.ROOT);
    Interruption interruption = new Interruption();
    CountDownLatch ended = new CountDownLatch(1);
    endOnSignal(interruption, ended);
    try {
      return new Cli(surroundings(interruption)).run(arguments);
    } finally {
      ended.countDown();
    }
  }

  private static Surroundings surroundings(Interruption interruption) {
    return new Surroundings(
        new FileInputStream(FileDescriptor.in),
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUT_BUFFER_BYTES),
        new FileOutputStream(FileDescriptor.err),
        Terminals.ofLauncher(),
        System.getenv(),
        InstantSource.system(),
        () -> ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE),
        interruption);
  }

  /**
   * SIGINT and SIGTERM begin the shutdown, in which the run is asked to end. The normal end comes
   * by here too, when there is nothing to ask for any more.
   */
  private static void endOnSignal(Interruption interruption, CountDownLatch ended) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      if (ended.getCount() == 0) {
        return;
      }
      interruption.request();
      try {
        ended.await(GRACE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
    }));
  }
}
