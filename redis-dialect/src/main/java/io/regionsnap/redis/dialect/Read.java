package io.regionsnap.redis.dialect;

import io.regionsnap.ports.Key;
import io.regionsnap.ports.Value;

/** One thing to know before a transaction of plain commands, and the command that tells. */
sealed interface Read {

  /** How it is asked. */
  Command command();

  /** The key whose kind comes to light, if the command is for another kind. */
  Key key();

  /** The bytes under a key. */
  record Bytes(Key key) implements Read {
    @Override
    public Command command() {
      return Command.of("GET", key);
    }
  }

  /** Nothing but that a key may be a value. */
  record ValueKind(Key key) implements Read {
    @Override
    public Command command() {
      return Command.of("STRLEN", key);
    }
  }

  /** Nothing but that a key may be an index. */
  record IndexKind(Key key) implements Read {
    @Override
    public Command command() {
      return Command.of("ZCARD", key);
    }
  }

  /** What a key holds, which must be neither a value nor an index. */
  record OtherKind(Key key) implements Read {
    @Override
    public Command command() {
      return Command.of("TYPE", key);
    }
  }

  /** The highest entries of an index. */
  record Top(Key key, int count) implements Read {
    @Override
    public Command command() {
      return Command.of("ZREVRANGE", key, 0, count - 1, "WITHSCORES");
    }
  }

  /** The score of a member. */
  record Score(Key key, Value member) implements Read {
    @Override
    public Command command() {
      return Command.of("ZSCORE", key, member);
    }
  }

  /** Two members at a score: at least one of them is not the one that is allowed there. */
  record AtScore(Key key, long score) implements Read {
    @Override
    public Command command() {
      return Command.of("ZRANGEBYSCORE", key, score, score, "WITHSCORES", "LIMIT", 0, 2);
    }
  }
}
