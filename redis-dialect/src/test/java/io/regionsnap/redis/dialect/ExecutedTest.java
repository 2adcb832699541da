package io.regionsnap.redis.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.CommitResult.InDoubt;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Value;
import io.regionsnap.redis.dialect.PlainTransaction.Go;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What EXEC's answer means. */
class ExecutedTest {
  private static final Reply OK = new Reply.Status("OK");
  private static final Reply WRONG_TYPE = new Reply.Failure("WRONGTYPE Operation against a key");
  private static final Go GO = go();

  private static Go go() {
    PlainWording wording = new PlainWording();
    wording.put(new Key("view"), Value.utf8("body"), 1);
    wording.add(new Key("index"), 1, Value.utf8("m"));
    wording.expire(new Key("index"), 2);
    return new Go(wording.said());
  }

  @Test
  void everyReplyGood_isApplied() {
    assertThat(GO.executed(List.of(OK, new Reply.Whole(1), new Reply.Whole(0))))
        .isEqualTo(new CommitResult.Applied());
  }

  @Test
  void someFailed_isTornAndNamesTheKeysOfTheOthers() {
    assertThat(GO.executed(List.of(OK, WRONG_TYPE, WRONG_TYPE)))
        .isEqualTo(
            new CommitResult.Torn(List.of(new Key("view")), "WRONGTYPE Operation against a key"));
    assertThat(GO.executed(List.of(WRONG_TYPE, new Reply.Whole(1), new Reply.Whole(1))))
        .isEqualTo(
            new CommitResult.Torn(List.of(new Key("index")), "WRONGTYPE Operation against a key"));
  }

  @Test
  void everyCommandFailed_isNotApplied() {
    Reply oom = new Reply.Failure("OOM command not allowed");
    assertThat(GO.executed(List.of(oom, oom, oom)))
        .isEqualTo(
            new CommitResult.NotApplied(new StoreRefusal.Rejected("OOM command not allowed")));
  }

  @Test
  void aReplyThatNoWriteGives_isInDoubt() {
    for (Reply strange : List.of(new Reply.Nil(), new Reply.Many(List.of()))) {
      assertThat(GO.executed(List.of(OK, strange, new Reply.Whole(1)))).isInstanceOf(InDoubt.class);
    }
  }

  @Test
  void notOneReplyEach_isInDoubt() {
    assertThat(GO.executed(List.of(OK, OK))).isInstanceOf(InDoubt.class);
    assertThat(GO.executed(List.of(OK, OK, OK, OK))).isInstanceOf(InDoubt.class);
  }
}
