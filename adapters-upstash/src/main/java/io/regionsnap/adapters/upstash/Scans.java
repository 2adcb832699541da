package io.regionsnap.adapters.upstash;

import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.redis.dialect.KeyScan;
import io.regionsnap.redis.dialect.Reply;
import io.regionsnap.redis.dialect.Round;
import java.util.List;
import java.util.Optional;

/** Names keys by SCAN. A cursor is the server's. Thread-safe. */
final class Scans {
  private final Conversation conversation;

  Scans(Conversation conversation) {
    this.conversation = conversation;
  }

  ReadResult<ScanPage> scan(Scan scan) {
    String cursor = scan.cursor().orElse(KeyScan.Page.END);
    Round<ReadResult<ScanPage>> round = new Round<>(
        List.of(KeyScan.command(scan, cursor)),
        replies -> new Round.Done<>(result(scan, replies.get(0))));
    return Reads.advised(conversation
        .run(
            Rest.PIPELINE,
            List.of(round),
            answer -> new ReadResult.Unreadable<>(Answer.message(answer)))
        .get(0));
  }

  private static ReadResult<ScanPage> result(Scan scan, Reply reply) {
    if (reply instanceof Reply.Failure failure) {
      return new ReadResult.Unreadable<>(failure.message());
    }
    KeyScan.Page page = KeyScan.page(scan, reply);
    return new ReadResult.Found<>(
        new ScanPage(page.keys(), page.isLast() ? Optional.empty() : Optional.of(page.next())));
  }
}
