package io.regionsnap.ports;

import java.util.List;

/**
 * A store that applies transactions wholly or not at all.
 *
 * <p><b>Atomicity.</b> No reader, at any time and whatever fails, sees some writes of a transaction
 * without the others. Guards are checked and writes made in one instant. Should a server bring back
 * only a prefix of a transaction after a crash (a known fault of Redis's append-only file), it is a
 * prefix in the order of {@link Transaction#writes()}.
 *
 * <p><b>Kinds.</b> A key that holds another kind than {@link Transaction#kinds()} says refuses the
 * transaction before anything is written.
 *
 * <p><b>Thread-safety.</b> All methods may be called by any number of threads at once. They block
 * until the store has answered or the adapter's time limit has passed.
 *
 * <p><b>Errors.</b> What goes wrong in or on the way to the store is an answer, not an exception.
 * An exception means a bug in the caller ({@link IllegalArgumentException}) or a store that was
 * closed ({@link IllegalStateException}). An adapter never sends a transaction a second time once
 * its first byte may have left: that is {@link CommitResult.InDoubt}, and what to do about it is
 * the caller's to decide.
 */
public interface TransactionalStore extends AutoCloseable {

  /**
   * Applies each transaction wholly or not at all, independently of the others. Those that share a
   * key are applied in the order given. A store that can sends them in one round trip.
   *
   * @param transactions any number, also none
   * @return one result each, in the same order
   */
  List<CommitResult> commit(List<Transaction> transactions);

  /**
   * Answers queries. A store that can sends them in one round trip.
   *
   * @param queries any number, also none
   * @param <T> what they ask for
   * @return one answer each, in the same order
   */
  <T> List<ReadResult<T>> read(List<? extends Query<T>> queries);

  /**
   * Names the keys that match, a page at a time.
   *
   * @param scan what to look for, and where to go on
   * @return a page; never {@link ReadResult.Absent} or {@link ReadResult.WrongKind}
   */
  ReadResult<ScanPage> scan(Scan scan);

  /** Frees what the store holds: connections, threads, the lock on a file. Idempotent. */
  @Override
  void close();
}
