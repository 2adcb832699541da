package io.regionsnap.adapters.inmemory;

import io.regionsnap.adapters.inmemory.Content.Header;
import io.regionsnap.adapters.inmemory.EmbeddedStoreException.Reason;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.SingleFileStore;

/**
 * One open MVStore file of ours. Throws whatever MVStore throws, once it is open; {@link Trouble}
 * sorts that.
 */
final class StoreFile {
  /** The name of the one map; a file without it is not ours. */
  private static final String MAP = "regionsnap";

  /** Pages of more bytes than this are split: small, since each commit rewrites what it touches. */
  private static final int PAGE_BYTES = 4 * 1024;

  /** Below this percentage of live bytes, old chunks are rewritten a little with each commit. */
  private static final int FILL_PERCENT = 50;

  private static final int REWRITE_BYTES = 512 * 1024;

  private final MVStore store;
  private final MVMap<Place, Content> places;

  private StoreFile(MVStore store) {
    this.store = store;
    this.places = store.openMap(
        MAP,
        new MVMap.Builder<Place, Content>()
            .keyType(PlaceType.INSTANCE)
            .valueType(ContentType.INSTANCE));
  }

  /**
   * Makes a store in a file that is missing or unused, and closes it again. A clean close writes a
   * header that names the first chunk, by which a finished creation is known.
   *
   * @param name the file's name for H2
   */
  static void create(Path path, String name) {
    MVStore store = mvStore(path, name, false);
    try {
      if (store.getMapNames().isEmpty()) {
        store.setStoreVersion(Frame.NEWEST_VERSION);
        new StoreFile(store).commit();
      }
      store.close();
    } catch (RuntimeException | Error e) {
      store.closeImmediately();
      throw Trouble.opening(path, e);
    }
  }

  /**
   * Opens a file and makes sure that it is ours.
   *
   * @param name the file's name for H2
   */
  static StoreFile open(Path path, String name, boolean readOnly) {
    MVStore store = mvStore(path, name, readOnly);
    try {
      requireOurs(path, store);
      StoreFile file = new StoreFile(store);
      file.requireWhole(path);
      return file;
    } catch (EmbeddedStoreException e) {
      store.closeImmediately();
      throw e;
    } catch (RuntimeException | Error e) {
      store.closeImmediately();
      throw Trouble.opening(path, e);
    }
  }

  private static MVStore mvStore(Path path, String name, boolean readOnly) {
    Map<String, Object> settings = new HashMap<>(Map.of("pageSplitSize", PAGE_BYTES));
    SingleFileStore file = new SingleFileStore(settings);
    try {
      file.open(name, readOnly, null);
      if (file.isReadOnly() != readOnly) {
        throw new EmbeddedStoreException(
            Reason.IO, path, "the file may not be written", "Check its permissions", null);
      }
      // The buffer size too: without it a large transaction is saved before it is complete.
      return new MVStore.Builder()
          .adoptFileStore(file)
          .autoCommitDisabled()
          .autoCommitBufferSize(0)
          .open();
    } catch (RuntimeException | Error e) {
      close(file);
      throw e instanceof EmbeddedStoreException refused ? refused : Trouble.opening(path, e);
    }
  }

  /** MVStore leaves the file open, and locked, when it fails while it starts. */
  private static void close(SingleFileStore file) {
    try {
      file.close();
    } catch (RuntimeException e) {
      // The channel is closed first; what fails after it is a part that was never set up.
    }
  }

  private static void requireOurs(Path path, MVStore store) {
    if (store.getMapNames().isEmpty()) {
      throw Trouble.damaged(path, "nothing in it can be read", null);
    }
    if (!store.hasMap(MAP)) {
      throw new EmbeddedStoreException(
          Reason.FOREIGN,
          path,
          "the file is a database of another program",
          "Choose another file for the store",
          null);
    }
    int version = store.getStoreVersion();
    if (version > Frame.NEWEST_VERSION) {
      throw new EmbeddedStoreException(
          Reason.NEWER_FORMAT,
          path,
          "the store has format " + version + "; this version knows 1 to " + Frame.NEWEST_VERSION,
          "Use the version that wrote it, or a newer one",
          null);
    }
    if (version < 1) {
      throw Trouble.damaged(path, "its format is " + version, null);
    }
  }

  /** A root that was lost looks like an empty map, a lost branch like a smaller one. */
  private void requireWhole(Path path) {
    if (!(places.get(Place.HEADER) instanceof Header header)) {
      throw Trouble.damaged(path, "its header is missing", null);
    }
    if (header.places() != places.sizeAsLong()) {
      throw Trouble.damaged(
          path, "it has " + places.sizeAsLong() + " records instead of " + header.places(), null);
    }
  }

  PlaceMap places() {
    return new FilePlaces(places);
  }

  /** Makes every change since the last commit durable, in one step. */
  void commit() {
    long lastNumber = places.get(Place.HEADER) instanceof Header header ? header.lastNumber() : 0;
    places.put(Place.HEADER, new Header(lastNumber, 0));
    places.put(Place.HEADER, new Header(lastNumber, places.sizeAsLong()));
    // A store that was closed meanwhile says nothing but this.
    if (store.commit() < 0) {
      throw new IllegalStateException("the file was closed");
    }
    store.sync();
  }

  /**
   * Rewrites a bounded part of old chunks that are mostly dead, so that their space can be used
   * again; it is saved with the next commit. To be called between commits, with no reader.
   */
  void compact() {
    store.compact(FILL_PERCENT, REWRITE_BYTES);
  }

  int formatVersion() {
    return store.getStoreVersion();
  }

  boolean isOpen() {
    return !store.isClosed();
  }

  /** Closes the file; what was not committed was undone, so nothing is left to save. */
  void close() {
    try {
      store.close();
    } catch (MVStoreException e) {
      discard();
    }
  }

  /** Closes the file and forgets what was not committed. */
  void discard() {
    store.closeImmediately();
  }

  /** For tests: how long dead chunks are left alone. Anything but H2's default risks the file. */
  void retain(int millis) {
    store.setRetentionTime(millis);
  }
}
