package io.regionsnap.domain.audit;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Policy;
import io.regionsnap.domain.Region;
import io.regionsnap.domain.SnapshotParser;
import io.regionsnap.domain.audit.AuditOutcome.CutShort;
import io.regionsnap.ports.TransactionalStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
 * <p>Thread-safe. Needs memory for some pages of views, however many there are, and threads of its
 * own while it runs, which read the next pages while one is judged; the listener is told by the
 * caller's.
 */
public final class AuditRegions {
  /** A minute: Redis before 7.0 tells an expiry only roughly, and a view lives 91 days. */
  public static final Duration TOLERANCE = Duration.ofMinutes(1);

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
    return run(Optional.empty(), listener);
  }

  /**
   * Audits some regions.
   *
   * @param regions which; one that has no keys is without drift
   * @param listener is told what is found
   * @return whether everything could be read
   */
  public AuditOutcome audit(Collection<Region> regions, AuditListener listener) {
    return run(Optional.of(new TreeSet<>(regions)), listener);
  }

  private AuditOutcome run(Optional<Set<Region>> asked, AuditListener listener) {
    Reader reader = new Reader(store);
    Judging judging = new Judging(layout, policy, parser, reader, clock);
    AuditRun run = new AuditRun(
        store, layout, reader, new Findings(judging, listener), parser, asked, listener);
    try (ReadAhead readAhead = new ReadAhead()) {
      run.all(readAhead);
      return new AuditOutcome.Complete(run.totals());
    } catch (UnreadableException e) {
      return new CutShort(run.totals(), String.valueOf(e.getMessage()));
    }
  }

  /** A look at a part of a region, for whoever wants to know more of what was found. */
  public Look look(Region region) {
    Reader reader = new Reader(store);
    return new Look(reader, layout, parser, Head.read(region, reader, layout, clock.millis()));
  }
}
