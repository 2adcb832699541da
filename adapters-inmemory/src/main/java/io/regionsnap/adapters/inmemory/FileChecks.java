package io.regionsnap.adapters.inmemory;

import io.regionsnap.ports.StoreDiagnostics.Check;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Judges the file of a store that could be opened, and the disk that it is on. */
final class FileChecks {
  static final String FILE = "file";
  static final String LOCK = "file-lock";
  static final String FORMAT = "file-format";
  private static final String DURABILITY = "durability";
  private static final String DISK_SPACE = "disk-space";

  private static final long MIB = 1024 * 1024;
  private static final long LEAST = 16 * MIB;
  private static final long LITTLE = 256 * MIB;

  /** File systems that are gone when the machine is switched off. */
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs", "devtmpfs");

  /** File systems of other machines, by what their names begin with. */
  private static final List<String> REMOTE =
      List.of("nfs", "cifs", "smb", "9p", "afs", "ceph", "glusterfs", "lustre", "fuse", "virtiofs");

  private FileChecks() {}

  static List<Check> of(Path path, int formatVersion) {
    Optional<String> type = Optional.empty();
    OptionalLong space = OptionalLong.empty();
    try {
      FileStore disk = Files.getFileStore(path);
      type = Optional.of(disk.type());
      space = OptionalLong.of(disk.getUsableSpace());
    } catch (IOException e) {
      // Not visible then.
    }
    return List.of(
        Check.pass(FILE, path + " is a store, and whole as far as it was read"),
        format(formatVersion),
        Check.pass(LOCK, "held by this run, so that nobody else writes meanwhile"),
        durability(type),
        diskSpace(space));
  }

  static Check format(int version) {
    return version == Frame.NEWEST_VERSION
        ? Check.pass(FORMAT, "format " + version)
        : Check.warn(
            FORMAT,
            "format %d; the newest is %d".formatted(version, Frame.NEWEST_VERSION),
            "nothing now; keep a copy before you write to it with this version");
  }

  static Check durability(Optional<String> type) {
    if (type.isEmpty()) {
      return Check.warn(
          DURABILITY,
          "the kind of file system is not visible",
          "make sure that the file is on a disk of this machine");
    }
    String name = type.get().toLowerCase(Locale.ROOT);
    if (IN_MEMORY.contains(name)) {
      return Check.warn(
          DURABILITY,
          "the file is in memory (%s): it is gone when the machine is switched off".formatted(name),
          "move the file to a disk");
    }
    return REMOTE.stream().anyMatch(name::startsWith)
        ? Check.warn(
            DURABILITY,
            "the file is on a file system of another machine, or of a program (%s)".formatted(name),
            "move the file to a disk of this machine, or use a server: whether locks hold and fsync"
                + " writes is that system's affair")
        : Check.pass(
            DURABILITY,
            "every commit is on disk before it is reported (fsync, on %s)".formatted(name));
  }

  static Check diskSpace(OptionalLong bytes) {
    String advice = "make room: a full disk fails commits, and loses none that was reported";
    if (bytes.isEmpty()) {
      return Check.warn(DISK_SPACE, "free space is not visible", advice);
    }
    String seen = "%d MiB are free".formatted(bytes.getAsLong() / MIB);
    if (bytes.getAsLong() < LEAST) {
      return Check.fail(DISK_SPACE, seen, advice);
    }
    return bytes.getAsLong() < LITTLE
        ? Check.warn(DISK_SPACE, seen, advice)
        : Check.pass(DISK_SPACE, seen);
  }
}
