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
import io.regionsnap.testkit.redis.RespError;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** The least store that can be made of the dialect: no batches, no faults, no client library. */
final class DialectStore implements TransactionalStore {
  private final URI url;
  private final boolean scripts;
  private final Queue<RespClient> idle = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  DialectStore(URI url, boolean scripts) {
    this.url = url;
    this.scripts = scripts;
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
        .map(transaction -> scripts ? byScript(client, transaction) : plainly(client, transaction))
        .toList());
  }

  private static CommitResult byScript(RespClient client, Transaction transaction) {
    ScriptAnswer answer =
        new Server(client).run(TransactionScript.of(transaction, true).firstRound());
    return ((ScriptAnswer.Decided) answer).result();
  }

  private static CommitResult plainly(RespClient client, Transaction transaction) {
    PlainTransaction plain = PlainTransaction.of(transaction);
    Server server = new Server(client);
    while (true) {
      server.call(plain.watch());
      Judgement judgement = server.run(plain.firstRound());
      if (judgement instanceof Stop stop) {
        client.call("UNWATCH");
        return stop.result();
      }
      client.call("MULTI");
      ((Go) judgement).commands().forEach(server::call);
      if (client.call("EXEC") instanceof List<?> replies) {
        if (replies.stream().anyMatch(RespError.class::isInstance)) {
          throw new AssertionError("torn: " + replies);
        }
        return new CommitResult.Applied();
      }
    }
  }

  @Override
  public <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
    QueryRounds rounds = new QueryRounds(scripts);
    return with(client -> {
      List<ReadResult<T>> answers = new ArrayList<>();
      for (Query<T> query : queries) {
        answers.add(new Server(client).run(rounds.firstRound(query)));
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
