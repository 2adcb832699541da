package io.regionsnap.app;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import picocli.CommandLine;

/** Makes of operands what they stand for. */
final class Operands {
  private Operands() {}

  /** Reads the name of a region. */
  static final class RegionConverter implements CommandLine.ITypeConverter<Region> {
    @Override
    public Region convert(String text) {
      if (!Region.isName(text)) {
        throw new CommandLine.TypeConversionException(
            "'%s' is no name of a region, such as north-america".formatted(text));
      }
      return new Region(text);
    }
  }

  /** Reads the id of a snapshot. */
  static final class IdConverter implements CommandLine.ITypeConverter<SnapshotId> {
    @Override
    public SnapshotId convert(String text) {
      if (!SnapshotId.isId(text)) {
        throw new CommandLine.TypeConversionException(
            "'%s' is no id of a snapshot: 1 to 128 of A-Z a-z 0-9 . _ -".formatted(text));
      }
      return new SnapshotId(text);
    }
  }
}
