package io.regionsnap.domain.audit;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.invariants.Violation;
import io.regionsnap.ports.IndexEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks a second time at what seems to be wrong, and reports what still is. Not thread-safe. */
final class Findings {
  private final Judging judging;
  private final AuditListener listener;
  private long count;
  private long looked;

  Findings(Judging judging, AuditListener listener) {
    this.judging = judging;
    this.listener = listener;
  }

  /** Something that seemed to be wrong at the first look. */
  private record Suspect(Subject subject, List<Violation> violations) {}

  long count() {
    return count;
  }

  Head head(Region region) {
    return judging.head(region);
  }

  Look look(Head head) {
    return judging.look(head);
  }

  /**
   * Judges subjects of a region that are in the order of the index.
   *
   * @param look has what is needed
   * @param previous the entry before the first member
   */
  void judge(Look look, List<? extends Subject> subjects, Optional<IndexEntry> previous) {
    List<Suspect> suspects = new ArrayList<>();
    Optional<IndexEntry> before = previous;
    for (Subject subject : subjects) {
      List<Violation> violations = judging.judge(look, subject, before);
      if (!violations.isEmpty()) {
        suspects.add(new Suspect(subject, violations));
      }
      if (subject instanceof Subject.Member member) {
        before = Optional.of(member.entry());
      }
    }
    looked += look.views();
    listener.looked(looked);
    if (!suspects.isEmpty()) {
      confirm(look.region(), suspects);
    }
    judgeStrays(look.strays());
  }

  private void confirm(Region region, List<Suspect> suspects) {
    Look again = judging.look(judging.head(region));
    judging.fetch(again, suspects.stream().map(Suspect::subject).toList());
    for (Suspect suspect : suspects) {
      Optional<IndexEntry> before = suspect.subject() instanceof Subject.Member member
          ? judging.tied(region, member.entry())
          : Optional.empty();
      List<Finding> confirmed = judging.judge(again, suspect.subject(), before).stream()
          .filter(violation ->
              suspect.violations().stream().anyMatch(first -> isSame(first, violation)))
          .map(violation -> finding(Optional.of(region), violation))
          .toList();
      if (!confirmed.isEmpty()) {
        report(new Drift(Optional.of(region), suspect.subject(), confirmed));
      }
    }
  }

  private static boolean isSame(Violation first, Violation second) {
    return first.code().equals(second.code()) && first.key().equals(second.key());
  }

  private static Finding finding(Optional<Region> region, Violation violation) {
    return new Finding(
        violation.code().orElseThrow(),
        region,
        violation.key(),
        violation.expected(),
        violation.seen());
  }

  /** Id views that one region's index names and another region's body: the other may lack them. */
  private void judgeStrays(Map<SnapshotId, Region> strays) {
    strays.forEach((id, region) -> {
      Look look = judging.look(judging.head(region));
      if (look.score(id.text()).isEmpty()) {
        judge(look, List.of(new Subject.IdView(id)), Optional.empty());
      }
    });
  }

  /** Reports an id view of which nobody can say where it belongs. */
  void unplaceable(SnapshotId id, Finding finding) {
    report(new Drift(Optional.empty(), new Subject.IdView(id), List.of(finding)));
  }

  private void report(Drift drift) {
    count += drift.findings().size();
    listener.drifted(drift);
  }
}
