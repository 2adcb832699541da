package io.regionsnap.redis.dialect;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.redis.dialect.PlainTransaction.Go;
import io.regionsnap.redis.dialect.PlainTransaction.Judgement;
import io.regionsnap.redis.dialect.PlainTransaction.Stop;
import io.regionsnap.testkit.redis.RespClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** The least store that can be made of the dialect: no batches, no faults, no client library. */
final class DialectStore implements TransactionalStore {
  private final URI url;
  private final Way way;
  private final Queue<RespClient> idle = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  /** How it commits. */
  enum Way {
    SCRIPT,
    /** By plain commands, watched. */
    PLAIN,
    /** By plain commands, watched, and bound to a fence as well. */
    FENCED
  }

  DialectStore(URI url, Way way) {
    this.url = url;
    this.way = way;
  }

  private <R> R with(Function<RespClient, R> action) {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    RespClient client = Optional.ofNullable(idle.poll()).orElseGet(() -> RespClient.connect(url));
    R result = action.apply(client);
    idle.add(client);
    return result;
  }

  @Override
  public List<CommitResult> commit(List<Transaction> transactions) {
    return with(client -> transactions.stream()
        .map(transaction ->
            way == Way.SCRIPT ? byScript(client, transaction) : plainly(client, transaction))
        .toList());
  }

  private static CommitResult byScript(RespClient client, Transaction transaction) {
    ScriptAnswer answer =
        new Server(client).run(TransactionScript.of(transaction, true).firstRound());
    return ((ScriptAnswer.Decided) answer).result();
  }

  private CommitResult plainly(RespClient client, Transaction transaction) {
    Fence fence = Fence.of(transaction, UUID.randomUUID().toString());
    PlainTransaction plain = way == Way.FENCED
        ? PlainTransaction.of(transaction, fence)
        : PlainTransaction.of(transaction);
    Server server = new Server(client);
    while (true) {
      server.call(plain.watch());
      Judgement judgement = server.run(plain.firstRound());
      if (judgement instanceof Stop stop) {
        client.call("UNWATCH");
        server.call(fence.lower());
        return stop.result();
      }
      Go go = (Go) judgement;
      client.call("MULTI");
      go.commands().forEach(server::call);
      if (server.call(Command.of("EXEC")) instanceof Reply.Many replies) {
        CommitResult result = go.executed(replies.elements());
        if (!(result instanceof CommitResult.Applied)) {
          throw new AssertionError(result + ": " + go.commands() + " -> " + replies);
        }
        return result;
      }
    }
  }

  @Override
  public <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
    QueryRounds rounds = new QueryRounds(way == Way.SCRIPT);
    return with(client -> {
      List<ReadResult<T>> answers = new ArrayList<>();
      for (Query<T> query : queries) {
        Round<ReadResult<T>> round = rounds.firstRound(query);
        Server server = new Server(client);
        answers.add(
            QueryRounds.takesSeveralCommands(query) ? server.runAtOnce(round) : server.run(round));
      }
      return answers;
    });
  }

  /** Not a matter of the dialect: everything is looked at, in one page. */
  @Override
  public ReadResult<ScanPage> scan(Scan scan) {
    return with(client -> {
      var all = new io.regionsnap.testkit.redis.RedisRawKeys(List.of(client)).readAll();
      List<Key> keys =
          all.keySet().stream().filter(key -> scan.matches(key.name())).toList();
      return new ReadResult.Found<>(new ScanPage(keys, Optional.empty()));
    });
  }

  @Override
  public void close() {
    closed = true;
    idle.forEach(RespClient::close);
  }
}
