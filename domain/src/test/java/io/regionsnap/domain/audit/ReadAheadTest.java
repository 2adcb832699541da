package io.regionsnap.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static final int PAGES = 50;

  private final ReadAhead readAhead = new ReadAhead();
  private final AtomicInteger asked = new AtomicInteger();
  private final List<Integer> worked = new ArrayList<>();

  @AfterEach
  void close() {
    readAhead.close();
  }

  private Optional<Callable<Integer>> next() {
    int page = asked.getAndIncrement();
    return page < PAGES ? Optional.of(() -> page) : Optional.empty();
  }

  @Test
  void sideBySide_pagesComeInOrderAndFewAreAhead() {
    readAhead.sideBySide(this::next, page -> {
      assertThat(asked.get() - worked.size()).isLessThanOrEqualTo(ReadAhead.DEPTH + 1);
      worked.add(page);
    });
    assertThat(worked).isEqualTo(IntStream.range(0, PAGES).boxed().toList());
  }

  @Test
  void inTurn_pagesComeInOrderAndOneIsAhead() {
    readAhead.inTurn(
        () -> Optional.of(asked.getAndIncrement()).filter(page -> page < PAGES), page -> {
          assertThat(asked.get() - worked.size()).isLessThanOrEqualTo(2);
          worked.add(page);
        });
    assertThat(worked).isEqualTo(IntStream.range(0, PAGES).boxed().toList());
  }

  @Test
  void pageThatCannotBeRead_endsTheWork() {
    Callable<Integer> unreadable = () -> {
      throw new UnreadableException("no answer");
    };
    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> readAhead.sideBySide(() -> Optional.of(unreadable), worked::add));
    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> readAhead.inTurn(
            () -> {
              throw new UnreadableException("no answer");
            },
            (Integer page) -> worked.add(page)));
    assertThat(worked).isEmpty();
  }

  @Test
  void interruptedWhileItWaits_endsTheWorkAndKeepsTheInterrupt() {
    CountDownLatch answered = new CountDownLatch(1);
    Callable<Integer> slow = () -> {
      answered.await();
      return 1;
    };
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> readAhead.sideBySide(() -> Optional.of(slow), worked::add))
        .withMessage("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    answered.countDown();
  }
}
