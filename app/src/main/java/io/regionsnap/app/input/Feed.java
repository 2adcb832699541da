package io.regionsnap.app.input;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads sources one after the other, in a thread of its own, no further ahead than two documents.
 * To be used by one thread.
 *
 * <p>A read of the standard input cannot be interrupted; that is why somebody else waits in it. The
 * thread does not keep the process alive.
 */
public final class Feed {
  private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(1);
  private final List<Source> sources;
  private final int maxBytes;

  private Feed(List<Source> sources, int maxBytes) {
    this.sources = sources;
    this.maxBytes = maxBytes;
  }

  /**
   * Begins to read.
   *
   * @param sources what to read, in order
   * @param maxBytes the size of the largest document
   * @return the feed
   */
  public static Feed start(List<Source> sources, int maxBytes) {
    Feed feed = new Feed(sources, maxBytes);
    Thread reader = new Thread(feed::read, "regionsnap-input");
    reader.setDaemon(true);
    reader.start();
    return feed;
  }

  /**
   * Waits for the next item. Not to be called after {@link Item.End}.
   *
   * @return the item
   * @throws InterruptedException if the thread is interrupted
   */
  public Item take() throws InterruptedException {
    return queue.take();
  }

  /**
   * Waits for the next item, but not for long. Not to be called after {@link Item.End}.
   *
   * @param patience how long
   * @return the item; empty if there is none yet
   * @throws InterruptedException if the thread is interrupted
   */
  public Optional<Item> poll(Duration patience) throws InterruptedException {
    return Optional.ofNullable(queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void read() {
    try {
      for (Source source : sources) {
        read(source);
      }
      queue.put(new Item.End());
    } catch (InterruptedException e) {
      // Nobody interrupts it; and if so, there is nobody to tell.
      Thread.currentThread().interrupt();
    }
  }

  private void read(Source source) throws InterruptedException {
    try (InputStream in = source.opener().open()) {
      Documents documents = new Documents(source, in, maxBytes);
      for (Optional<Item> item = documents.next(); item.isPresent(); item = documents.next()) {
        queue.put(item.get());
      }
    } catch (IOException e) {
      queue.put(new Item.Unreadable(source.name(), Sources.problem(e)));
    }
  }
}
