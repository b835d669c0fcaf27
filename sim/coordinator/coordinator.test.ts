import { deepStrictEqual as same } from "node:assert";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type Bound,
  bind,
  policies,
  policyNamed,
  type Sync,
  type SyncView,
  type Trust,
  type TrustEvent,
  type TrustView,
  UNKNOWN_CLIENT,
} from "../policies/index.ts";
import { bindDispatch } from "./chosen-policies.ts";
import { type Event, LATER } from "./events.ts";
import { coordinatorOf, report, saying, type TestParts } from "./testing.ts";

const LONG_AGO = Number.NEGATIVE_INFINITY;
const NEVER = Number.POSITIVE_INFINITY;

const LOOK = {
  ...{ pendingFiles: 1, pendingBytes: 5, releasedAt: 0, capacity: 10, delivering: 0 },
};

/** A policy of synchronisation that says so. */
const syncing =
  (at: number, from: number, rate = NEVER) =>
  (): Bound<SyncView, Sync, never> => ({
    ...{ name: "syncing", remembers: false, memory: undefined },
    decide: () => ({ at, from, rate, reason: "so" }),
    observe() {},
    recall() {},
  });

/** One volunteer that holds file 3 of 100 B. */
function withOne(parts: TestParts = {}) {
  const all = coordinatorOf(parts);
  all.coordinator.addFile(3, 100, LONG_AGO, 0);
  all.coordinator.register(0, { uplink: 10 }, 0);
  all.coordinator.announce(0, report({ completed: [3] }), 0);
  return all;
}

const RANDOM = { name: "random", params: {} };

/** Everything that a coordinator can be told, once, at 0 s, 1 s and so on. */
const EVENTS: readonly Event[] = [
  { kind: "file-added", at: 0, file: 3, size: 100, released: LONG_AGO, path: "pool/3" },
  { kind: "registered", at: 1, volunteer: 0, offer: { uplink: 10 } },
  { kind: "announced", at: 2, volunteer: 0, report: report({ completed: [3] }) },
  { kind: "located", at: 3, where: 1, facts: UNKNOWN_CLIENT },
  { kind: "asked", at: 4, customer: 7, file: 3, bytes: 90, where: 1, answer: 0 },
  { kind: "complained", at: 5, customer: 7, file: 3, volunteer: 0, how: "gone", bytes: 90 },
  { kind: "asked", at: 6, customer: 7, file: 3, bytes: 90, where: 1, answer: -1 },
  { kind: "delivery-began", at: 7 },
  { kind: "audited", at: 8, volunteer: 0, file: 3, result: "failed" },
  { kind: "probed", at: 9, volunteer: 0, seconds: 0.25 },
  { kind: "sync-asked", at: 10, volunteer: 0, look: LOOK, notBefore: 12 },
  { kind: "sync-paced", at: 11, volunteer: 0, look: LOOK },
  { kind: "delivery-ended", at: 12 },
  { kind: "ticked", at: 13 },
  { kind: "sync-began", at: 14, volunteer: 0 },
  { kind: "left", at: 15, volunteer: 0 },
  { kind: "file-changed", at: 16, file: 3, size: 120 },
  { kind: "file-removed", at: 17, file: 3 },
  { kind: "uplink-changed", at: 18, uplink: 5 },
  { kind: "doubted", at: 18, volunteer: 0, file: 3 },
  { kind: "dispatch-changed", at: 19, policy: RANDOM },
];

function tellAll({ coordinator }: ReturnType<typeof coordinatorOf>): void {
  coordinator.addFile(3, 100, LONG_AGO, 0);
  coordinator.register(0, { uplink: 10 }, 1);
  coordinator.announce(0, report({ completed: [3] }), 2);
  coordinator.locate(1, UNKNOWN_CLIENT, 3);
  coordinator.ask(7, 3, 90, 1, 4);
  coordinator.complain(7, 3, 0, "gone", 90, 5);
  coordinator.ask(7, 3, 90, 1, 6);
  coordinator.beginDelivery(7);
  coordinator.audited(0, 3, "failed", 8);
  coordinator.probed(0, 0.25, 9);
  coordinator.planSync(0, LOOK, 12, 10);
  assert.is(coordinator.paceSync(0, LOOK, 11), 77);
  coordinator.endDelivery(12);
  coordinator.tick(13);
  coordinator.beganSync(0, 14);
  coordinator.leave(0, 15);
  coordinator.changeFile(3, 120, 16);
  coordinator.removeFile(3, 17);
  coordinator.changeUplink(5, 18);
  coordinator.doubt(0, 3, 18);
  coordinator.changeDispatch(RANDOM, bindDispatch(RANDOM), 19);
}

