package io.regionsnap.app;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Makes of operands what they stand for. */
final class Operands {
  private Operands() {}

  /** Any number of regions. */
  static PositionalParamSpec regions() {
    return PositionalParamSpec.builder()
        .index("0..*")
        .arity("0..*")
        .paramLabel("REGION")
        .type(List.class)
        .auxiliaryTypes(Region.class)
        .converters(new RegionConverter())
        .description("Such as north-america. Default: every region of the store.")
        .build();
  }

  /** A region that must be given. */
  static PositionalParamSpec region(String description) {
    return one("REGION", Region.class, new RegionConverter(), description).build();
  }

  /** A region that may be given. */
  static PositionalParamSpec optionalRegion(String description) {
    return one("REGION", Region.class, new RegionConverter(), description)
        .required(false)
        .arity("0..1")
        .build();
  }

  /** The id of a snapshot, which must be given. */
  static PositionalParamSpec id(String description) {
    return one("ID", SnapshotId.class, new IdConverter(), description).build();
  }

  /** A moment that must be given. */
  static PositionalParamSpec moment(String description) {
    return one("TIME", Moment.class, new Moment.Converter(), description).build();
  }

  private static <T> PositionalParamSpec.Builder one(
      String paramLabel, Class<T> type, CommandLine.ITypeConverter<T> converter, String text) {
    return PositionalParamSpec.builder()
        .arity("1")
        .required(true)
        .paramLabel(paramLabel)
        .type(type)
        .converters(converter)
        .description(text);
  }

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
