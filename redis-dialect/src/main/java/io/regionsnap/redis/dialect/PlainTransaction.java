package io.regionsnap.redis.dialect;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Observation;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Write;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A transaction as reads, a judgement, and plain commands for MULTI/EXEC.
 *
 * <p><b>Atomicity.</b> The commands are right only as long as nobody changes a key between the
 * reads and EXEC. Over a socket, WATCH {@link #keys} before the reads: EXEC then answers nil if
 * somebody did. None of the commands can fail at run time if nobody did. One thing WATCH does not
 * see is the clock: {@link Guard.StoreClockBefore} is judged by the time of the reads.
 */
public final class PlainTransaction {
  private final Transaction transaction;
  private final Needs needs;
  private final PlainReads plan;
  private final Optional<Fence> fence;

  private PlainTransaction(Transaction transaction, Optional<Fence> fence) {
    this.transaction = transaction;
    this.needs = Needs.of(transaction);
    this.plan = fence.isPresent()
        ? PlainReads.fenced(transaction, needs)
        : PlainReads.of(transaction, needs);
    this.fence = fence;
  }

  /** What the reads came to. */
  public sealed interface Judgement {}

  /** Kinds and guards are as they must be. */
  public static final class Go implements Judgement {
    private final List<Said> said;

    Go(List<Said> said) {
      this.said = List.copyOf(said);
    }

    /**
     * What to put between MULTI and EXEC.
     *
     * @return the commands in order; none has anything to fail on
     */
    public List<Command> commands() {
      return said.stream().map(Said::command).toList();
    }

    /**
     * What came of the commands. EXEC goes on after a command that fails, and undoes nothing.
     *
     * @param replies what EXEC answered
     * @return applied; not applied, if nothing was changed; torn, if some commands failed; in
     *     doubt, if there is not one reply for each command, if one is not what the command
     *     answers, or if the fence was gone, be it because these commands had come once before
     */
    public CommitResult executed(List<Reply> replies) {
      return Executed.of(said, replies);
    }
  }

  /**
   * They are not, or could not be read; there is nothing to send.
   *
   * @param result what becomes of the transaction; nothing was changed
   */
  public record Stop(CommitResult result) implements Judgement {}

  /**
   * Prepares a transaction.
   *
   * @param transaction what to do
   * @return the way to do it
   */
  public static PlainTransaction of(Transaction transaction) {
    return new PlainTransaction(transaction, Optional.empty());
  }

  /**
   * Prepares a transaction whose commands may come late, or twice, because nothing like WATCH binds
   * them to the reads: they come to nothing then.
   *
   * @param transaction what to do
   * @param fence what binds them; must be lowered if there are no commands to be sent
   * @return the way to do it
   */
  public static PlainTransaction of(Transaction transaction, Fence fence) {
    return new PlainTransaction(transaction, Optional.of(fence));
  }

  /**
   * The keys to watch.
   *
   * @return every key of the transaction
   */
  public Set<Key> keys() {
    return transaction.kinds().keySet();
  }

  /**
   * The command that watches them.
   *
   * @return WATCH with every key
   */
  public Command watch() {
    return Command.of("WATCH", keys().toArray());
  }

  /**
   * The reads. One round is enough unless a pointer names another member than the top of its index,
   * or a key is of the wrong kind.
   *
   * @return the first round
   */
  public Round<Judgement> firstRound() {
    List<Command> before = fence.map(Fence::raise).orElseGet(List::of);
    return new PlainRounds(transaction, needs, plan, this::judge).first(before);
  }

  private Judgement judge(Seen seen) {
    PlainGuards judge = new PlainGuards(seen);
    List<Guard> guards = transaction.guards();
    for (int i = 0; i < guards.size(); i++) {
      Optional<Observation> against = guards.get(i).match(judge);
      if (against.isPresent()) {
        return new Stop(new CommitResult.GuardFailed(i, against.get()));
      }
    }
    Wording wording =
        fence.isPresent() ? new FencedWording(fence.get(), seen.clockMillis()) : new PlainWording();
    PlainWrites writes = new PlainWrites(seen, needs, wording);
    for (Write write : transaction.writes()) {
      writes = write.match(writes);
    }
    return new Go(writes.said());
  }
}
