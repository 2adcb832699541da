package io.regionsnap.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.PipeliningBase;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.Tuple;

/**
 * The same commands by hand with Jedis, a connection for each thread as Jedis wants it: a
 * transaction, and before it, if it is guarded, one pipeline of WATCH and the reads.
 */
final class JedisContender implements Contender {
  private final int port;
  private final Terms terms;
  private final boolean guarded;

  JedisContender(int port, Terms terms, boolean guarded) {
    this.port = port;
    this.terms = terms;
    this.guarded = guarded;
  }

  @Override
  public Writer writer(InstantSource clock) {
    return new JedisWriter(new Jedis("127.0.0.1", port), clock);
  }

  @Override
  public void close() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private final class JedisWriter implements Writer {
    private final Jedis jedis;
    private final InstantSource clock;

    JedisWriter(Jedis jedis, InstantSource clock) {
      this.jedis = jedis;
      this.clock = clock;
    }

    @Override
    public void persist(List<Document> documents) {
      List<Names> names = documents.stream().map(Names::of).toList();
      if (guarded) {
        watch(documents, names);
      }
      Transaction transaction = jedis.multi();
      for (int i = 0; i < documents.size(); i++) {
        write(transaction, documents.get(i), names.get(i));
      }
      List<Object> answers = transaction.exec();
      if (answers == null || answers.stream().anyMatch(Throwable.class::isInstance)) {
        throw Peers.notNew("it was not applied");
      }
    }

    private void watch(List<Document> documents, List<Names> names) {
      Pipeline pipeline = jedis.pipelined();
      Response<Object> watched = pipeline.sendCommand(
          Protocol.Command.WATCH, names.stream().flatMap(Names::all).toArray(String[]::new));
      List<Sight> sights = new ArrayList<>();
      for (int i = 0; i < documents.size(); i++) {
        sights.add(Sight.of(pipeline, documents.get(i), names.get(i)));
      }
      Response<List<String>> time = pipeline.time();
      pipeline.sync();
      watched.get();
      Peers.requireBefore(ascii(time.get().get(0)), clock.millis() + terms.claimLifetime());
      for (int i = 0; i < documents.size(); i++) {
        sights.get(i).requireNew(documents.get(i));
      }
    }

    private void write(PipeliningBase redis, Document document, Names names) {
      long at = document.generatedAtMillis();
      SetParams expiry = SetParams.setParams().pxAt(at + terms.viewLifetime());
      redis.set(ascii(names.idView()), document.body(), expiry);
      redis.set(ascii(names.timestampView()), document.body(), expiry);
      redis.zadd(names.index(), (double) at, document.id());
      redis.zremrangeByScore(names.index(), "-inf", "(" + (at - terms.span()));
      redis.pexpireAt(names.index(), at + terms.viewLifetime());
      redis.set(names.pointer(), document.id(), expiry);
      redis.del(names.live());
      redis.set(
          names.claim(),
          document.id(),
          SetParams.setParams().pxAt(clock.millis() + terms.claimLifetime()));
    }

    @Override
    public void close() {
      jedis.close();
    }
  }

  /** What the guards of one document look at. */
  private record Sight(
      List<Response<?>> absent,
      Response<List<String>> sameTime,
      Response<List<Tuple>> top,
      Response<String> pointer) {

    static Sight of(Pipeline redis, Document document, Names names) {
      long at = document.generatedAtMillis();
      Stream<Response<?>> absent = Stream.of(
          redis.get(names.idView()),
          redis.get(names.timestampView()),
          redis.get(names.claim()),
          redis.zscore(names.index(), document.id()));
      Sight sight = new Sight(
          absent.toList(),
          redis.zrangeByScore(names.index(), (double) at, (double) at, 0, 1),
          redis.zrevrangeWithScores(names.index(), 0, 0),
          redis.get(names.pointer()));
      redis.strlen(names.live());
      return sight;
    }

    /** Every guard of a snapshot that is new and newest; others would need a closer look. */
    void requireNew(Document document) {
      boolean free =
          absent.stream().allMatch(each -> each.get() == null) && sameTime.get().isEmpty();
      List<Tuple> newest = top.get();
      boolean forward = newest.isEmpty()
          ? pointer.get() == null
          : newest.get(0).getElement().equals(pointer.get())
              && newest.get(0).getScore() < document.generatedAtMillis();
      if (!free || !forward) {
        throw Peers.notNew("a guard does not hold");
      }
    }
  }
}
