package io.regionsnap.testkit.rest;

import static io.regionsnap.testkit.rest.RestRefusal.errorReply;

import io.regionsnap.ports.Value;
import io.regionsnap.testkit.redis.RespClient;
import io.regionsnap.testkit.redis.RespError;
import io.regionsnap.testkit.rest.Commands.Ended;
import io.regionsnap.testkit.rest.Commands.Failure;
import io.regionsnap.testkit.rest.RedisSide.User;
import io.regionsnap.testkit.rest.RestOptions.Base64;
import io.regionsnap.testkit.rest.RestOptions.MultiExec;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The REST API: from a request to its reply, with the commands run in between. Thread-safe. */
final class RestApi implements AutoCloseable {
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT");

  private final RestOptions options;
  private final Tokens tokens;
  private final RedisSide primary;
  private final Optional<RedisSide> replica;
  private final CommandTable table;
  private final Commands commands;
  private final SyncTokens syncTokens = new SyncTokens();

  RestApi(URI redis, RestOptions options, Tokens tokens) {
    this.options = options;
    this.tokens = tokens;
    this.primary = new RedisSide(redis);
    this.replica = options.replica().map(RedisSide::new);
    this.table = primary.call(User.OWNER, CommandTable::of);
    this.commands = new Commands(table, options.maxRecordBytes());
  }

  List<String> issuedSyncTokens() {
    return syncTokens.issued();
  }

  /** Whether it is too large even to be refused. */
  boolean drops(RestRequest request) {
    return request.body().size() > options.droppedAboveBytes();
  }

  RestReply answer(RestRequest request) {
    RestReply reply = replyTo(request);
    return reply.withHeader(SyncTokens.HEADER, syncTokens.issue());
  }

  private RestReply replyTo(RestRequest request) {
    try {
      return route(request, admit(request));
    } catch (RestRefusal e) {
      return e.reply();
    } catch (UncheckedIOException | RespError e) {
      return errorReply(500, "ERR the database behind this server does not answer");
    }
  }

  private User admit(RestRequest request) {
    User user = tokens
        .userOf(request)
        .orElseThrow(() -> RestRefusal.error(401, "WRONGPASS invalid or missing auth token"));
    if (!METHODS.contains(request.method())) {
      throw RestRefusal.error(405, "ERR method not allowed: " + request.method());
    }
    int size = request.body().size();
    if (size > options.maxRequestBytes()) {
      throw RestRefusal.error(
          options.tooLargeStatus(),
          "ERR max request size exceeded. Limit: " + options.maxRequestBytes() + " bytes, Actual: "
              + size + " bytes");
    }
    return user == User.OWNER && !options.permitsScripts() ? User.SCRIPTLESS : user;
  }

  private RestReply route(RestRequest request, User user) {
    return switch (request.path()) {
      case "/" -> one(request, user, RestCommand.parse(jsonBody(request)));
      case "/pipeline" -> pipeline(request, user);
      case "/multi-exec" -> multiExec(request, user);
      default -> one(request, user, PathStyle.command(request));
    };
  }

  private static byte[] jsonBody(RestRequest request) {
    if (!request.method().equals("POST")) {
      throw RestRefusal.error(405, "ERR method not allowed: " + request.method());
    }
    if (!request.header("content-type").equals(Optional.of("application/json"))) {
      throw RestRefusal.error(400, "ERR the content type must be exactly application/json");
    }
    return request.body().toByteArray();
  }

  private RestReply one(RestRequest request, User user, RestCommand command) {
    List<RestCommand> alone = allowed(List.of(command));
    Object reply =
        on(request, user, alone, redis -> commands.runEach(redis, alone)).get(0);
    int status = reply instanceof Failure ? 400 : 200;
    return RestReply.json(status, Value.copyOf(writer(request).one(reply)));
  }

  private RestReply pipeline(RestRequest request, User user) {
    List<RestCommand> all = allowed(RestCommand.parseAll(jsonBody(request)));
    return results(
        request,
        options.reconnects()
            ? all.stream().map(command -> alone(request, user, command)).toList()
            : on(request, user, all, redis -> commands.runEach(redis, all)));
  }

  private @Nullable Object alone(RestRequest request, User user, RestCommand command) {
    List<RestCommand> alone = List.of(command);
    try {
      return on(request, user, alone, redis -> commands.runEach(redis, alone)).get(0);
    } catch (UncheckedIOException e) {
      return new Failure("ERR the connection to the database was lost");
    }
  }

  private RestReply multiExec(RestRequest request, User user) {
    if (options.multiExec() == MultiExec.ABSENT) {
      return RestReply.text(404, "Not Found");
    }
    List<RestCommand> all = allowed(RestCommand.parseAll(jsonBody(request)));
    if (options.multiExec() == MultiExec.BROKEN) {
      return errorReply(500, "multi.sendCommand is not a function");
    }
    boolean terse = options.multiExec() == MultiExec.EMPTY_500_AFTER_ERROR;
    Ended ended = on(request, user, all, redis -> commands.runAtomically(redis, all));
    return (terse ? ended.verdict() : ended.cause())
        .map(message -> errorReply(options.discardStatus(), message))
        .orElseGet(() -> terse && ended.replies().stream().anyMatch(RespError.class::isInstance)
            ? new RestReply(500, Map.of(), Value.utf8(""))
            : results(request, ended.replies()));
  }

  private List<RestCommand> allowed(List<RestCommand> all) {
    for (RestCommand command : all) {
      if (!options.allows(command)) {
        throw RestRefusal.error(403, "Command not allowed: " + command.name());
      }
    }
    return all;
  }

  /** Works with the Redis that serves such a request, and takes note of writes. */
  private <T> T on(
      RestRequest request, User user, List<RestCommand> all, Function<RespClient, T> work) {
    boolean onlyReads = all.stream().allMatch(table::isRead);
    boolean mayLag = onlyReads && !syncTokens.coversLastWrite(request.header(SyncTokens.HEADER));
    try {
      return (mayLag ? replica.orElse(primary) : primary).call(user, work);
    } finally {
      if (!onlyReads) {
        syncTokens.wrote();
      }
    }
  }

  private RestReply results(RestRequest request, List<?> replies) {
    return RestReply.json(200, Value.copyOf(writer(request).all(replies)));
  }

  private ResultWriter writer(RestRequest request) {
    boolean asked = request.header("upstash-encoding").equals(Optional.of("base64"));
    return new ResultWriter(asked ? options.base64() : Base64.IGNORED);
  }

  @Override
  public void close() {
    primary.close();
    replica.ifPresent(RedisSide::close);
  }
}