test("every event is told to the journal once it has been applied, as plain data", () => {
  const all = coordinatorOf({ policies: { sync: syncing(0, -1, 77) } });
  tellAll(all);
  same(all.events, EVENTS);
  assert.equal(all.actions(), ["synchronise 0 -1"]);
});

test("without a journal the same happens", () => {
  const parts = { policies: { sync: syncing(0, -1, 77) } };
  const told = coordinatorOf(parts);
  const silent = coordinatorOf({ ...parts, isSilent: true });
  for (const each of [told, silent]) tellAll(each);
  assert.is(silent.events.length, 0);
  same(silent.coordinator.save(), told.coordinator.save());
});

test("who is to come back later is told by a number of its own", () => {
  const { coordinator, events } = withOne({
    dispatch: () => ({ to: -1, reason: "busy", retryAfter: 30 }),
  });
  coordinator.ask(7, 3, 100, 0, 0);
  assert.equal(events.at(-1), {
    ...{ kind: "asked", at: 0, customer: 7, file: 3, bytes: 100, where: 0, answer: LATER },
  });
  assert.is(LATER, -3); // As journals have it.
});

test("time does not go back", () => {
  const { coordinator } = withOne();
  assert.is(coordinatorOf().coordinator.now, LONG_AGO);
  coordinator.tick(10);
  coordinator.tick(10);
  assert.is(coordinator.now, 10);
  const refused = [
    () => coordinator.addFile(4, 1, 0, 9),
    () => coordinator.changeFile(3, 1, 9),
    () => coordinator.removeFile(3, 9),
    () => coordinator.register(1, { uplink: 1 }, 9),
    () => coordinator.announce(0, report(), 9),
    () => coordinator.leave(0, 9),
    () => coordinator.locate(1, UNKNOWN_CLIENT, 9),
    () => coordinator.ask(1, 3, 1, 0, 9),
    () => coordinator.complain(1, 3, 0, "gone", 0, 9),
    () => coordinator.beginDelivery(9),
    () => coordinator.endDelivery(9),
    () => coordinator.audited(0, 3, "passed", 9),
    () => coordinator.probed(0, null, 9),
    () => coordinator.planSync(0, LOOK, 0, 9),
    () => coordinator.paceSync(0, LOOK, 9),
    () => coordinator.beganSync(0, 9),
    () => coordinator.tick(9),
  ];
  const before = coordinator.save();
  for (const call of refused) {
    assert.throws(call, (error: Error) => error.message === "expected a time from 10 s on; got 9");
  }
  assert.throws(() => coordinator.tick(Number.NaN), /^expected a time from 10 s on; got NaN$/);
  same(coordinator.save(), before);
});

test("volunteers register under the next number, or anew under their own", () => {
  const { coordinator } = withOne();
  assert.throws(
    () => coordinator.register(2, { uplink: 1 }, 0),
    /^expected volunteer in \[0, 1\]; got 2$/,
  );
  coordinator.register(1, { uplink: 5 }, 0);
  coordinator.register(0, { uplink: 20 }, 0);
  assert.equal([coordinator.volunteer(0).uplink, coordinator.volunteer(1).uplink], [20, 5]);
  coordinator.register(2, { uplink: 7 }, 0);
  assert.is(coordinator.volunteer(2).node, 2);
});

