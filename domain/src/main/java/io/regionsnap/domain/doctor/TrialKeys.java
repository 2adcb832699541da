package io.regionsnap.domain.doctor;

import io.regionsnap.domain.KeyLayout;
import io.regionsnap.domain.Region;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.util.List;

/**
 * Sacrificial keys of one trial, shaped like those of a region, and the transactions on them. All
 * that is written expires after {@link #LIFETIME_MILLIS}, whatever happens.
 */
final class TrialKeys {
  static final long LIFETIME_MILLIS = 5 * 60_000;

  static final String MEMBER = "trial";
  static final String OTHER_MEMBER = "other";
  static final Value BODY = Value.utf8("{\"regionsnap\":\"doctor\"}");

  private static final Value ID = Value.utf8(MEMBER);

  private final KeyLayout layout;
  private final Region region;
  private final String name;
  private final long nowMillis;

  /**
   * @param name tells these keys apart from those of any other trial
   * @param nowMillis the time, by the store's clock
   */
  TrialKeys(KeyLayout layout, Region region, String name, long nowMillis) {
    this.layout = layout;
    this.region = region;
    this.name = name;
    this.nowMillis = nowMillis;
  }

  private Key key(String what) {
    return layout.trial(region, name + ":" + what);
  }

  /** What these keys begin with. */
  String prefix() {
    return layout.trial(region, name + ":").name();
  }

  Key idView() {
    return key(MEMBER);
  }

  Key timestampView() {
    return key("time");
  }

  Key index() {
    return key("index");
  }

  Key pointer() {
    return key("latest");
  }

  /** A key that nothing that is refused may bring into being. */
  Key never() {
    return key("never");
  }

  private Key live() {
    return key("live");
  }

  private Key claim() {
    return key("claim");
  }

  IndexEntry entry() {
    return new IndexEntry(MEMBER, nowMillis);
  }

  long expiresAtMillis() {
    return nowMillis + LIFETIME_MILLIS;
  }

  /** Guards and writes of every kind that a snapshot takes, so that none is first missed there. */
  Transaction whole() {
    return new Transaction(
        List.of(
            new Guard.NotAll(
                List.of(new Guard.Contains(index(), entry()), new Guard.Equal(idView(), BODY))),
            new Guard.StoreClockBefore(expiresAtMillis()),
            new Guard.WithinSpan(index(), nowMillis, LIFETIME_MILLIS),
            new Guard.Absent(timestampView()),
            new Guard.AbsentOrEqual(idView(), BODY),
            new Guard.Admits(index(), entry()),
            new Guard.AbsentOrMember(pointer(), index())),
        List.of(
            new Write.Put(idView(), BODY, expiresAtMillis()),
            new Write.Put(timestampView(), BODY, expiresAtMillis()),
            new Write.Add(index(), entry()),
            new Write.Trim(index(), LIFETIME_MILLIS),
            new Write.ExpireWithTop(index(), LIFETIME_MILLIS),
            new Write.PointAtTop(pointer(), index(), LIFETIME_MILLIS),
            new Write.IfNewTop(new Write.Delete(live())),
            new Write.Put(claim(), ID, expiresAtMillis())));
  }

  /** Its last guard does not hold once {@link #whole} was applied. */
  Transaction guarded() {
    return new Transaction(
        List.of(
            new Guard.StoreClockBefore(expiresAtMillis()),
            new Guard.Equal(idView(), BODY),
            new Guard.Absent(timestampView())),
        writesBefore(new Write.Delete(idView())));
  }

  /** Meets a value where it needs an index, after writes that would do. */
  Transaction valueAsIndex() {
    return new Transaction(
        List.of(new Guard.StoreClockBefore(expiresAtMillis())),
        writesBefore(new Write.Add(idView(), new IndexEntry(OTHER_MEMBER, nowMillis))));
  }

  /** Meets an index where it needs a value: a server that does not look would replace it. */
  Transaction indexAsValue() {
    return new Transaction(
        List.of(new Guard.StoreClockBefore(expiresAtMillis())),
        List.of(
            new Write.Put(never(), BODY, expiresAtMillis()),
            new Write.Put(index(), BODY, expiresAtMillis())));
  }

  private List<Write> writesBefore(Write last) {
    return List.of(
        new Write.Put(never(), BODY, expiresAtMillis()),
        new Write.Add(index(), new IndexEntry(OTHER_MEMBER, nowMillis - 1)),
        last);
  }

  /** Deletes all of it, whatever of it is there. */
  Transaction removal() {
    return new Transaction(
        List.of(),
        List.of(
            new Write.Delete(idView()),
            new Write.Delete(timestampView()),
            new Write.Delete(pointer()),
            new Write.Delete(claim()),
            new Write.Delete(live()),
            new Write.Delete(never()),
            new Write.Remove(index(), MEMBER),
            new Write.Remove(index(), OTHER_MEMBER)));
  }

  /** The values: the two views and the pointer, then what must never be there. */
  List<Query<Value>> values() {
    return List.of(
        new Query.Get(idView()),
        new Query.Get(timestampView()),
        new Query.Get(pointer()),
        new Query.Get(never()));
  }

  List<Value> expectedValues() {
    return List.of(BODY, BODY, ID);
  }

  Query<List<IndexEntry>> entries() {
    return new Query.Range(index(), 0, IndexEntry.MAX_SCORE, Query.Order.HIGHEST_FIRST, 0, 10);
  }

  Query.Follow follow() {
    return new Query.Follow(pointer(), prefix(), index());
  }
}
