package io.regionsnap.redis.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.StoreRefusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row of the table, with words that servers use. */
class ErrorReplyTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
      SCRIPT_UNKNOWN  | NOSCRIPT No matching script. Please use EVAL.
      SCRIPTS_REFUSED | NOPERM this user has no permissions to run the 'evalsha' command
      SCRIPTS_REFUSED | NOPERM User alice has no permissions to run the 'eval' command
      SCRIPTS_REFUSED | ERR unknown command 'EVALSHA', with args beginning with: 'ab' '1'
      SCRIPTS_REFUSED | ERR unknown command `eval`, with args beginning with:
      SCRIPTS_REFUSED | ERR Command is not available: 'EVAL'. See docs
      MOVED           | MOVED 3999 127.0.0.1:6381
      ASK             | ASK 3999 127.0.0.1:6381
      UNAVAILABLE     | TRYAGAIN Multiple keys request during rehashing of slot
      UNAVAILABLE     | CLUSTERDOWN The cluster is down
      UNAVAILABLE     | LOADING Redis is loading the dataset in memory
      UNAVAILABLE     | BUSY Redis is busy running a script. You can only call SCRIPT KILL.
      UNAVAILABLE     | READONLY You can't write against a read only replica.
      UNAVAILABLE     | MASTERDOWN Link with MASTER is down
      UNAVAILABLE     | NOREPLICAS Not enough good replicas to write.
      UNAVAILABLE     | MISCONF Redis is configured to save RDB snapshots
      UNAVAILABLE     | ERR max number of clients reached
      REJECTED        | CROSSSLOT Keys in request don't hash to the same slot
      REJECTED        | OOM command not allowed when used memory > 'maxmemory'.
      REJECTED        | NOAUTH Authentication required.
      REJECTED        | WRONGPASS invalid username-password pair or user is disabled.
      REJECTED        | NOPERM this user has no permissions to run the 'zadd' command
      REJECTED        | NOPERM this user has no permissions to access one of the keys
      REJECTED        | DENIED Redis is running in protected mode
      REJECTED        | EXECABORT Transaction discarded because of previous errors.
      UNAVAILABLE     | EXECABORT Transaction discarded because of: BUSY Redis is busy
      REJECTED        | EXECABORT Transaction discarded because of: OOM command not allowed
      REJECTED        | EXECABORT Transaction discarded because of: ERR something new
      REJECTED        | ERR unknown command 'PEXPIREAT', with args beginning with: 'k'
      REJECTED        | ERR invalid password
      REJECTED        | ERR DB index is out of range
      REJECTED        | ERR max daily request limit exceeded. Limit: 10000, Usage: 10000.
      REJECTED        | ERR max request size exceeded. Limit: 1048576 bytes
      IN_DOUBT        | WRONGTYPE Operation against a key holding the wrong kind of value
      IN_DOUBT        | ERR something new
      IN_DOUBT        | user_script:3: attempt to index a nil value
      IN_DOUBT        | NOSCRIPTS
      """)
  void of_message_isItsMeaning(ErrorReply meaning, String message) {
    assertThat(ErrorReply.of(message)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({"NOSCRIPT x", "MOVED 1 a:1", "ASK 1 a:1", "LOADING x"})
  void toResult_passingTrouble_isUnavailable(String message) {
    assertThat(ErrorReply.toResult(message))
        .isEqualTo(new CommitResult.NotApplied(new StoreRefusal.Unavailable(message)));
  }

  @ParameterizedTest
  @CsvSource({"OOM x", "NOPERM this user has no permissions to run the 'eval' command"})
  void toResult_lastingTrouble_isRejected(String message) {
    assertThat(ErrorReply.toResult(message))
        .isEqualTo(new CommitResult.NotApplied(new StoreRefusal.Rejected(message)));
  }

  @Test
  void toResult_unknownWords_areInDoubt() {
    assertThat(ErrorReply.toResult("ERR what")).isInstanceOf(CommitResult.InDoubt.class);
  }
}
