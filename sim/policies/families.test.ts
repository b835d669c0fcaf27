import { test } from "uvu";
import * as assert from "uvu/assert";
import { FAMILY_KEYS, families, familyOf, NO_PIECE, policies, SERVER, SWARM } from "./index.ts";
import type { Rules } from "./rules.ts";
import { candidate, dispatchView } from "./testing.ts";

test("each family stands under its key, and its members under that in the table of policies", () => {
  for (const key of FAMILY_KEYS) {
    assert.is(familyOf(key).key, key);
    assert.is(policies[key], families[key].members);
  }
  const keys = ["dispatch", "wrapper", "replication", "eviction", "sync", "trust", "handout"];
  assert.equal(Object.keys(policies), [...keys, "pieces", "choking", "chunkSize"]);
});

test("a policy that decides where none is named is a member", () => {
  const named = FAMILY_KEYS.map(familyOf).flatMap(({ key, members, whenAbsent }) => {
    if (whenAbsent === "required" || "host" in whenAbsent) return [];
    assert.ok(members.some(({ name }) => name === whenAbsent.policy));
    return [`${key}: ${whenAbsent.policy}`];
  });
  assert.equal(named, ["eviction: nothing", "trust: none"]);
});

const reason = "test";
const UNLIMITED = Number.POSITIVE_INFINITY;

/** For each family a view, decisions that its host can act on, and others with what is wrong. */
function decides<View, Decision, Event>(
  name: string,
  rules: Rules<View, Decision, Event>,
  view: NoInfer<View>,
  right: readonly NoInfer<Decision>[],
  wrong: readonly (readonly [decision: object, problem: string])[],
): void {
  test(`${name}: a decision that its host can act on is right, and any other wrong`, () => {
    for (const decision of right) assert.is(rules.whatIsWrong(view, decision), undefined);
    for (const [decision, problem] of wrong) {
      assert.is(rules.whatIsWrong(view, decision), `decision.${problem}`);
    }
  });
}

const index = (count: number, first = 0) => `expected a whole number in [${first}, ${count})`;

decides(
  "dispatch",
  families.dispatch,
  // Of three candidates, two count.
  dispatchView([candidate(4), candidate(5), candidate(6)], { count: 2 }),
  [
    { to: 1, reason },
    { to: SERVER, reason },
    { to: SERVER, reason, retryAfter: 0.5 },
  ],
  [
    [{}, `to: ${index(2, -1)}; got undefined`],
    [{ to: 2, reason }, `to: ${index(2, -1)}; got 2`],
    [{ to: 0.5, reason }, `to: ${index(2, -1)}; got 0.5`],
    [{ to: 0, reason, retryAfter: 1 }, "retryAfter: expected seconds above 0, with to -1; got 1"],
    [{ to: -1, reason, retryAfter: 0 }, "retryAfter: expected seconds above 0, with to -1; got 0"],
    [{ to: 0 }, "reason: expected text; got undefined"],
  ],
);

const volunteers = [0, 1].map((node) => ({ node, free: 1, volatile: false }));
decides(
  "replication",
  families.replication,
  { file: 0, size: 1, age: 0, volunteers, count: 2 },
  [
    { copyTo: [1, 0], reason },
    { copyTo: [], reason },
  ],
  [
    [{ copyTo: 1, reason }, "copyTo: expected a list of indices; got 1"],
    [{ copyTo: [0, 2], reason }, `copyTo: ${index(2)}, each once; got 2`],
    [{ copyTo: [1, 1], reason }, `copyTo: ${index(2)}, each once; got 1`],
    [{ copyTo: [1], reason: 1 }, "reason: expected text; got 1"],
  ],
);

decides(
  "eviction",
  families.eviction,
  { now: 0, disk: 1, held: [{ file: 0, size: 1, since: 0, usedAt: 0 }], count: 1 },
  [{ evict: [0], reason }],
  [
    [{ evict: [1], reason }, `evict: ${index(1)}, each once; got 1`],
    [{ evict: ["0"], reason }, `evict: ${index(1)}, each once; got "0"`],
    [{ evict: [] }, "reason: expected text; got undefined"],
  ],
);

