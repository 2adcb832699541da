package io.regionsnap.domain.repair;

import io.regionsnap.ports.Kind;
import io.regionsnap.ports.Value;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a plan saw under a key, and what must still be there when a step is applied. Bytes are
 * remembered by their digest: a plan may speak of more than fits in memory, and lies in files.
 */
public sealed interface Seen {

  /** There was no key. */
  record Nothing() implements Seen {}

  /**
   * A value.
   *
   * @param sha256 the SHA-256 of its bytes, in lower-case hexadecimal digits
   * @param size how many bytes
   */
  record Bytes(String sha256, long size) implements Seen {
    /**
     * The digest of a value.
     *
     * @param value its bytes
     * @return what to remember of it
     */
    public static Bytes of(Value value) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(value.asByteBuffer());
        return new Bytes(HexFormat.of().formatHex(digest.digest()), value.size());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }

  /**
   * Another kind than belongs there.
   *
   * @param kind which
   */
  record OfKind(Kind kind) implements Seen {}
}
