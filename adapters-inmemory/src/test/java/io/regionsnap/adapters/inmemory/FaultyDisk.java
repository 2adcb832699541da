package io.regionsnap.adapters.inmemory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk that fails from the n-th change on: a write, a truncation or a sync. A write that fails
 * may have happened by half. Registered with H2 under the scheme {@code faulty:}.
 */
public final class FaultyDisk extends FilePathWrapper {
  /** What the name of a file on it begins with. */
  public static final String SCHEME = "faulty:";

  private static int changesLeft = Integer.MAX_VALUE;
  private static int failures = Integer.MAX_VALUE;
  private static boolean torn;
  private static boolean hurt;

  /** For H2. */
  public FaultyDisk() {}

  /** Makes it known to H2. */
  public static void register() {
    FilePath.register(new FaultyDisk());
  }

  /**
   * Fails from the n-th change from now on.
   *
   * @param change which one, counted from one
   * @param writesHalf whether half of a write that fails happens
   */
  public static void failFrom(int change, boolean writesHalf) {
    failures = Integer.MAX_VALUE;
    changesLeft = change - 1;
    torn = writesHalf;
    hurt = false;
  }

  /**
   * Fails at the n-th change from now on, and at no other.
   *
   * @param change which one, counted from one
   * @param writesHalf whether half of a write that fails happens
   */
  public static void failOnce(int change, boolean writesHalf) {
    failFrom(change, writesHalf);
    failures = 1;
  }

  /** Fails no more. */
  public static void heal() {
    changesLeft = Integer.MAX_VALUE;
  }

  /**
   * Whether anything has failed since it was told to.
   *
   * @return whether it has
   */
  public static boolean wasHurt() {
    return hurt;
  }

  private static boolean fails() {
    if (changesLeft > 0) {
      changesLeft--;
      return false;
    }
    if (failures == 0) {
      return false;
    }
    failures--;
    hurt = true;
    return true;
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new FaultyChannel(super.open(mode));
  }

  private static final class FaultyChannel extends FileBase {
    private final FileChannel channel;

    FaultyChannel(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public synchronized int write(ByteBuffer source, long position) throws IOException {
      if (fails()) {
        if (torn) {
          ByteBuffer half = source.duplicate();
          half.limit(half.position() + half.remaining() / 2);
          channel.write(half, position);
        }
        throw new IOException("No space left on device");
      }
      return channel.write(source, position);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      if (fails()) {
        throw new IOException("Input/output error");
      }
      channel.force(metaData);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      if (fails()) {
        throw new IOException("Input/output error");
      }
      channel.truncate(size);
      return this;
    }

    @Override
    public synchronized int read(ByteBuffer target, long position) throws IOException {
      return channel.read(target, position);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return channel.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      channel.close();
    }

    @Override
    public int read(ByteBuffer target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long position) {
      throw new UnsupportedOperationException();
    }
  }
}
