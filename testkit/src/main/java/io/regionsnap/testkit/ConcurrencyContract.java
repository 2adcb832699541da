package io.regionsnap.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Followed;
import io.regionsnap.ports.Guard;
import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Inspected;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.Value;
import io.regionsnap.ports.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Many threads at once. Work is bounded by counts, never by time. */
public abstract class ConcurrencyContract extends StoreContract {
  private static final int THREADS = 4;
  private static final int COMMITS = 60;
  private static final int FILLERS = 50;
  private static final String PREFIX = "contract:{t}:body:";

  /** Runs tasks at once, all of them begun, and waits for the last. */
  private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
    CyclicBarrier start = new CyclicBarrier(tasks.size());
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> task : tasks) {
        futures.add(threads.submit(() -> {
          start.await();
          return task.call();
        }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  @RepeatedTest(5)
  void commit_manyRaceForAnAbsentKey_exactlyOneIsApplied() throws Exception {
    List<Callable<CommitResult>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Value mine = Value.utf8("thread " + i);
      tasks.add(() -> commit(List.of(new Guard.Absent(FIRST)), put(FIRST, mine), add("x", 1)));
    }
    List<CommitResult> results = together(tasks);
    assertThat(results).filteredOn(APPLIED::equals).hasSize(1);
    Value winner = Value.utf8("thread " + results.indexOf(APPLIED));
    assertThat(valueOf(FIRST)).isEqualTo(winner);
    assertThat(results).filteredOn(CommitResult.GuardFailed.class::isInstance).hasSize(THREADS - 1);
  }

  @Test
  void commit_manyCountUp_noneIsLost() throws Exception {
    given(FIRST, Value.utf8("0"));
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      tasks.add(this::countUp);
    }
    together(tasks);
    assertThat(valueOf(FIRST)).isEqualTo(Value.utf8(Integer.toString(THREADS * 10)));
  }

  /** Adds one, ten times; each lost race means that somebody else won one, so this ends. */
  private int countUp() {
    int lost = 0;
    for (int applied = 0; applied < 10; ) {
      Value seen = ((ReadResult.Found<Value>) read(new Query.Get(FIRST))).value();
      Value next = Value.utf8(Integer.toString(Integer.parseInt(seen.asUtf8()) + 1));
      boolean won =
          commit(List.of(new Guard.Equal(FIRST, seen)), put(FIRST, next)).equals(APPLIED);
      applied += won ? 1 : 0;
      lost += won ? 0 : 1;
    }
    return lost;
  }

  /** The pointer first and what it names last: in between, every reader would see it dangle. */
  private Transaction whole(int number) {
    String id = "id" + number;
    List<Write> writes = new ArrayList<>();
    writes.add(put(FIRST, Value.utf8(id)));
    writes.add(new Write.Add(INDEX, new IndexEntry(id, number)));
    for (int i = 0; i < FILLERS; i++) {
      writes.add(put(new Key("contract:{t}:filler:" + i), Value.utf8(id)));
    }
    writes.add(put(new Key(PREFIX + id), Value.utf8(id)));
    return new Transaction(List.of(), writes);
  }

  @Test
  void read_whileOthersCommit_neverSeesHalfATransaction() throws Exception {
    List<Callable<List<Followed>>> tasks = new ArrayList<>();
    tasks.add(() -> {
      for (int i = 1; i <= COMMITS; i++) {
        assertThat(commit(whole(i))).isEqualTo(APPLIED);
      }
      return List.of();
    });
    for (int i = 1; i < THREADS; i++) {
      tasks.add(this::followOften);
    }
    for (List<Followed> seen : together(tasks)) {
      assertThat(seen).allSatisfy(ConcurrencyContract::assertWhole);
    }
    assertThat(entries()).hasSize(COMMITS);
  }

  private List<Followed> followOften() {
    List<Followed> seen = new ArrayList<>();
    for (int i = 0; i < COMMITS * 5; i++) {
      ReadResult<Followed> result = read(new Query.Follow(FIRST, PREFIX, INDEX));
      assertThat(result).isInstanceOf(ReadResult.Found.class);
      seen.add(((ReadResult.Found<Followed>) result).value());
    }
    return seen;
  }

  /**
   * The value was written with the pointer; the top may be newer, if it is read in a later step.
   */
  private static void assertWhole(Followed followed) {
    assertThat(followed.value()).isEqualTo(followed.target());
    Optional<Long> pointed =
        followed.target().map(id -> Long.parseLong(id.asUtf8().substring(2)));
    assertThat(followed.top().isPresent() || pointed.isEmpty()).isTrue();
    pointed.ifPresent(
        number -> assertThat(followed.top().orElseThrow().score()).isGreaterThanOrEqualTo(number));
  }

  /** The value tells by how much its expiry is later than that of the first. */
  @Test
  void inspect_whileOthersCommit_sawBytesAndExpiryTogether() throws Exception {
    long first = later();
    List<Callable<List<Inspected>>> tasks = new ArrayList<>();
    tasks.add(() -> {
      for (int i = 0; i < COMMITS; i++) {
        Write write = new Write.Put(FIRST, Value.utf8(Integer.toString(i)), first + i);
        assertThat(commit(List.of(), write)).isEqualTo(APPLIED);
      }
      return List.of();
    });
    tasks.add(this::inspectOften);
    tasks.add(this::inspectOften);
    for (List<Inspected> seen : together(tasks)) {
      assertThat(seen)
          .allSatisfy(one -> assertThat(one.description().expiresAtMillis().orElseThrow() - first)
              .isEqualTo(Long.parseLong(one.value().orElseThrow().asUtf8())));
    }
  }

  private List<Inspected> inspectOften() {
    List<Inspected> seen = new ArrayList<>();
    for (int i = 0; i < COMMITS * 2; i++) {
      ReadResult<Inspected> result = read(new Query.Inspect(FIRST));
      if (result instanceof ReadResult.Found<Inspected> found) {
        seen.add(found.value());
      } else {
        assertThat(result).isEqualTo(new ReadResult.Absent<Inspected>());
      }
    }
    return seen;
  }
}
