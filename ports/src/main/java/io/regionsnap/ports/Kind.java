package io.regionsnap.ports;

/** What a key holds. */
public enum Kind {
  /** Bytes: a Redis string. */
  VALUE,
  /** Members ordered by score: a Redis sorted set. */
  INDEX,
  /** Something that this port has no word for: a Redis list, hash, set, stream. */
  OTHER
}