test("a tick is due at the first synchronisation, probe or look at who is to hold what", () => {
  assert.is(coordinatorOf().coordinator.nextDue, NEVER);
  const settings = { placeEvery: 50, probeEvery: 100 };
  const { coordinator, actions } = withOne({ settings, policies: { sync: syncing(20, -2) } });
  assert.ok(Math.abs(coordinator.nextDue - 30.9) < 0.01); // Half of the golden ratio of the interval.
  coordinator.planSync(0, LOOK, 0, 0);
  assert.is(coordinator.nextDue, 20);
  coordinator.tick(20);
  assert.equal(actions(), ["synchronise 0 -2"]);
  assert.ok(Math.abs(coordinator.nextDue - 30.9) < 0.01);
  coordinator.tick(31);
  assert.equal(actions(), ["probe 0 0"]);
  assert.is(coordinator.nextDue, 50);
  coordinator.tick(49);
  assert.is(coordinator.nextDue, 50);
  coordinator.tick(50);
  assert.is(coordinator.nextDue, 100);
});

test("a volunteer that has all files need not name them, and drops win over what it holds", () => {
  const { coordinator } = withOne();
  coordinator.addFile(5, 10, 0, 0);
  coordinator.announce(0, report({ holds: { below: 9, except: [3] }, completed: [4] }), 1);
  const lacking = (file: number) => coordinator.survey.exclusions(file, 1).length;
  assert.equal([3, 4, 5, 6].map(lacking), [1, 1, 0, 1]); // There is no file 4 or 6.
  coordinator.announce(0, report({ completed: [3, 6, 5], dropped: [5] }), 1);
  assert.equal([3, 5, 6].map(lacking), [0, 1, 1]);
});

test("a complaint is a failure, whatever it is about; what it shows besides depends on that", () => {
  for (const [how, isThere, hasFile, redirected] of [
    ["gone", false, true, 10],
    ["missing", true, false, 10],
    ["wrong", true, true, 100],
    ["cut-short", true, true, 100],
  ] as const) {
    const { coordinator } = withOne();
    coordinator.ask(7, 3, 100, 0, 0);
    coordinator.complain(7, 3, 0, how, 90, 2);
    const volunteer = coordinator.volunteer(0);
    assert.equal([volunteer.facts.failures, volunteer.facts.failedAt], [1, 2], how);
    assert.is(volunteer.redirected, redirected, how);
    assert.is(volunteer.transfers, 0, how);
    const reasons = coordinator.survey.exclusions(3, 2).map(({ reason }) => reason);
    const expected = [
      ...(hasFile ? [] : ["does not have the file"]),
      ...(isThere ? [] : ["did not answer"]),
    ];
    assert.equal(reasons, expected, how);
  }
});

test("who complains is not met by that; a stranger's complaint counts as well", () => {
  const { coordinator } = withOne();
  coordinator.complain(99, 3, 0, "wrong", 0, 1);
  assert.is(coordinator.volunteer(0).facts.failures, 1);
  assert.equal(coordinator.save().known.customers.numbers.length, 0);
});

test("a customer that moves on without a complaint shows that the volunteer works", () => {
  const { coordinator } = withOne();
  coordinator.complain(99, 3, 0, "wrong", 0, 0);
  coordinator.ask(7, 3, 100, 0, 0);
  assert.is(coordinator.volunteer(0).facts.failures, 1);
  coordinator.addFile(4, 100, 0, 5);
  coordinator.ask(7, 4, 100, 0, 20); // The other was over after 10 s.
  assert.is(coordinator.volunteer(0).facts.failures, 0);
});

test("what became known is told to the volunteer's trust policy, with its kind and time", () => {
  const trusted = saying<TrustView, Trust, TrustEvent>(() => ({
    ...{ serve: true, audit: false, reason: "so" },
  }));
  const { coordinator } = withOne({ policies: { trust: () => trusted } });
  coordinator.ask(7, 3, 100, 0, 0);
  coordinator.complain(7, 3, 0, "wrong", 0, 1);
  coordinator.audited(0, 3, "passed", 2);
  coordinator.audited(0, 3, "failed", 3);
  coordinator.audited(0, 3, "unanswered", 4); // Nor does an audit without an answer.
  coordinator.announce(0, report(), 4);
  coordinator.ask(8, 3, 100, 0, 4);
  coordinator.addFile(4, 1, 0, 20);
  coordinator.ask(8, 4, 1, 0, 20);
  coordinator.probed(0, null, 21); // A probe tells nothing of trust.
  assert.equal(trusted.events, [
    { kind: "report", passed: false, at: 1 },
    { kind: "audit", passed: true, at: 2 },
    { kind: "audit", passed: false, at: 3 },
    { kind: "report", passed: true, at: 20 },
  ]);
});

