import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind, policies, policyNamed } from "../../policies/index.ts";
import { simulate } from "../simulation.ts";
import {
  logging,
  namedPolicies,
  TINY_SERVER,
  tinyRun,
  tinySystem,
  tinyWorkload,
} from "../testing.ts";

type Workload = ReturnType<typeof tinyWorkload>;
type Changes = NonNullable<Parameters<typeof tinySystem>[0]>;

/** What happens, line by line; chunks of 10 bytes. Everything is released at 400, to be had at 500. */
function story(workload: Workload, changes: Changes = {}): string[] {
  const log: string[] = [];
  const synchronisation = {
    method: "swarm-identical",
    superSeeding: true,
    ...changes.synchronisation,
  } as const;
  const system = tinySystem({ ...changes, synchronisation });
  simulate(tinyRun({ system, workload, policies: namedPolicies("origin-only") }), logging(log));
  return log;
}

const released = (...files: readonly number[]) =>
  Object.fromEntries(files.map((file) => [file, 400]));
const two = [{ count: 2 }];

/** Of each file of 60 B: six digests; and its bytes with six requests, headers and one HAVE each. */
const DIGESTS = 6 * 20;
const WIRE = 60 + 6 * 39;

test("each begins at a place of its own, and what it has not had from the server is with the other", () => {
  const workload = tinyWorkload([60, 60, 60, 60], [], {
    released: released(0, 1, 2, 3),
    window: 1400,
  });
  const log = story(workload, { volunteers: two, synchronisation: { batch: 100 } });
  // The server's 10 B/s are shared by two batches of two files, then by their digests alone. The
  // other's 588 B come at 15 B/s, which digests leave of the downlink.
  const first = 500 + (2 * (DIGESTS + WIRE)) / 5;
  assert.is(first, 665.6);
  assert.equal(log, [
    "665.6 volunteer 0 pulled 828 B",
    "665.6 volunteer 1 pulled 828 B",
    "704.8 volunteer 0 took 588 B from volunteer 1",
    "704.8 volunteer 1 took 588 B from volunteer 0",
    "713.6 volunteer 0 pulled 240 B",
    "713.6 volunteer 0 synchronised 4 files in 213.6 s",
    "713.6 volunteer 1 pulled 240 B",
    "713.6 volunteer 1 synchronised 4 files in 213.6 s",
  ]);
});

test("who finds that all is coming to another waits for it, and then has it from there", () => {
  const workload = tinyWorkload([60, 60], [], { released: released(0, 1), window: 1400 });
  const log = story(workload, { volunteers: two, synchronisation: { batch: 1000 } });
  assert.equal(log, [
    `${500 + 82.8} volunteer 0 pulled 828 B`,
    `${500 + 82.8} volunteer 0 synchronised 2 files in 82.8 s`,
    // Its digests take 24 s of half its downlink, and what is left of the 588 B then 17.4 s of all of it.
    "606.8 volunteer 1 pulled 240 B",
    "624.2 volunteer 1 took 588 B from volunteer 0",
    "624.2 volunteer 1 synchronised 2 files in 124.2 s",
  ]);
});

test("content that is in the batch already comes once, and is linked afterwards", () => {
  const workload = tinyWorkload([60, 60], [], { released: released(0, 1), twins: { 1: 0 } });
  const sums = (method: "swarm" | "swarm-identical") =>
    story(workload, { synchronisation: { batch: 1000, method } })
      .filter((line) => line.includes("pulled"))
      .map((line) => Number(/pulled (\S+) B/.exec(line)?.[1]));
  // A lone volunteer has nobody to tell of a chunk: 30 B a chunk and not 39.
  assert.equal(sums("swarm"), [2 * (DIGESTS + 60 + 6 * 30)]);
  assert.equal(sums("swarm-identical"), [DIGESTS + 60 + 6 * 30, 20]);
});

test("a long file is a swarm of its own, which a server that super-seeds gives one copy", () => {
  const workload = tinyWorkload([1000], [], { released: released(0), window: 9000 });
  const server = { ...TINY_SERVER, uplink: 100 };
  const pulled = (superSeeding: boolean) =>
    story(workload, { volunteers: two, server, synchronisation: { batch: 100, superSeeding } })
      .map((line) => Number(/pulled (\S+) B/.exec(line)?.[1] ?? 0))
      .reduce((sum, bytes) => sum + bytes, 0);
  // 100 chunks: digests for both, and the bytes with requests and headers for the first.
  assert.is(pulled(true), 2 * 2000 + 1000 + 100 * 30);
  assert.ok(pulled(false) > pulled(true) + 100);
});

test("a server that does not super-seed fills what the holders leave of the receiver's downlink", () => {
  const workload = tinyWorkload([60, 60], [], { released: released(0, 1) });
  const ofServer = (superSeeding: boolean) =>
    story(workload, {
      volunteers: [{}, { downlink: 30 }],
      synchronisation: { batch: 1000, superSeeding },
    }).find((line) => line.includes("volunteer 1 pulled"));
  assert.match(ofServer(true) ?? "", "pulled 240 B");
  // The holder can give 20 of 30 B/s, and the server the 10 that are left: a third.
  assert.match(ofServer(false) ?? "", `pulled ${240 + 588 / 3} B`);
});

test("a manifest of changes is walked and sent for what is new alone", () => {
  const workload = tinyWorkload([60, 60, 60, 60], [], { released: released(0) });
  const began = (manifest: "full" | "changes") =>
    story(workload, { synchronisation: { walk: 100, list: 800, manifest } })[0];
  // 80 s for the list, and the walk takes longer; a quarter of both.
  assert.is(began("full"), "580 volunteer 0 pulled 800 B");
  assert.is(began("changes"), "520 volunteer 0 pulled 200 B");
});

test("a volunteer that announces what it has completed is sent to at once", () => {
  const sentTo = (completed: boolean, at: number) => {
    const log: string[] = [];
    const workload = tinyWorkload([60], [[at, 0, 0]], { released: released(0) });
    const system = tinySystem({
      synchronisation: { method: "swarm" },
      tracker: { completed, interval: 5000, timeout: 6000 },
    });
    simulate(tinyRun({ system, workload }), logging(log));
    return log.find((line) => line.includes("request 0 to"));
  };
  // 360 B at 10 B/s, from 500 on.
  assert.is(sentTo(true, 537), "537 request 0 to volunteer 0");
  assert.is(sentTo(true, 535), "535 request 0 to server");
  assert.is(sentTo(false, 537), "537 request 0 to server");
});

test("pushed, a release that comes while another is fetched is put in its own order behind it", () => {
  const log: string[] = [];
  const at = { 0: 400, 1: 400, 2: 450, 3: 450 };
  const workload = tinyWorkload([60, 60, 60, 60], [], { released: at });
  const system = tinySystem({
    volunteers: two,
    synchronisation: { method: "swarm", batch: 50, superSeeding: true },
  });
  const pushed = () => bind(policyNamed(policies.sync, "pushed"));
  simulate(
    tinyRun({ system, workload, policies: { ...namedPolicies("origin-only"), sync: pushed } }),
    logging(log),
  );
  const sum = (pattern: RegExp) =>
    log.reduce((total, line) => total + Number(pattern.exec(line)?.[1] ?? 0), 0);
  // Long files all: each leaves the server once, and comes to the other from who is getting it.
  assert.is(sum(/pulled (\S+) B/), 8 * DIGESTS + 4 * (60 + 6 * 30));
});

test.run();
