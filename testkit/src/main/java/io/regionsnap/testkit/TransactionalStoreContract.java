package io.regionsnap.testkit;

import org.junit.jupiter.api.Nested;

/**
 * The whole contract of {@link io.regionsnap.ports.TransactionalStore}. An adapter joins it by
 * extending this class and giving a fixture for each test; its parts are nested classes.
 *
 * <p>A test class that extends this one runs each part, with a fresh store for every test. A store
 * whose clock cannot be set gives none in its fixture; what needs one is then waited for, if the
 * observer can look at the clock, or skipped, and reported as skipped.
 */
public abstract class TransactionalStoreContract {

  /** For adapters. */
  protected TransactionalStoreContract() {}

  /**
   * Makes a store for one test, with no keys in it.
   *
   * @return the store and its observer; the contract closes the store
   * @throws Exception if that fails, and the test with it
   */
  protected abstract StoreFixture createFixture() throws Exception;

  /** Batches, kinds, closing. */
  @Nested
  class Commits extends CommitContract {
    @Override
    protected StoreFixture createFixture() throws Exception {
      return TransactionalStoreContract.this.createFixture();
    }
  }

  /** What must be true. */
  @Nested
  class Guards extends GuardContract {
    @Override
    protected StoreFixture createFixture() throws Exception {
      return TransactionalStoreContract.this.createFixture();
    }
  }

  /** What is done. */
  @Nested
  class Writes extends WriteContract {
    @Override
    protected StoreFixture createFixture() throws Exception {
      return TransactionalStoreContract.this.createFixture();
    }
  }

  /** What is taken away. */
  @Nested
  class Moves extends MoveContract {
    @Override
    protected StoreFixture createFixture() throws Exception {
      return TransactionalStoreContract.this.createFixture();
    }
  }

  /** What is asked. */
  @Nested
  class Reads extends ReadContract {
    @Override
    protected StoreFixture createFixture() throws Exception {
      return TransactionalStoreContract.this.createFixture();
    }
  }

  /** Which keys there are. */
  @Nested
  class Scans extends ScanContract {
    @Override
    protected StoreFixture createFixture() throws Exception {
      return TransactionalStoreContract.this.createFixture();
    }
  }

  /** When keys are gone. */
  @Nested
  class Expiries extends ExpiryContract {
    @Override
    protected StoreFixture createFixture() throws Exception {
      return TransactionalStoreContract.this.createFixture();
    }
  }

  /** Many threads. */
  @Nested
  class Concurrency extends ConcurrencyContract {
    @Override
    protected StoreFixture createFixture() throws Exception {
      return TransactionalStoreContract.this.createFixture();
    }
  }
}
