package io.regionsnap.redis.dialect;

import io.regionsnap.ports.CommitResult;

/** What came of a transaction that was sent as a script. */
public sealed interface ScriptAnswer {

  /**
   * The script ran, or failed in a way that says what became of the transaction.
   *
   * @param result what became of it
   */
  record Decided(CommitResult result) implements ScriptAnswer {}

  /**
   * The server runs no scripts for this user. Nothing was changed, so plain commands may follow.
   *
   * @param message what the server said
   */
  record Refused(String message) implements ScriptAnswer {}

  /**
   * The bytes that were sent beside the script were not there, or may not be: nothing was changed;
   * {@link TransactionScript#insisting} sends them through it.
   *
   * @param forbidden whether this user lacks a permission that it takes, and will lack it next time
   */
  record Unstaged(boolean forbidden) implements ScriptAnswer {}

  /**
   * The server cannot say in a script what this user may do, and
   * {@link TransactionScript#insisting} wanted to know. Nothing was changed;
   * {@link PermissionProbe} finds out.
   */
  record Unchecked() implements ScriptAnswer {}
}
