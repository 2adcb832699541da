package io.regionsnap.domain.audit;

import io.regionsnap.domain.Affixes;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.KeyRole;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotId;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.audit.AuditOutcome.Totals;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.TransactionalStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One audit: first what the indexes name, then the names of all keys. Used once, by one thread. */
final class AuditRun {
  private final TransactionalStore store;
  private final KeyLayout layout;
  private final Reader reader;
  private final Findings findings;
  private final Optional<Set<Region>> asked;
  private final AuditListener listener;
  private final SnapshotParser parser;
  private final Set<Region> audited = new TreeSet<>();
  private final Judged judged = new Judged();
  private long snapshots;
  private long quarantined;

  /** @param asked the regions to audit; empty for all, and for what belongs to none */
  AuditRun(
      TransactionalStore store,
      KeyLayout layout,
      Reader reader,
      Findings findings,
      SnapshotParser parser,
      Optional<Set<Region>> asked,
      AuditListener listener) {
    this.store = store;
    this.layout = layout;
    this.reader = reader;
    this.findings = findings;
    this.parser = parser;
    this.asked = asked;
    this.listener = listener;
  }

  /** What was looked at until now. */
  Totals totals() {
    return new Totals(audited.size(), snapshots, findings.count(), quarantined);
  }

  void all(ReadAhead readAhead) {
    regions(readAhead).forEach(region -> audit(region, readAhead));
    Strangers strangers =
        new Strangers(layout, parser, reader, findings, region -> audit(region, readAhead));
    for (String prefix : layout.prefixes()) {
      readAhead.inTurn(new NamePages(store, prefix, ""), page -> take(page, strangers, readAhead));
    }
  }

  private Set<Region> regions(ReadAhead readAhead) {
    if (asked.isPresent()) {
      return asked.get();
    }
    Set<Region> indexed = new TreeSet<>();
    Affixes index = layout.indexAffixes();
    readAhead.inTurn(
        new NamePages(store, index.prefix(), index.suffix()),
        page -> page.keys().stream()
            .flatMap(key -> layout.roleOf(key).stream())
            .filter(KeyRole.Index.class::isInstance)
            .flatMap(role -> role.namedRegion().stream())
            .forEach(indexed::add));
    return indexed;
  }

  private void audit(Region region, ReadAhead readAhead) {
    if (!asked.map(some -> some.contains(region)).orElse(true) || !audited.add(region)) {
      return;
    }
    listener.region(region);
    Head head = findings.head(region);
    findings.judge(findings.look(head), List.of(new Subject.Head()), Optional.empty());
    readAhead.sideBySide(
        new MemberPages(layout, reader, region, () -> findings.look(head)),
        page -> judge(region, page));
  }

  private void judge(Region region, MemberPages.Page page) {
    snapshots += page.entries().size();
    for (IndexEntry entry : page.entries()) {
      judged.add(layout.timestampView(region, entry.score()));
      if (SnapshotId.isId(entry.member())) {
        judged.add(layout.idView(region, new SnapshotId(entry.member())));
      }
    }
    findings.judge(
        page.look(), page.entries().stream().map(Subject.Member::new).toList(), page.previous());
  }

  private void take(ScanPage page, Strangers strangers, ReadAhead readAhead) {
    for (Key key : page.keys()) {
      Optional<KeyRole> role = judged.contains(key) ? Optional.empty() : layout.roleOf(key);
      if (role.isEmpty()) {
        continue;
      } else if (role.get() instanceof KeyRole.Quarantined) {
        quarantined++;
        continue;
      }
      role.get().namedRegion().ifPresent(region -> audit(region, readAhead));
      if (role.get().namedRegion().map(audited::contains).orElse(true)) {
        strangers.add(key, role.get());
      }
    }
    strangers.judge(audited, asked.isPresent());
  }
}
