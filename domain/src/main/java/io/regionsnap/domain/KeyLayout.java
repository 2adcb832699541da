package io.regionsnap.domain;

import io.regionsnap.ports.Key;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the keys of a region are named. Everything else is the same for both layouts.
 *
 * <pre>
 *            tagged                                      worldmonitor
 *  ts view   snapshot:ts:{mena}:1787184007093            intelligence:snapshot:v1:mena:1787184007093
 *  id view   snapshot:id:{mena}:ID                       intelligence:snapshot-by-id:v1:ID
 *  pointer   snapshot:latest:{mena}                      intelligence:snapshot:v1:mena:latest
 *  index     snapshot:index:{mena}                       intelligence:snapshot-index:v1:mena
 *  live      snapshot:live:{mena}                        intelligence:snapshot:v1:mena:live
 *  claim     snapshot:dedup:{mena}:scheduled_6h:1985760  dedup:snapshot:v1:mena:scheduled_6h:1985760
 *  aside     snapshot:quarantine:{mena}:NUMBER:KEY       intelligence:snapshot-quarantine:v1:NUMBER:KEY
 *  trial     snapshot:doctor:{mena}:NAME                 intelligence:snapshot-doctor:v1:mena:NAME
 * </pre>
 *
 * The braces are literal: Redis Cluster hashes what is between them, so that all keys of a region
 * share a slot and one transaction can hold them.
 *
 * <p>What a repair cannot place lies aside, in quarantine, under a name that tells the key from
 * which it was moved and a number: about when, in epoch milliseconds.
 *
 * <p>Trial keys are for finding out what a store does. They are named so that whoever may write the
 * other keys may write them, and have no role: nobody takes them for data.
 */
public enum KeyLayout {
  /** The layout of new stores. */
  TAGGED(
      new Affixes("snapshot:ts:{", "}:"),
      new Affixes("snapshot:id:{", "}:"),
      new Affixes("snapshot:latest:{", "}"),
      new Affixes("snapshot:index:{", "}"),
      new Affixes("snapshot:live:{", "}"),
      new Affixes("snapshot:dedup:{", "}:"),
      new Affixes("snapshot:quarantine:{", "}:"),
      new Affixes("snapshot:doctor:{", "}:"),
      List.of("snapshot:")),

  /**
   * The layout of the live system that regionsnap replaces. Its keys do not share a slot, so it
   * does not work on a cluster.
   */
  WORLDMONITOR(
      new Affixes("intelligence:snapshot:v1:", ":"),
      new Affixes("intelligence:snapshot-by-id:v1:"),
      new Affixes("intelligence:snapshot:v1:", ":latest"),
      new Affixes("intelligence:snapshot-index:v1:", ""),
      new Affixes("intelligence:snapshot:v1:", ":live"),
      new Affixes("dedup:snapshot:v1:", ":"),
      new Affixes("intelligence:snapshot-quarantine:v1:"),
      new Affixes("intelligence:snapshot-doctor:v1:", ":"),
      List.of("intelligence:snapshot", "dedup:snapshot:v1:"));

