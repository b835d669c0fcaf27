import { test } from "uvu";
import * as assert from "uvu/assert";
import { similarityFrom } from "../rsync/similarity.ts";
import { rsyncTransfer } from "../rsync/transfer.ts";
import { simulate } from "../simulation.ts";
import type { SyncMethod } from "../system.ts";
import {
  logging,
  namedPolicies,
  TINY_SERVER,
  tinyRun,
  tinySystem,
  tinyWorkload,
} from "../testing.ts";

type Workload = ReturnType<typeof tinyWorkload>;
type Changes = Parameters<typeof tinySystem>[0];

/** What happens, line by line; chunks of 10 bytes. */
function story(method: SyncMethod, workload: Workload, changes: Changes = {}): string[] {
  const log: string[] = [];
  const synchronisation = { method, ...changes?.synchronisation };
  const system = tinySystem({ ...changes, synchronisation });
  const policies = namedPolicies("origin-only");
  simulate(tinyRun({ system, workload, policies }), logging(log));
  return log;
}

/** Digits enough for sums made by hand. */
const rounded = (value: number) => Math.round(value * 1e6) / 1e6;

const half = similarityFrom({ block: 10, share: 0.5 }, { block: 100, share: 0.5 }, 1e6);
const two = { volunteers: [{ count: 2 }] };
/** One file, released at 400, to be had at 500. */
const one = (size: number, window = 900) =>
  tinyWorkload([size], [], { released: { 0: 400 }, window });

test("rsync without a basis sends an empty signature up, then the whole file down", () => {
  // 5 B of request and 16 of signature at 20 B/s; then the delta at the server's 10.
  const { upBytes, downBytes } = rsyncTransfer({ size: 100, basis: null, blockLength: 10 });
  assert.is(upBytes, 21);
  const log = story("rsync", one(100));
  assert.equal(log.slice(0, 3), [
    "501.05 volunteer 0 returned 21 B",
    `${rounded(501.05 + downBytes / 10)} volunteer 0 pulled ${downBytes} B`,
    `${rounded(501.05 + downBytes / 10)} volunteer 0 synchronised 1 files in ${rounded(1.05 + downBytes / 10)} s`,
  ]);
});

test("rsync opens its session with five round trips", () => {
  const log = story("rsync", one(100), { synchronisation: { rtt: 2 } });
  assert.is(log[0], "511.05 volunteer 0 returned 21 B");
});

test("rsync finds an earlier version under another name with --fuzzy only", () => {
  const versions = { released: { 1: 400 }, earlier: { 1: { file: 0, likeness: half } } };
  const workload = tinyWorkload([100, 100], [], { ...versions, window: 900 });
  const plain = rsyncTransfer({ size: 100, basis: null, blockLength: 10 });
  const fuzzy = rsyncTransfer({ size: 100, basisSize: 100, basis: half, blockLength: 10 });
  assert.is(fuzzy.literalBytes, 50);
  assert.match(story("rsync", workload)[1], `pulled ${plain.downBytes} B`);
  const found = story("rsync", workload, { synchronisation: { fuzzy: true } });
  assert.match(found[0], `returned ${fuzzy.upBytes} B`);
  assert.match(found[1], `pulled ${rounded(fuzzy.downBytes)} B`);
});

test("in a swarm a lone volunteer fetches from the server: bytes, digests and requests", () => {
  // 10 chunks: 10 digests of 20 B, and for each chunk a request and a header, 30 B.
  assert.equal(story("swarm", one(100)).slice(0, 2), [
    "560 volunteer 0 pulled 600 B",
    "560 volunteer 0 synchronised 1 files in 60 s",
  ]);
});

test("who comes later takes all but the digests from who holds the file", () => {
  const spread = { ...two, synchronisation: { spread: 400 } };
  // Starts: 500 + 400 · 0.25 and 500 + 400 · 0.75; the first has the file at 660.
  const log = story("swarm", one(100), spread);
  assert.equal(log, [
    "660 volunteer 0 pulled 600 B",
    "660 volunteer 0 synchronised 1 files in 60 s",
    // 200 B of digests, and 100 B with 39 a chunk for requests and one HAVE: 490. They share the
    // downlink of 20 B/s for 20 s; the 290 B that are left then take 14.5 s.
    "820 volunteer 1 pulled 200 B",
    "834.5 volunteer 1 took 490 B from volunteer 0",
    "834.5 volunteer 1 synchronised 1 files in 34.5 s",
  ]);
});

test("two that start together share: the server sends fewer than two copies", () => {
  const log = story("swarm", one(10_000, 20_000), two);
  const bytes = (pattern: RegExp) =>
    log.reduce((sum, line) => sum + Number(pattern.exec(line)?.[1] ?? 0), 0);
  const pulled = bytes(/pulled (\S+) B/);
  const taken = bytes(/took (\S+) B/);
  assert.ok(taken > 0, log.join("\n"));
  // Digests and overhead of both: 50 B a chunk for the first, 59 for the second, who has a neighbour.
  assert.ok(Math.abs(pulled + taken - (2 * 10_000 + 1000 * (50 + 59))) < 1);
});

test("nobody has a file before the one it waits for", () => {
  // Volunteer 1 downloads faster than volunteer 0, its only source.
  const volunteers = [{ downlink: 2 }, { downlink: 100 }];
  const times = story("swarm", one(1000, 9000), {
    volunteers,
    server: { ...TINY_SERVER, uplink: 100 },
  })
    .filter((line) => line.includes("synchronised 1 files"))
    .map((line) => [line.split(" ")[2], Number(line.split(" ")[0])] as const);
  const ended = new Map(times);
  assert.is(ended.size, 2);
  assert.ok(Number(ended.get("1")) >= Number(ended.get("0")));
});

test("content known under another name is linked by swarm-identical, fetched by swarm", () => {
  const twins = { released: { 1: 400 }, twins: { 1: 0 }, window: 900 };
  const workload = tinyWorkload([100, 100], [], twins);
  assert.match(story("swarm", workload)[0], "pulled 600 B");
  assert.equal(story("swarm-identical", workload).slice(0, 2), [
    "502 volunteer 0 pulled 20 B", // One digest.
    "502 volunteer 0 synchronised 1 files in 2 s",
  ]);
});

test("swarm-similar fetches only the chunks that the earlier version lacks", () => {
  const versions = { released: { 1: 400 }, earlier: { 1: { file: 0, likeness: half } } };
  const workload = tinyWorkload([100, 100], [], { ...versions, window: 900 });
  // Digests 10 · 20, rolling checksums 16 + 10 · 4; five chunks of 10 B with 30 B each: 256 + 200.
  assert.match(story("swarm-similar", workload)[0], "545.6 volunteer 0 pulled 456 B");
  assert.match(story("swarm-identical", workload)[0], "560 volunteer 0 pulled 600 B");
});

test("a mirror that covers a file covers its next version", () => {
  const earlier = Object.fromEntries(
    Array.from({ length: 50 }, (_, i) => [50 + i, { file: i, likeness: half }]),
  );
  const released = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [50 + i, 400]));
  const sizes = new Array<number>(100).fill(100);
  const workload = tinyWorkload(sizes, [], { released, earlier, window: 4000 });
  const partial = { volunteers: [{ coverage: 0.5 }] };
  const pulled = story("swarm-similar", workload, partial).filter((l) => l.includes("pulled"));
  assert.ok(pulled.length > 10 && pulled.length < 40);
  for (const line of pulled) assert.match(line, "pulled 456 B"); // All have their basis.
});

test.run();
