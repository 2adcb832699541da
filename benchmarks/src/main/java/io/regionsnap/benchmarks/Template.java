package io.regionsnap.benchmarks;

import io.regionsnap.app.sample.Sample;
import io.regionsnap.app.sample.SampleSeries;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * A made-up document of an exact size in which region, id, time and reason are left to be filled
 * in. Immutable.
 */
final class Template {
  static final String REGION = "bench-00-0";
  static final String ID = "000000000000-000000000000";
  static final String REASON = "r0000";
  private static final String TIME = "1000000000000";
  private static final long SEED = 7;

  private final byte[] bytes;
  private final int regionAt;
  private final int idAt;
  private final int timeAt;
  private final int reasonAt;

  private Template(String document) {
    this.bytes = document.getBytes(StandardCharsets.UTF_8);
    // Every byte a character, so that places in one are places in the other.
    String places = new String(bytes, StandardCharsets.ISO_8859_1);
    this.regionAt = places.indexOf(REGION);
    this.idAt = places.indexOf(ID);
    this.timeAt = places.indexOf(TIME);
    this.reasonAt = places.indexOf(REASON);
  }

  /**
   * A template.
   *
   * @param size how many bytes it has, {@link SampleSeries#MIN_SIZE} or more
   */
  static Template of(int size) {
    int first = blank(size).getBytes(StandardCharsets.UTF_8).length;
    Template template = new Template(blank(size - (first - size)));
    if (template.bytes.length != size) {
      throw new IllegalStateException(template.bytes.length + " bytes instead of " + size);
    }
    return template;
  }

  private static String blank(int size) {
    Sample sample = SampleSeries.now(OptionalInt.of(size), SEED, 1_000_000_000_000L)
        .samples()
        .findFirst()
        .orElseThrow();
    return sample
        .document()
        .asUtf8()
        .replaceFirst("\"region_id\":\"[^\"]*\"", "\"region_id\":\"" + REGION + "\"")
        .replaceFirst("\"generated_at\":[0-9]*", "\"generated_at\":" + TIME)
        .replaceFirst("\"snapshot_id\":\"[^\"]*\"", "\"snapshot_id\":\"" + ID + "\"")
        .replaceFirst("\"trigger_reason\":\"[^\"]*\"", "\"trigger_reason\":\"" + REASON + "\"");
  }

  /** A document; what is filled in has the length of what it replaces. */
  Document fill(String region, String id, long generatedAtMillis, String reason) {
    byte[] body = bytes.clone();
    put(region, REGION, body, regionAt);
    put(id, ID, body, idAt);
    put(Long.toString(generatedAtMillis), TIME, body, timeAt);
    put(reason, REASON, body, reasonAt);
    return new Document(region, id, generatedAtMillis, reason, body);
  }

  private static void put(String text, String place, byte[] body, int at) {
    if (text.length() != place.length()) {
      throw new IllegalArgumentException(text + " does not fit into the place of " + place);
    }
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, body, at, bytes.length);
  }
}
