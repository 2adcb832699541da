package io.regionsnap.proof.redis;

import io.regionsnap.testkit.redis.RespClient;
import java.util.List;

/** Takes from the store's user what it needs, and gives it back. Not thread-safe. */
final class UserFaults {
  private static final List<String> COMMANDS =
      List.of("set", "zadd", "pexpireat", "zremrangebyscore", "del");

  private final RespClient client;

  /** The client may do everything; the caller closes it. */
  UserFaults(RespClient client) {
    this.client = client;
  }

  /** One command of those that write is forbidden and nothing else, or scripts as a whole are. */
  void forbid(int where) {
    int which = where % (COMMANDS.size() + 1);
    if (which < COMMANDS.size()) {
      change("-" + COMMANDS.get(which));
    } else {
      change("-eval", "-evalsha");
    }
  }

  /** One command is refused when it is queued, or every command that takes memory is. */
  void refuseInQueue(int where) {
    int which = where % (COMMANDS.size() + 1);
    if (which < COMMANDS.size()) {
      change("-" + COMMANDS.get(which));
    } else {
      client.call("CONFIG", "SET", "maxmemory", "1");
    }
  }

  /** Everything is allowed and there is memory again. */
  void allow() {
    client.call("CONFIG", "SET", "maxmemory", "0");
    change("+@all");
  }

  /** The password is another, and who is there has to tell it again. */
  void changePassword() {
    change("resetpass", ">another");
    client.call("CLIENT", "KILL", "USER", RedisBench.USER);
  }

  /** The password is the one that the store knows. */
  void changePasswordBack() {
    change("resetpass", ">" + RedisBench.PASSWORD);
  }

  private void change(String rule) {
    client.call("ACL", "SETUSER", RedisBench.USER, rule);
  }

  private void change(String first, String second) {
    client.call("ACL", "SETUSER", RedisBench.USER, first, second);
  }
}