decides(
  "chunkSize",
  families.chunkSize,
  { size: 100 },
  [
    { chunkSize: 1, reason },
    { chunkSize: 100, reason },
  ],
  [
    [{ chunkSize: 0, reason }, "chunkSize: expected whole bytes in [1, 100]; got 0"],
    [{ chunkSize: 101, reason }, "chunkSize: expected whole bytes in [1, 100]; got 101"],
    [{ chunkSize: 1.5, reason }, "chunkSize: expected whole bytes in [1, 100]; got 1.5"],
    [{ chunkSize: 1 }, "reason: expected text; got undefined"],
  ],
);

const idle = { pendingFiles: 0, pendingBytes: 0, releasedAt: 0, capacity: 1, delivering: 0 };
decides(
  "sync",
  families.sync,
  { node: 0, now: 10, timeOfDay: 0, lastSync: 0, ...idle },
  [
    { at: 10, rate: UNLIMITED, from: SERVER, reason },
    { at: UNLIMITED, rate: 1, from: SWARM, reason },
    { at: 11, rate: 1, from: 3, reason },
  ],
  [
    [{ at: 9, rate: 1, from: 1, reason }, "at: expected 10 or later; got 9"],
    [{ at: Number.NaN, rate: 1, from: 1, reason }, "at: expected 10 or later; got NaN"],
    [{ at: 10, rate: 0, from: 1, reason }, "rate: expected bytes/s above 0; got 0"],
    [{ at: 10, rate: 1, from: -3, reason }, "from: expected a volunteer, SERVER or SWARM; got -3"],
    [{ at: 10, rate: 1, from: 0, reason: null }, "reason: expected text; got null"],
  ],
);

decides(
  "trust",
  families.trust,
  { now: 0, belief: "listed" },
  [{ serve: true, audit: false, reason }],
  [
    [{ serve: 1, audit: false, reason }, "serve: expected true or false; got 1"],
    [{ serve: true, reason }, "audit: expected true or false; got undefined"],
    [{ serve: true, audit: true, reason: [] }, "reason: expected text; got a list"],
  ],
);

const peer = { complete: false, origin: false, site: "" };
decides(
  "handout",
  families.handout,
  {
    asking: { peer: 9, ...peer },
    known: [0, 1, 2].map((n) => ({ peer: n, ...peer })),
    count: 3,
    wanted: 2,
  },
  [{ peers: [2, 0], reason }],
  [
    [{ peers: [3], reason }, `peers: ${index(3)}, each once; got 3`],
    [{ peers: [0, 1, 2], reason }, "peers.length: expected at most the 2 wanted; got 3"],
    [{ peers: [0], reason: {} }, "reason: expected text; got an object"],
  ],
);

const open = "piece: expected an open piece that the other peer has, or NO_PIECE";
decides(
  "pieces",
  families.pieces,
  { open: [0, 2, 3], openCount: 2, theirs: Uint8Array.of(1, 1, 0, 1), availability: [1, 1, 1, 1] },
  [
    { piece: 0, reason },
    { piece: NO_PIECE, reason },
  ],
  [
    [{ piece: 1, reason }, `${open}; got 1`], // Not open.
    [{ piece: 2, reason }, `${open}; got 2`], // The other has it not.
    [{ piece: 3, reason }, `${open}; got 3`], // Beyond those that count.
    [{ piece: 0 }, "reason: expected text; got undefined"],
  ],
);

const wanting = { bytes: 0, unchoked: false };
const connections = "unchoke: expected connections of the view, each once";
decides(
  "choking",
  families.choking,
  {
    peers: [
      { connection: 7, ...wanting },
      { connection: 8, ...wanting },
    ],
    slots: 1,
  },
  [
    { unchoke: [8], reason },
    { unchoke: [7, 8], reason }, // All: chokes are not used.
  ],
  [
    [{ unchoke: 8, reason }, "unchoke: expected a list of connections; got 8"],
    [{ unchoke: [0], reason }, `${connections}; got 0`],
    [{ unchoke: [7, 7], reason }, `${connections}; got 7`],
    [{ unchoke: [undefined], reason }, `${connections}; got undefined`],
    [{ unchoke: [8] }, "reason: expected text; got undefined"],
  ],
);

test.run();
