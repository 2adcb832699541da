package io.regionsnap.testkit;

import io.regionsnap.adapters.json.JacksonDocumentReader;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.Snapshot;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.TriggerReason;
import io.regionsnap.ports.Value;

/** Small snapshots whose bodies are the JSON documents that they say they are. */
public final class SnapshotDocuments {
  /** Reads these documents, and any others. */
  public static final SnapshotParser PARSER = new SnapshotParser(new JacksonDocumentReader());

  private SnapshotDocuments() {}

  /**
   * A snapshot.
   *
   * @param region the name of its region
   * @param id its id
   * @param generatedAtMillis epoch milliseconds
   * @param reason its trigger reason
   * @param content tells apart two documents that agree in everything else
   * @return the snapshot
   */
  public static Snapshot snapshot(
      String region, String id, long generatedAtMillis, String reason, String content) {
    String document = """
        {"region_id":"%s","generated_at":%d,"meta":{"snapshot_id":"%s","trigger_reason":"%s"},\
        "content":"%s"}""".formatted(region, generatedAtMillis, id, reason, content);
    return new Snapshot(
        new Region(region),
        new SnapshotId(id),
        generatedAtMillis,
        new TriggerReason(reason),
        Value.utf8(document));
  }
}
