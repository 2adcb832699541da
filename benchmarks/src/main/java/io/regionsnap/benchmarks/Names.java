package io.regionsnap.benchmarks;

import java.util.stream.Stream;

/**
 * The keys of a document in the tagged layout, as somebody writes them who writes by hand. Peers
 * make them in the measured part, as regionsnap does.
 */
record Names(
    String idView, String timestampView, String index, String pointer, String live, String claim) {
  private static final long BUCKET_MILLIS = 900_000;

  Stream<String> all() {
    return Stream.of(idView, timestampView, index, pointer, live, claim);
  }

  static Names of(Document document) {
    String region = document.region();
    return new Names(
        "snapshot:id:{" + region + "}:" + document.id(),
        "snapshot:ts:{" + region + "}:" + document.generatedAtMillis(),
        "snapshot:index:{" + region + "}",
        "snapshot:latest:{" + region + "}",
        "snapshot:live:{" + region + "}",
        "snapshot:dedup:{" + region + "}:" + document.reason() + ":"
            + document.generatedAtMillis() / BUCKET_MILLIS);
  }
}
