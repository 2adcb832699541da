package io.regionsnap.domain.audit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Threads that read what comes next while the last is worked on, so that the store does not wait
 * for whoever judges, nor the other way round. Used by one thread; to be closed.
 */
final class ReadAhead implements AutoCloseable {
  /** One page in the store, one on its way, and one that is being parsed. */
  private static final int THREADS = 3;

  /** How many pages are read and not worked on yet, at most. */
  static final int DEPTH = 5;

  private static final long LONGEST_READ_MINUTES = 10;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
    Thread reader = new Thread(work, "regionsnap-audit-reader");
    reader.setDaemon(true);
    return reader;
  });

  /**
   * Works on pages, in order, that can be read side by side.
   *
   * @param pages gives what reads the next page, or nothing after the last; called by the caller's
   *     thread
   * @param work what to do with a page; called by the caller's thread
   * @param <P> a page
   * @throws UnreadableException if a page cannot be read, or the thread is interrupted
   */
  <P> void sideBySide(Supplier<Optional<Callable<P>>> pages, Consumer<? super P> work) {
    Deque<Future<P>> ahead = new ArrayDeque<>();
    boolean ended = false;
    while (!ended || !ahead.isEmpty()) {
      while (!ended && ahead.size() < DEPTH) {
        Optional<Callable<P>> next = pages.get();
        next.ifPresent(page -> ahead.add(threads.submit(page)));
        ended = next.isEmpty();
      }
      if (!ahead.isEmpty()) {
        work.accept(await(ahead.remove()));
      }
    }
  }

  /**
   * Works on pages each of which tells where the next one is.
   *
   * @param pages reads the next page, empty after the last; called by one thread after the other
   * @param work what to do with a page; called by the caller's thread
   * @param <P> a page
   * @throws UnreadableException if a page cannot be read, or the thread is interrupted
   */
  <P> void inTurn(Supplier<Optional<P>> pages, Consumer<? super P> work) {
    Optional<P> page = await(threads.submit(pages::get));
    while (page.isPresent()) {
      Future<Optional<P>> next = threads.submit(pages::get);
      work.accept(page.get());
      page = await(next);
    }
  }

  private static <T> T await(Future<T> read) {
    try {
      return read.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreadableException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Waits for reads that are under way: interrupting one would close the file of some stores. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      boolean unused = threads.awaitTermination(LONGEST_READ_MINUTES, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
