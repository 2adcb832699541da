package io.regionsnap.adapters.upstash;

import io.regionsnap.adapters.upstash.Reads.Scripts;
import io.regionsnap.ports.CommitResult;
import io.regionsnap.ports.Query;
import io.regionsnap.ports.ReadResult;
import io.regionsnap.ports.Scan;
import io.regionsnap.ports.ScanPage;
import io.regionsnap.ports.StoreDiagnostics;
import io.regionsnap.ports.StoreRefusal;
import io.regionsnap.ports.Transaction;
import io.regionsnap.ports.TransactionalStore;
import io.regionsnap.redis.dialect.CommitMode;
import io.regionsnap.redis.dialect.ScriptAnswer;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * A store on Upstash, or on a server that speaks its REST API.
 *
 * <p><b>Atomicity.</b> In {@link CommitMode#SCRIPT} every transaction is one script call, after
 * everything that could fail has been checked; the calls of a batch go in one {@code /multi-exec}
 * and land at one instant. In {@link CommitMode#MULTI_EXEC} the reads go in one request and the
 * plain commands in the next. There is no WATCH over REST, so a writer outside of this store who
 * changes a key between the two is not noticed: guards may hold no more, and a command that meets a
 * key of another kind fails while its neighbours stay ({@link CommitResult.Torn}). Use it where
 * nobody else writes, or where scripts are refused. Commands that the network delivers late, or
 * twice, do nothing at all ({@link io.regionsnap.redis.dialect.Fence}): they need a key that was
 * put up with the reads, that they take away themselves, and that the store takes away before it
 * reads again. A server without {@code /multi-exec} is refused; nothing is ever written otherwise.
 *
 * <p><b>What plain commands take.</b> A snapshot is some 35 commands, the reads among them, each of
 * which Upstash bills, and a copy of its region's index; a script call counts as EVAL and what it
 * calls. The token must allow TIME, GET, STRLEN, TYPE, ZREVRANGE, ZSCORE, ZRANGEBYSCORE, SET, COPY,
 * DEL, RENAME, RENAMENX, PEXPIRE, PEXPIREAT, ZADD, ZREM, ZREMRANGEBYSCORE and SUNIONSTORE, and for
 * repairs PERSIST. The name of the fence's key begins with that of a key which is written, for
 * tokens that are bound to some keys.
 *
 * <p><b>Batches.</b> One request, unless that would be larger than
 * {@link UpstashOptions#maxRequestBytes}: then several, one after the other, split between
 * transactions and never inside one. After one that is in doubt or turned away, the rest is not
 * sent.
 *
 * <p><b>Results.</b> What fails before the first byte of a request has left is
 * {@link StoreRefusal.Unavailable}. What the server turned away, or said that it discarded, is not
 * applied. Everything else but a whole and well-formed answer is {@link CommitResult.InDoubt}.
 * Nothing is ever sent a second time, except where the server said that it ran nothing.
 *
 * <p><b>Values</b> that are not valid UTF-8 are rejected: a request is JSON. Values are read byte
 * for byte, whatever they are.
 *
 * <p><b>Consistency.</b> A thread reads what it wrote, by Upstash's sync token. The store is one
 * client to the server: of writes that several threads make at the same moment, one may be read
 * late by another thread.
 */
public final class UpstashStore implements TransactionalStore, StoreDiagnostics {
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  private final UpstashOptions options;
  private final Rest rest;
  private final ScriptCommits scripts;
  private final PlainCommits plain;
  private final Reads reads;
  private final Scans scans;
  private final Diagnostics diagnostics;

  private final AtomicBoolean told = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  private volatile Scripts found = Scripts.UNKNOWN;

  /** What the server said when it would run no script; empty while it has not. */
  private volatile String refusal = "";

  private UpstashStore(Rest rest, UpstashOptions options) {
    this.options = options;
    this.rest = rest;
    Conversation conversation = new Conversation(rest, options, this::rememberRefusal);
    this.scripts = new ScriptCommits(rest, options);
    this.plain = new PlainCommits(rest, conversation, options);
    this.reads = new Reads(conversation);
    this.scans = new Scans(conversation);
    this.diagnostics = new Diagnostics(conversation, options);
  }

  /**
   * Opens a store. Does not connect and does not block: whether the server can be reached is
   * answered by the first call that needs it.
   *
   * @param url the REST URL, {@code https://HOST}; {@code http://} only to this machine, unless the
   *     options allow more
   * @param token the REST token; kept to itself, and sent in a header only
   * @param options how to use it
   * @return the store; to be closed
   * @throws IllegalArgumentException if the URL or the token cannot be used; the message shows
   *     neither credentials nor the token
   */
  public static UpstashStore open(URI url, String token, UpstashOptions options) {
    Endpoint endpoint = Endpoint.parse(url, options.allowPlainHttp());
    if (!TOKEN.matcher(token).matches() || token.matches("([\"']).*\\1")) {
      throw new IllegalArgumentException(
          "the token is empty, in quotes, or holds characters that no"
              + " token has, such as blanks; copy it as the console of Upstash shows it");
    }
    return new UpstashStore(new Rest(endpoint, token, options), options);
  }

  @Override
  public List<CommitResult> commit(List<Transaction> transactions) {
    requireOpen();
    CommitResult[] results = new CommitResult[transactions.size()];
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      left.add(i);
    }
    if (mayUseScripts() && !left.isEmpty()) {
      left = commitScripts(transactions, results);
    }
    if (!left.isEmpty()) {
      tell();
      List<CommitResult> plainly =
          plain.commit(left.stream().map(transactions::get).toList());
      for (int i = 0; i < left.size(); i++) {
        results[left.get(i)] = plainly.get(i);
      }
    }
    return Arrays.stream(results).map(Advice::with).toList();
  }

  /** Sends scripts, and returns the places of those that plain commands have to do. */
  private List<Integer> commitScripts(List<Transaction> transactions, CommitResult[] results) {
    List<ScriptAnswer> answers = scripts.commit(transactions);
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      if (answers.get(i) instanceof ScriptAnswer.Decided decided) {
        results[i] = decided.result();
        if (results[i] instanceof CommitResult.Applied) {
          rememberThatScriptsRun();
        }
      } else {
        String message = ((ScriptAnswer.Refused) answers.get(i)).message();
        results[i] = new CommitResult.NotApplied(new StoreRefusal.Rejected(message));
        if (options.mode() == CommitMode.AUTO) {
          left.add(i);
          rememberRefusal(message);
        }
      }
    }
    return left;
  }

  private boolean mayUseScripts() {
    return scripts() != Scripts.REFUSED;
  }

  private Scripts scripts() {
    return switch (options.mode()) {
      case SCRIPT -> Scripts.RUN;
      case MULTI_EXEC -> Scripts.REFUSED;
      case AUTO -> found;
    };
  }

  private void rememberRefusal(String message) {
    refusal = message;
    found = Scripts.REFUSED;
  }

  private void rememberThatScriptsRun() {
    if (found == Scripts.UNKNOWN) {
      found = Scripts.RUN;
    }
  }

  private void tell() {
    if (!refusal.isEmpty() && told.compareAndSet(false, true)) {
      try {
        options.listener().scriptsRefused(refusal);
      } catch (RuntimeException e) {
        // A listener's failure is its own: what it is told of stays as it is.
        LoggerFactory.getLogger(UpstashStore.class).warn("a listener failed", e);
      }
    }
  }

  @Override
  public <T> List<ReadResult<T>> read(List<? extends Query<T>> queries) {
    requireOpen();
    List<ReadResult<T>> results = reads.read(queries, scripts());
    if (Reads.areAllToFollow(queries)
        && results.stream().anyMatch(ReadResult.Found.class::isInstance)) {
      rememberThatScriptsRun();
    }
    return results;
  }

  @Override
  public ReadResult<ScanPage> scan(Scan scan) {
    requireOpen();
    return scans.scan(scan);
  }

  /** Plain commands are strict only as long as nobody else writes. */
  @Override
  public List<CommitWay> commitWays() {
    CommitWay script =
        new CommitWay("script", new UpstashStore(rest, options.withMode(CommitMode.SCRIPT)), "");
    CommitWay plainly = new CommitWay(
        "multi-exec",
        new UpstashStore(rest, options.withMode(CommitMode.MULTI_EXEC)),
        "wholly or not at all only as long as nobody else writes between two requests");
    return switch (options.mode()) {
      case SCRIPT -> List.of(script);
      case MULTI_EXEC -> List.of(plainly);
      case AUTO -> List.of(script, plainly);
    };
  }

  @Override
  public List<Check> check(List<KeyGroup> groups) {
    requireOpen();
    return diagnostics.check(groups);
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the store " + rest + " is closed");
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      rest.close();
    }
  }

  /** Where the store is and how it commits; never the token. */
  @Override
  public String toString() {
    return "UpstashStore[" + rest + ", " + options.mode() + "]";
  }
}
