package io.regionsnap.adapters.upstash;

import io.regionsnap.redis.dialect.Reply;
import java.util.List;

/** What the body of an answer holds. */
sealed interface Body {

  /** One reply for each command. */
  record Items(List<Reply> replies) implements Body {}

  /** A single object with an error, instead of the replies. */
  record Failure(String message) implements Body {}

  /** Anything else: not JSON, cut short, of another shape; in words that quote nothing of it. */
  record Nonsense(String problem) implements Body {}
}
