package io.regionsnap.domain.repair;

import io.regionsnap.domain.audit.Finding;
import io.regionsnap.ports.IndexEntry;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Views and index entries that are tied to each other by the ids and times that they name, and to
 * nothing else: what becomes of one depends on the others, and on no other.
 *
 * @param facts what was seen under each key, absent ones included
 * @param entries the members of the index among them
 * @param findings what is wrong with them
 */
record Cluster(List<Fact> facts, List<IndexEntry> entries, List<Finding> findings) {
  Cluster {
    facts = List.copyOf(facts);
    entries = List.copyOf(entries);
    findings = List.copyOf(findings);
  }

  /** The latest time that occurs in it. */
  long latestMillis() {
    return LongStream.concat(
            entries.stream().mapToLong(IndexEntry::score),
            facts.stream().flatMap(fact -> fact.body().stream()).mapToLong(Body::generatedAtMillis))
        .max()
        .orElse(Long.MIN_VALUE);
  }

  /** How many bytes its bodies have, each counted once. */
  long bytes() {
    return facts.stream()
        .map(Fact::seen)
        .filter(Seen.Bytes.class::isInstance)
        .map(Seen.Bytes.class::cast)
        .distinct()
        .mapToLong(Seen.Bytes::size)
        .sum();
  }
}
