package io.regionsnap.adapters.inmemory;

import io.regionsnap.adapters.inmemory.EmbeddedStoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file to open, and how.
 *
 * @param path where it is, absolute and without links
 * @param scheme the prefix that tells H2 which of its file systems to use
 */
record Target(Path path, boolean readOnly, String scheme) {
  static final String DISK = "file:";

  /**
   * Follows a path to where it leads, and makes the folders on the way if the file is to be
   * written.
   */
  static Target of(Path path, boolean readOnly, String scheme) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      if (Files.exists(absolute)) {
        return new Target(absolute.toRealPath(), readOnly, scheme);
      }
      Path folder = absolute.getParent();
      Path name = absolute.getFileName();
      if (folder == null || name == null) {
        throw new IOException("not the path of a file");
      }
      if (!readOnly) {
        Files.createDirectories(folder);
      }
      Path real = Files.exists(folder) ? folder.toRealPath() : folder;
      return new Target(real.resolve(name), readOnly, scheme);
    } catch (IOException e) {
      throw refused(absolute, e);
    }
  }

  /**
   * Opens the file, and makes it first if it is to be written and there is none.
   *
   * @throws EmbeddedStoreException if that is not possible
   */
  StoreFile openOrCreate() {
    FileHead head = head();
    if (!readOnly && (head == FileHead.MISSING || head == FileHead.UNUSED)) {
      if (head == FileHead.UNUSED) {
        clear();
      }
      StoreFile.create(path, scheme + path);
      syncFolder();
    }
    return open();
  }

  /**
   * Opens the file. Nothing is written to one that holds anything else: it is looked at, then
   * opened to read, and only then to write.
   *
   * @throws EmbeddedStoreException if that is not possible
   */
  StoreFile open() {
    switch (head()) {
      case MISSING, UNUSED ->
        throw new EmbeddedStoreException(
            Reason.NOT_FOUND,
            path,
            "there is no store",
            "Check the path, or write something first",
            null);
      case HEADLESS ->
        throw Trouble.damaged(path, "the beginning of the file was overwritten", null);
      case FOREIGN ->
        throw new EmbeddedStoreException(
            Reason.FOREIGN, path, "this is not a store", "Choose another file for the store", null);
      case STORE -> {
        if (!readOnly) {
          StoreFile.open(path, scheme + path, true).discard();
        }
      }
    }
    return StoreFile.open(path, scheme + path, readOnly);
  }

  /**
   * Empties a file whose creation was cut off, for MVStore cannot read half a header. Looks again
   * under the lock: another process may just be creating the store.
   */
  private void clear() {
    try (FileChannel channel =
            FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw new EmbeddedStoreException(
            Reason.LOCKED,
            path,
            "the store is just being made by another process",
            "Wait longer",
            null);
      }
      if (FileHead.of(channel) == FileHead.UNUSED) {
        channel.truncate(0);
      }
    } catch (IOException e) {
      throw refused(path, e);
    }
  }

  private FileHead head() {
    try {
      return FileHead.of(path);
    } catch (IOException e) {
      throw refused(path, e);
    }
  }

  /** Without this a power failure may take the new file's name away, and all that is in it. */
  private void syncFolder() {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException e) {
        // Windows cannot open a folder, and does not need to.
      }
    }
  }

  private static EmbeddedStoreException refused(Path path, IOException e) {
    return new EmbeddedStoreException(
        Reason.IO,
        path,
        "the operating system refused: " + e,
        "Check the path, its permissions and the disk",
        e);
  }
}
