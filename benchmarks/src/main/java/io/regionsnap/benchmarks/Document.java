package io.regionsnap.benchmarks;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.TriggerReason;
import io.regionsnap.ports.Value;

/**
 * A valid snapshot in the forms in which writers take it, so that none has to turn one into another
 * in the measured part. Nobody changes its bytes.
 */
final class Document {
  private final Snapshot snapshot;
  private final byte[] body;

  Document(String region, String id, long generatedAtMillis, String reason, byte[] body) {
    this.body = body;
    this.snapshot = new Snapshot(
        new Region(region),
        new SnapshotId(id),
        generatedAtMillis,
        new TriggerReason(reason),
        Value.copyOf(body));
  }

  Snapshot snapshot() {
    return snapshot;
  }

  String region() {
    return snapshot.region().name();
  }

  String id() {
    return snapshot.id().text();
  }

  long generatedAtMillis() {
    return snapshot.generatedAtMillis();
  }

  String reason() {
    return snapshot.reason().text();
  }

  byte[] body() {
    return body;
  }
}