test("an audit shows whether the copy is authentic; without an answer the copy is as before", () => {
  const beliefs: string[] = [];
  const { coordinator } = withOne({
    dispatch: (view) => {
      beliefs.push(view.candidates[0].belief);
      return { to: -1, reason: "so" };
    },
  });
  for (const [at, result] of (
    ["passed", "unanswered", "failed", "unanswered"] as const
  ).entries()) {
    coordinator.audited(0, 3, result, at);
    assert.is(
      coordinator.survey.standingOf(0, at),
      result === "unanswered" ? "did not answer" : null,
    );
    coordinator.announce(0, report(), at);
    coordinator.ask(7, 3, 1, 0, at);
  }
  assert.equal(beliefs, ["verified", "verified", "listed", "listed"]);
  assert.is(coordinator.volunteer(0).facts.failures, 3);
});

test("room that is made for files is told, and changes nothing else", () => {
  const { coordinator } = withOne();
  const { bytes } = coordinator;
  const before = coordinator.save();
  coordinator.reserve(1000);
  // 9 B in the catalogue and two tables of 4 B, besides two of 64 rows and the demand for 64.
  assert.is(coordinator.bytes - bytes, (1000 - 64) * (9 + 2 * 4));
  assert.is(bytes, 64 * (9 + 4 * 4 + 2 * 8));
  same(coordinator.save(), before);
  const { coordinator: wide } = coordinatorOf();
  for (let volunteer = 0; volunteer < 33; volunteer++) wide.register(volunteer, { uplink: 1 }, 0);
  wide.reserve(1000);
  assert.is(wide.bytes, 1000 * (9 + 2 * 8) + 64 * (2 * 4 + 2 * 8)); // Two words for 33 volunteers.
});

test("what is saved goes on elsewhere as here, and what is taken over is no event", () => {
  const trust = () => bind(policyNamed(policies.trust, "sampled-audit"), { share: 0.5 });
  const parts: TestParts = {
    settings: { placeEvery: 40, probeEvery: 30 },
    policies: { trust, sync: syncing(35, -2) },
    replication: ({ demand }) => ({ copyTo: demand?.misses === 0 ? [0] : [0, 1], reason: "so" }),
    dispatch: (view, random) =>
      view.count === 0
        ? { to: -1, reason: "nobody" }
        : { to: Math.floor(random() * view.count), reason: "by chance" },
  };
  const first = (all: ReturnType<typeof coordinatorOf>) => {
    const { coordinator } = all;
    for (const volunteer of [0, 1, 2])
      coordinator.register(volunteer, { uplink: 10, disk: 500 }, 0);
    for (const file of [0, 1, 2]) coordinator.addFile(file, 100, file - 1, 2);
    for (const volunteer of [0, 1, 2])
      coordinator.announce(volunteer, report({ completed: [0, 1] }), 3);
    for (const customer of [5, 6, 7]) coordinator.ask(customer, customer % 3, 100, 0, customer);
    coordinator.beginDelivery(8);
    coordinator.locate(1, { ...UNKNOWN_CLIENT, site: "x" }, 8);
    coordinator.planSync(1, LOOK, 0, 9);
  };
  const second = (all: ReturnType<typeof coordinatorOf>): string[] => {
    const { coordinator, actions, dispatch } = all;
    const answers: string[] = [];
    for (let now = 10; now < 90; now += 5) {
      const { kind, volunteer } = coordinator.ask(now % 4, now % 3, 100, now % 2, now);
      if (now % 4 === 0) coordinator.tick(now);
      answers.push(`${kind} ${volunteer} ${actions()} ${coordinator.nextDue}`);
    }
    return [...answers, `${dispatch.events.length} ${coordinator.now}`];
  };
  const here = coordinatorOf(parts);
  first(here);
  const there = coordinatorOf(parts);
  const saved = here.coordinator.save();
  assert.ok(saved.actions.kinds.length > 0); // Not taken yet.
  there.coordinator.load(saved);
  assert.equal(there.events, []);
  same(there.coordinator.save(), saved);
  assert.equal(second(there), second(here));
  same(there.coordinator.save(), here.coordinator.save());
});

test.run();
