// What the official client does with the REST server for tests, with base64 and without.
// UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN and READ_ONLY_TOKEN name the server; its database is emptied.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Redis } from "@upstash/redis";

const url = process.env.UPSTASH_REDIS_REST_URL;
const token = process.env.UPSTASH_REDIS_REST_TOKEN;

const connect = (options = {}) =>
  new Redis({ url, token, enableTelemetry: false, automaticDeserialization: false, retry: false, ...options });

const NOT_ASCII = 'Türkiye, مصر, 台灣, "quoted", \u0001, 🌍';

beforeEach(() => connect().flushdb());

for (const responseEncoding of ["base64", false]) {
  const name = responseEncoding ? "base64" : "plain";
  const redis = connect({ responseEncoding });

  test(`${name}: set and get`, async () => {
    assert.equal(await redis.set("key", NOT_ASCII, { ex: 100 }), "OK");
    assert.equal(await redis.get("key"), NOT_ASCII);
    assert.equal(await redis.ttl("key"), 100);
    assert.equal(await redis.get("none"), null);
  });

  test(`${name}: a type name, which is a status other than OK`, async () => {
    await redis.set("key", "x");
    assert.equal(await redis.type("key"), "string");
    assert.equal(await redis.ping(), "PONG");
  });

  test(`${name}: set unless it is there`, async () => {
    assert.equal(await redis.set("key", "first", { nx: true }), "OK");
    assert.equal(await redis.set("key", "second", { nx: true }), null);
    assert.equal(await redis.get("key"), "first");
  });

  test(`${name}: sorted sets keep their scores`, async () => {
    assert.equal(await redis.zadd("index", { score: 1787184007093, member: "a" }, { score: 2, member: "b" }), 2);
    assert.deepEqual(await redis.zrange("index", 0, -1), ["b", "a"]);
    assert.deepEqual((await redis.zrange("index", 0, -1, { withScores: true })).map(String), [
      "b",
      "2",
      "a",
      "1787184007093",
    ]);
    assert.equal(await redis.zremrangebyscore("index", 0, 2), 1);
  });

  test(`${name}: a list of values, some of which are missing`, async () => {
    await redis.mset({ a: "1", b: "two" });
    assert.deepEqual(await redis.mget("a", "none", "b"), ["1", null, "two"]);
  });

  test(`${name}: eval`, async () => {
    const script = "redis.call('SET', KEYS[1], ARGV[1]); return {ARGV[1], redis.call('STRLEN', KEYS[1])}";
    const [written, length] = await redis.eval(script, ["key"], [NOT_ASCII]);
    assert.equal(written, NOT_ASCII);
    assert.equal(length, Buffer.byteLength(NOT_ASCII));
  });

  test(`${name}: script load and evalsha`, async () => {
    const hash = await redis.scriptLoad("return KEYS[1]");
    assert.match(hash, /^[0-9a-f]{40}$/);
    assert.equal(await redis.evalsha(hash, ["key"], []), "key");
    await assert.rejects(redis.evalsha("0".repeat(40), [], []), /NOSCRIPT/);
  });

  test(`${name}: pipeline`, async () => {
    const results = await redis.pipeline().set("key", "1").incr("key").get("key").del("none").exec();
    assert.deepEqual(results, ["OK", 2, "2", 0]);
  });

  test(`${name}: an error inside a pipeline leaves its neighbours`, async () => {
    await redis.set("text", "x");
    const results = await redis
      .pipeline()
      .set("a", "1")
      .zadd("text", { score: 1, member: "m" })
      .set("b", "2")
      .exec({ keepErrors: true });
    assert.equal(results[0].result, "OK");
    assert.match(results[1].error, /^WRONGTYPE /);
    assert.equal(results[2].result, "OK");
    assert.deepEqual(await redis.mget("a", "b"), ["1", "2"]);
  });

  test(`${name}: multi`, async () => {
    const results = await redis.multi().set("key", NOT_ASCII).get("key").zadd("index", { score: 1, member: "m" }).exec();
    assert.deepEqual(results, ["OK", NOT_ASCII, 1]);
  });

  test(`${name}: an error while a transaction runs leaves its neighbours`, async () => {
    await redis.set("text", "x");
    await assert.rejects(
      redis.multi().set("a", "1").zadd("text", { score: 1, member: "m" }).set("b", "2").exec(),
      /WRONGTYPE /,
    );
    assert.deepEqual(await redis.mget("a", "b"), ["1", "2"]);
  });

  test(`${name}: a transaction that is discarded leaves nothing`, async () => {
    await assert.rejects(
      redis.multi().set("a", "1").del().exec(),
      /ERR wrong number of arguments for 'del' command/,
    );
    assert.equal(await redis.exists("a"), 0);
  });

  test(`${name}: eval inside a transaction`, async () => {
    const results = await redis.multi().set("a", "1").eval("return redis.call('INCR', KEYS[1])", ["a"], []).exec();
    assert.deepEqual(results, ["OK", 2]);
  });

  test(`${name}: a read sees the write before it`, async () => {
    for (let i = 0; i < 20; i++) {
      await redis.set("key", String(i));
      assert.equal(await redis.get("key"), String(i));
    }
  });
}

test("a wrong token", async () => {
  await assert.rejects(connect({ token: "wrong" }).get("key"), /WRONGPASS invalid or missing auth token/);
});

test("a read-only token", async () => {
  await connect().set("key", "x");
  const reader = connect({ token: process.env.READ_ONLY_TOKEN });
  assert.equal(await reader.get("key"), "x");
  await assert.rejects(reader.set("key", "y"), /NOPERM this user has no permissions to run the 'set' command/);
  await assert.rejects(reader.keys("*"), /NOPERM .*'keys'/);
  await assert.rejects(reader.scan("0"), /NOPERM .*'scan'/);
});

test("a raw MULTI, which REST does not offer", async () => {
  await assert.rejects(connect().exec(["MULTI"]), /ERR Command is not available: 'MULTI'/);
});
