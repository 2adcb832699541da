package io.regionsnap.domain.repair;

import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Key;
import io.regionsnap.ports.Kind;

/** One thing that a step of a repair does. */
public sealed interface Change {

  /**
   * Moves aside what is in the way, with all that it holds.
   *
   * @param from where it is
   * @param kind what it is
   * @param to the key in quarantine
   * @param expiresAtMillis until when it stays there; epoch milliseconds
   */
  record Aside(Key from, Kind kind, Key to, long expiresAtMillis) implements Change {}

  /**
   * Puts a body where it belongs.
   *
   * @param key the view
   * @param body the body, which the step has seen under one key or another
   * @param expiresAtMillis epoch milliseconds
   */
  record Place(Key key, Seen.Bytes body, long expiresAtMillis) implements Change {}

  /**
   * Deletes a value of which a copy stays elsewhere, or which is a claim or a pointer to nothing.
   *
   * @param key its key
   */
  record Drop(Key key) implements Change {}

  /**
   * Adds a member to the index, or moves it to its time.
   *
   * @param index the index
   * @param entry the member
   */
  record Index(Key index, IndexEntry entry) implements Change {}

  /**
   * Removes a member of which no body can be placed, and leaves a note of it in quarantine: its
   * score and its name, separated by a space.
   *
   * @param index the index
   * @param entry the member
   * @param note the key of the note
   * @param expiresAtMillis until when the note stays there; epoch milliseconds
   */
  record Strike(Key index, IndexEntry entry, Key note, long expiresAtMillis) implements Change {}

  /**
   * Removes members beyond the retention.
   *
   * @param index the index
   * @param spanMillis the retention
   */
  record Prune(Key index, long spanMillis) implements Change {}

  /**
   * Sets the pointer to the top of the index, and lets both expire when they should.
   *
   * @param pointer the pointer
   * @param index the index
   * @param lifetimeMillis from the top's score
   */
  record Point(Key pointer, Key index, long lifetimeMillis) implements Change {}

  /**
   * Clears the live key, because the top of the index is new; done only if nothing newer is in the
   * index.
   *
   * @param live the live key
   * @param index the index
   * @param top the score of the new top
   */
  record ClearLive(Key live, Key index, long top) implements Change {}
}
