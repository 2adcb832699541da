package io.regionsnap.domain.audit;

import io.regionsnap.domain.Region;
import java.util.List;
import java.util.Optional;

/**
 * A part of a region in which something is not as it should be.
 *
 * @param region the region; empty as in {@link Finding}
 * @param subject the part
 * @param findings one or more
 */
public record Drift(Optional<Region> region, Subject subject, List<Finding> findings) {
  /** Copies the list. */
  public Drift {
    findings = List.copyOf(findings);
  }
}