  /** Timestamps and buckets as they are written: without a plus sign or leading zeros. */
  private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,17}");

  private static final Pattern QUARANTINED = Pattern.compile("([0-9]{1,18}):(.+)", Pattern.DOTALL);

  private static final Pattern CLAIM = Pattern.compile("([A-Za-z0-9._-]{1,64}):(" + NUMBER + ")");

  private final Affixes timestampView;
  private final Affixes idView;
  private final Affixes pointer;
  private final Affixes index;
  private final Affixes live;
  private final Affixes claim;
  private final Affixes quarantine;
  private final Affixes trial;
  private final List<String> prefixes;

  KeyLayout(
      Affixes timestampView,
      Affixes idView,
      Affixes pointer,
      Affixes index,
      Affixes live,
      Affixes claim,
      Affixes quarantine,
      Affixes trial,
      List<String> prefixes) {
    this.timestampView = timestampView;
    this.idView = idView;
    this.pointer = pointer;
    this.index = index;
    this.live = live;
    this.claim = claim;
    this.quarantine = quarantine;
    this.trial = trial;
    this.prefixes = prefixes;
  }

  /**
   * The key of a snapshot's bytes by time.
   *
   * @param region the region
   * @param generatedAtMillis epoch milliseconds
   * @return the key of a value
   */
  public Key timestampView(Region region, long generatedAtMillis) {
    return new Key(timestampView.around(region, Long.toString(generatedAtMillis)));
  }

  /**
   * The key of a snapshot's bytes by id.
   *
   * @param region the region
   * @param id the id
   * @return the key of a value
   */
  public Key idView(Region region, SnapshotId id) {
    return new Key(idView.around(region, id.text()));
  }

  /**
   * What comes before the id in {@link #idView}.
   *
   * @param region the region
   * @return the beginning of the name of a key
   */
  public String idViewPrefix(Region region) {
    return idView.around(region);
  }

  /**
   * The key of the pointer, which holds the bare id of the newest snapshot.
   *
   * @param region the region
   * @return the key of a value
   */
  public Key pointer(Region region) {
    return new Key(pointer.around(region));
  }

  /**
   * The key of the index: ids by {@code generated_at}.
   *
   * @param region the region
   * @return the key of an index
   */
  public Key index(Region region) {
    return new Key(index.around(region));
  }

  /**
   * The key of the provisional value that a new latest snapshot clears.
   *
   * @param region the region
   * @return the key of a value
   */
  public Key live(Region region) {
    return new Key(live.around(region));
  }

  /**
   * The key of the claim on a bucket.
   *
   * @param region the region
   * @param reason the trigger reason
   * @param bucket the bucket's number
   * @return the key of a value
   */
  public Key claim(Region region, TriggerReason reason, long bucket) {
    return new Key(claim.around(region) + reason + ":" + bucket);
  }

  /**
   * The key under which something is kept that was in the way.
   *
   * @param region the region
   * @param number tells apart what is moved from the same key; zero or more
   * @param from the key that it was moved from
   * @return the key of whatever it is
   */
  public Key quarantine(Region region, long number, Key from) {
    return new Key(quarantine.around(region) + number + ":" + from);
  }

  /**
   * A key for trying something out, to be deleted at once.
   *
   * @param region the region whose keys it is served with
   * @param name tells it apart from others
   * @return the key of whatever it is
   */
  public Key trial(Region region, String name) {
    return new Key(trial.around(region) + name);
  }

  /**
   * Whether the keys of id views name their region.
   *
   * @return whether they do
   */
  public boolean idViewsNameRegion() {
    return idView.namesRegion();
  }

  /**
   * What the names of all keys begin with: every key of this layout with one of these, and few
   * others.
   *
   * @return one or more beginnings, none of which begins with another
   */
  public List<String> prefixes() {
    return prefixes;
  }

  /**
   * What the index keys of all regions begin and end with.
   *
   * @return the affixes
   */
  public Affixes indexAffixes() {
    return index;
  }

  /**
   * What the pointer keys of all regions begin and end with.
   *
   * @return the affixes
   */
  public Affixes pointerAffixes() {
    return pointer;
  }

  /**
   * What a key is for.
   *
   * @param key any key
   * @return its role; empty if its name is not one that this layout gives
   */
  public Optional<KeyRole> roleOf(Key key) {
    String name = key.name();
    return pointer
        .parse(name)
        .filter(Affixes.Parts::isWhole)
        .<KeyRole>map(parts -> new KeyRole.Pointer(parts.region()))
        .or(() -> wholeIndex(name))
        .or(() -> wholeLive(name))
        .or(() -> timestampView.parse(name).flatMap(KeyLayout::timestampViewRole))
        .or(() -> claim.parse(name).flatMap(KeyLayout::claimRole))
        .or(() -> quarantineRole(name))
        .or(() -> idViewRole(name));
  }

  private Optional<KeyRole> wholeIndex(String name) {
    return index
        .parse(name)
        .filter(Affixes.Parts::isWhole)
        .map(parts -> new KeyRole.Index(parts.region()));
  }

  private Optional<KeyRole> wholeLive(String name) {
    return live.parse(name)
        .filter(Affixes.Parts::isWhole)
        .map(parts -> new KeyRole.Live(parts.region()));
  }

  private static Optional<KeyRole> timestampViewRole(Affixes.Parts parts) {
    return NUMBER.matcher(parts.rest()).matches()
        ? Optional.of(new KeyRole.TimestampView(parts.region(), Long.parseLong(parts.rest())))
        : Optional.empty();
  }

  private static Optional<KeyRole> claimRole(Affixes.Parts parts) {
    Matcher rest = CLAIM.matcher(parts.rest());
    return rest.matches()
        ? Optional.of(new KeyRole.Claim(
            parts.region(), new TriggerReason(rest.group(1)), Long.parseLong(rest.group(2))))
        : Optional.empty();
  }

  private Optional<KeyRole> quarantineRole(String name) {
    Optional<Region> region = quarantine.parse(name).map(Affixes.Parts::region);
    Optional<String> rest = quarantine.namesRegion()
        ? quarantine.parse(name).map(Affixes.Parts::rest)
        : Optional.of(name)
            .filter(text -> text.startsWith(quarantine.prefix()))
            .map(text -> text.substring(quarantine.prefix().length()));
    return rest.map(QUARANTINED::matcher)
        .filter(Matcher::matches)
        .map(parts -> new KeyRole.Quarantined(
            region, Long.parseLong(parts.group(1)), new Key(parts.group(2))));
  }

  private Optional<KeyRole> idViewRole(String name) {
    if (idView.namesRegion()) {
      return idView
          .parse(name)
          .filter(parts -> SnapshotId.isId(parts.rest()))
          .map(parts ->
              new KeyRole.IdView(Optional.of(parts.region()), new SnapshotId(parts.rest())));
    }
    return Optional.of(name)
        .filter(text -> text.startsWith(idView.prefix()))
        .map(text -> text.substring(idView.prefix().length()))
        .filter(SnapshotId::isId)
        .map(id -> new KeyRole.IdView(Optional.empty(), new SnapshotId(id)));
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
