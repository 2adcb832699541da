package io.regionsnap.domain;

import io.regionsnap.domain.DocumentReader.Field;
import io.regionsnap.domain.DocumentReader.Fields;
import io.regionsnap.domain.DocumentReader.Malformed;
import io.regionsnap.domain.DocumentReader.Missing;
import io.regionsnap.domain.DocumentReader.Numeric;
import io.regionsnap.domain.DocumentReader.Text;
import io.regionsnap.ports.Value;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Documents of these tests, and a reader that understands just them. */
public final class Documents {
  private static final Pattern DOCUMENT =
      Pattern.compile("\\{region=(.*),id=(.*),at=(.*),reason=(.*)}");

  /** Reads what {@link #document} wrote. */
  public static final DocumentReader READER = Documents::read;

  /** A parser of these documents. */
  public static final SnapshotParser PARSER = new SnapshotParser(READER);

  private Documents() {}

  /** The bytes of a document. */
  public static Value document(String region, String id, String at, String reason) {
    return Value.utf8("{region=%s,id=%s,at=%s,reason=%s}".formatted(region, id, at, reason));
  }

  /** A snapshot whose body says what it is. */
  public static Snapshot snapshot(String region, String id, long at) {
    return snapshot(region, id, at, "scheduled_6h");
  }

  /** A snapshot whose body says what it is. */
  public static Snapshot snapshot(String region, String id, long at, String reason) {
    return new Snapshot(
        new Region(region),
        new SnapshotId(id),
        at,
        new TriggerReason(reason),
        document(region, id, Long.toString(at), reason));
  }

  private static DocumentReader.Result read(Value document) {
    Matcher matcher = DOCUMENT.matcher(document.asUtf8());
    if (!matcher.matches()) {
      return new Malformed("not one of these documents", 1, 1);
    }
    return new Fields(
        field(matcher.group(1)),
        matcher.group(3).isEmpty() ? new Missing() : new Numeric(matcher.group(3)),
        field(matcher.group(2)),
        field(matcher.group(4)));
  }

  private static Field field(String text) {
    return text.equals("-missing-") ? new Missing() : new Text(text);
  }
}
