package io.regionsnap.adapters.inmemory;

import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Value;
import java.util.OptionalLong;

/** What lies at a {@link Place}. */
sealed interface Content {

  /** What a key holds. */
  sealed interface Slot extends Content {
    OptionalLong expiresAtMillis();

    Kind kind();

    default boolean isExpired(long nowMillis) {
      return expiresAtMillis().isPresent() && expiresAtMillis().getAsLong() <= nowMillis;
    }
  }

  /** A value small enough to lie with its key. */
  record SmallValue(OptionalLong expiresAtMillis, Value value) implements Slot {
    @Override
    public Kind kind() {
      return Kind.VALUE;
    }
  }

  /** A value that lies in a body, which other keys may share. */
  record LargeValue(OptionalLong expiresAtMillis, long body) implements Slot {
    @Override
    public Kind kind() {
      return Kind.VALUE;
    }
  }

  /** An index; its entries lie under its number. */
  record Index(OptionalLong expiresAtMillis, long number) implements Slot {
    @Override
    public Kind kind() {
      return Kind.INDEX;
    }
  }

  /**
   * The store about itself.
   *
   * @param lastNumber the last number given to an index or a body
   * @param places how many places the map has, this one included; in a file, as of the last commit
   */
  record Header(long lastNumber, long places) implements Content {}

  /** The score of a member. */
  record Score(long score) implements Content {}

  /** How many keys share a body: two or more. */
  record Uses(long count) implements Content {}

  /** The bytes of a large value. */
  record Body(Value value) implements Content {}

  /** Nothing but that the place exists. */
  record Mark() implements Content {
    static final Mark MARK = new Mark();
  }
}
