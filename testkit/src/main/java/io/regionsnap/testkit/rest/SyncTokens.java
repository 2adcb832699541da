package io.regionsnap.testkit.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tokens by which a reader says which writes it must see. Thread-safe. */
final class SyncTokens {
  static final String HEADER = "upstash-sync-token";

  private static final String PREFIX = "sync-";
  private static final int KEPT = 1_000;

  private final List<String> issued = new ArrayList<>();
  private long count;
  private long lastWrite;

  /** A write was done; tokens issued from now on say so. */
  synchronized void wrote() {
    lastWrite = count + 1;
  }

  /** A token for the next reply, greater than all before it. */
  synchronized String issue() {
    count++;
    String token = PREFIX + String.format("%012d", count);
    issued.add(token);
    if (issued.size() > KEPT) {
      issued.remove(0);
    }
    return token;
  }

  /** Whether a request that carries this must see the last write. */
  synchronized boolean coversLastWrite(Optional<String> token) {
    return token
        .filter(text -> text.matches(PREFIX + "\\d{12}"))
        .filter(text -> Long.parseLong(text.substring(PREFIX.length())) >= lastWrite)
        .isPresent();
  }

  synchronized List<String> issued() {
    return List.copyOf(issued);
  }
}
