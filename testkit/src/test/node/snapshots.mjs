// Snapshots as the official client sees and writes them, in either key layout:
//   node snapshots.mjs latest REGION [tagged|worldmonitor]         prints the document that the pointer names
//   node snapshots.mjs write-old-way FILE [tagged|worldmonitor]    the six commands in one pipeline
// UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN name the server.
import { readFileSync } from "node:fs";
import { Redis } from "@upstash/redis";

const RETENTION_SECONDS = 90 * 24 * 60 * 60;

const LAYOUTS = {
  tagged: {
    byTime: (region, time) => `snapshot:ts:{${region}}:${time}`,
    byId: (region, id) => `snapshot:id:{${region}}:${id}`,
    pointer: (region) => `snapshot:latest:{${region}}`,
    index: (region) => `snapshot:index:{${region}}`,
    live: (region) => `snapshot:live:{${region}}`,
  },
  worldmonitor: {
    byTime: (region, time) => `intelligence:snapshot:v1:${region}:${time}`,
    byId: (region, id) => `intelligence:snapshot-by-id:v1:${id}`,
    pointer: (region) => `intelligence:snapshot:v1:${region}:latest`,
    index: (region) => `intelligence:snapshot-index:v1:${region}`,
    live: (region) => `intelligence:snapshot:v1:${region}:live`,
  },
};

async function latest(redis, keys, region) {
  const id = await redis.get(keys.pointer(region));
  const document = id === null ? null : await redis.get(keys.byId(region, id));
  if (document === null) {
    throw new Error(`no latest snapshot of ${region}`);
  }
  process.stdout.write(document);
}

async function writeOldWay(redis, keys, file) {
  const document = readFileSync(file, "utf8");
  const { region_id: region, generated_at: time, meta } = JSON.parse(document);
  await redis
    .pipeline()
    .set(keys.byTime(region, time), document, { ex: RETENTION_SECONDS })
    .set(keys.byId(region, meta.snapshot_id), document, { ex: RETENTION_SECONDS })
    .set(keys.pointer(region), meta.snapshot_id, { ex: RETENTION_SECONDS })
    .zadd(keys.index(region), { score: time, member: meta.snapshot_id })
    .zremrangebyscore(keys.index(region), 0, time - RETENTION_SECONDS * 1000)
    .del(keys.live(region))
    .exec();
}

const [command, argument, layout = "worldmonitor"] = process.argv.slice(2);
const actions = { latest, "write-old-way": writeOldWay };
if (!(command in actions) || argument === undefined || !(layout in LAYOUTS)) {
  console.error("usage: node snapshots.mjs latest REGION | write-old-way FILE [tagged|worldmonitor]");
  process.exit(2);
}
await actions[command](
  Redis.fromEnv({ automaticDeserialization: false, enableTelemetry: false }),
  LAYOUTS[layout],
  argument,
);
