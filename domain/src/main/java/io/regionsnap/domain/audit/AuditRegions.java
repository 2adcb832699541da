package io.regionsnap.domain.audit;

import io.regionsnap.domain.Affixes;
import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.KeyRole;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.audit.AuditOutcome.CutShort;
import io.regionsnap.domain.audit.AuditOutcome.Totals;
import io.regionsnap.domain.invariants.Bodies;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.TransactionalStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Finds drift in regions, page by page: first in what their indexes name, then, by the names of all
 * keys, in what none of them names. Never writes.
 *
 * <p>Works while others write. What seems to be wrong is read again, and is reported only if it is
 * still wrong in the same way; that two commits hide from both looks what is right is not ruled
 * out, but takes two commits to the same snapshot within the time of two reads. What somebody
 * persists meanwhile may be looked at or not.
 *
 * <p>Expiries may be off, and the clocks of store and auditor apart, by {@link #TOLERANCE}.
 *
 * <p>Thread-safe. Needs memory for some pages of views, however many there are.
 */
public final class AuditRegions {
  /** A minute: Redis before 7.0 tells an expiry only roughly, and a view lives 91 days. */
  public static final Duration TOLERANCE = Duration.ofMinutes(1);

  private static final int SCAN_PAGE = 1_000;

  private final TransactionalStore store;
  private final KeyLayout layout;
  private final Policy policy;
  private final SnapshotParser parser;
  private final InstantSource clock;

  /**
   * The use case on a store.
   *
   * @param store what to audit; not closed here
   * @param layout how keys are named
   * @param policy how long things are kept
   * @param parser reads stored bodies
   * @param clock tells the time
   */
  public AuditRegions(
      TransactionalStore store,
      KeyLayout layout,
      Policy policy,
      SnapshotParser parser,
      InstantSource clock) {
    this.store = store;
    this.layout = layout;
    this.policy = policy;
    this.parser = parser;
    this.clock = clock;
  }

  /**
   * Audits every region that has a key, and what belongs to none.
   *
   * @param listener is told what is found
   * @return whether everything could be read
   */
  public AuditOutcome audit(AuditListener listener) {
    return run(new Run(Optional.empty(), listener));
  }

  /**
   * Audits some regions.
   *
   * @param regions which; one that has no keys is without drift
   * @param listener is told what is found
   * @return whether everything could be read
   */
  public AuditOutcome audit(Collection<Region> regions, AuditListener listener) {
    return run(new Run(Optional.of(new TreeSet<>(regions)), listener));
  }

  private AuditOutcome run(Run run) {
    try {
      run.all();
      return new AuditOutcome.Complete(run.totals());
    } catch (UnreadableException e) {
      return new CutShort(run.totals(), String.valueOf(e.getMessage()));
    }
  }

  /** A look at a part of a region, for whoever wants to know more of what was found. */
  public Look look(Region region) {
    Reader reader = new Reader(store);
    return new Look(
        reader, layout, new Bodies(parser), Head.read(region, reader, layout, clock.millis()));
  }

  /** One audit. */
  private final class Run {
    private final Optional<Set<Region>> asked;
    private final AuditListener listener;
    private final Reader reader = new Reader(store);
    private final Findings findings;
    private final Strangers strangers;
    private final Set<Region> audited = new TreeSet<>();
    private long snapshots;
    private long quarantined;

    Run(Optional<Set<Region>> asked, AuditListener listener) {
      this.asked = asked;
      this.listener = listener;
      Judging judging = new Judging(layout, policy, new Bodies(parser), reader, clock);
      this.findings = new Findings(judging, listener);
      this.strangers = new Strangers(layout, new Bodies(parser), reader, findings, this::audit);
    }

    Totals totals() {
      return new Totals(audited.size(), snapshots, findings.count(), quarantined);
    }

    void all() {
      regions().forEach(this::audit);
      layout.prefixes().forEach(prefix -> scan(prefix, "", this::take));
    }

    private Set<Region> regions() {
      if (asked.isPresent()) {
        return asked.get();
      }
      Set<Region> indexed = new TreeSet<>();
      Affixes index = layout.indexAffixes();
      scan(
          index.prefix(),
          index.suffix(),
          page -> page.keys().stream()
              .flatMap(key -> layout.roleOf(key).stream())
              .filter(KeyRole.Index.class::isInstance)
              .flatMap(role -> role.namedRegion().stream())
              .forEach(indexed::add));
      return indexed;
    }

    private void audit(Region region) {
      if (asked.map(some -> some.contains(region)).orElse(true) && audited.add(region)) {
        listener.region(region);
        snapshots += new Members(layout, reader, findings).audit(region);
      }
    }

    private void scan(String prefix, String suffix, Consumer<ScanPage> consumer) {
      Optional<String> cursor = Optional.empty();
      do {
        ScanPage page = page(new Scan(prefix, suffix, cursor, SCAN_PAGE));
        consumer.accept(page);
        cursor = page.next();
      } while (cursor.isPresent());
    }

    private ScanPage page(Scan scan) {
      ReadResult<ScanPage> result = store.scan(scan);
      return result.match(
          page -> page,
          () -> new ScanPage(java.util.List.of(), Optional.empty()),
          wrong -> new ScanPage(java.util.List.of(), Optional.empty()),
          unreadable -> {
            throw new UnreadableException(
                "the names of keys with %s: %s".formatted(scan.prefix(), unreadable.message()));
          });
    }

    private void take(ScanPage page) {
      for (Key key : page.keys()) {
        Optional<KeyRole> role = layout.roleOf(key);
        if (role.isEmpty()) {
          continue;
        } else if (role.get() instanceof KeyRole.Quarantined) {
          quarantined++;
          continue;
        }
        role.get().namedRegion().ifPresent(this::audit);
        if (role.get().namedRegion().map(this::isAsked).orElse(true)) {
          strangers.add(key, role.get());
        }
      }
      strangers.judge(audited, asked.isPresent());
    }

    private boolean isAsked(Region region) {
      return audited.contains(region);
    }
  }
}
