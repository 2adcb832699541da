package io.regionsnap.domain.audit;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.invariants.RegionJudge;
import io.regionsnap.domain.invariants.Violation;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Query;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Judges the subjects of a region by what a look sees of them. Not thread-safe. */
final class Judging {
  private final KeyLayout layout;
  private final Policy policy;
  private final SnapshotParser parser;
  private final Reader reader;
  private final InstantSource clock;

  Judging(
      KeyLayout layout, Policy policy, SnapshotParser parser, Reader reader, InstantSource clock) {
    this.layout = layout;
    this.policy = policy;
    this.parser = parser;
    this.reader = reader;
    this.clock = clock;
  }

  Head head(Region region) {
    return Head.read(region, reader, layout, clock.millis());
  }

  Look look(Head head) {
    return new Look(reader, layout, parser, head);
  }

  /** Reads what judging these subjects needs. */
  void fetch(Look look, List<Subject> subjects) {
    Set<SnapshotId> ids = new TreeSet<>((a, b) -> a.text().compareTo(b.text()));
    Set<Long> times = new TreeSet<>();
    List<String> members = new ArrayList<>();
    for (Subject subject : subjects) {
      if (subject instanceof Subject.Member member) {
        IndexEntry entry = member.entry();
        members.add(entry.member());
        times.add(entry.score());
        if (SnapshotId.isId(entry.member())) {
          ids.add(new SnapshotId(entry.member()));
        }
      } else if (subject instanceof Subject.IdView view) {
        members.add(view.id().text());
        ids.add(view.id());
      } else if (subject instanceof Subject.TimestampView view) {
        times.add(view.generatedAtMillis());
      }
    }
    look.fetchScores(members);
    look.fetchViews(ids, times);
  }

  /** What is wrong with a subject, as this look sees it. */
  List<Violation> judge(Look look, Subject subject, Optional<IndexEntry> previous) {
    RegionJudge judge =
        new RegionJudge(layout, policy, look.bodies(), AuditRegions.TOLERANCE, look);
    if (subject instanceof Subject.Head) {
      judge.judgeIndex();
      judge.judgePointer();
      judge.judgeLive();
    } else if (subject instanceof Subject.Member member) {
      judge(judge, look, member.entry(), previous);
    } else if (subject instanceof Subject.IdView view) {
      judge.judgeIdView(view.id());
    } else if (subject instanceof Subject.TimestampView view) {
      judge.judgeTimestampView(view.generatedAtMillis());
    } else {
      Subject.Claim claim = (Subject.Claim) subject;
      look.at(claim.key()).ifPresent(seen -> judge.judgeClaim(claim.key(), seen));
    }
    return judge.violations();
  }

  /** A member that is none any more, or has moved, is judged by what is there now. */
  private static void judge(
      RegionJudge judge, Look look, IndexEntry entry, Optional<IndexEntry> previous) {
    OptionalLong score = look.score(entry.member());
    if (score.equals(OptionalLong.of(entry.score()))) {
      judge.judgeMember(entry, previous);
    }
    if (SnapshotId.isId(entry.member())) {
      judge.judgeIdView(new SnapshotId(entry.member()));
    }
    if (previous.filter(other -> other.score() == entry.score()).isEmpty()) {
      judge.judgeTimestampView(entry.score());
    }
  }

  /** The entry before this one at the same score, as it is now. */
  Optional<IndexEntry> tied(Region region, IndexEntry entry) {
    return reader
        .read(new Query.Range(
            layout.index(region),
            entry.score(),
            entry.score(),
            Query.Order.LOWEST_FIRST,
            0,
            Integer.MAX_VALUE))
        .flatMap(entries ->
            entries.stream().filter(other -> other.compareTo(entry) < 0).reduce((a, b) -> b));
  }
}
