/** Stories whose ends are known beforehand, told in every way. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { SERVER } from "../../policies/index.ts";
import { seededChance } from "../chance.ts";
import type { ChosenPolicies } from "../chosen-policies.ts";
import { type Event, LATER } from "../events.ts";
import { ALL_FILES, type FileSet, NO_FILES } from "../file-set.ts";
import type { CoordinatorSettings } from "../parts.ts";
import type { Report } from "../report.ts";
import {
  byCalls,
  byJournal,
  eventsOf,
  Host,
  type Setting,
  type Teller,
  withRestarts,
} from "./testing.ts";

const TELLERS: Readonly<Record<string, Teller>> = {
  "by calls": byCalls,
  "from the journal": byJournal,
  "with a restart before every event": withRestarts(...Array.from({ length: 99 }, (_, at) => at)),
};

/** Tells the story in all ways: each must come to the answers and actions that it expects. */
function tell(
  story: readonly Event[],
  policies: Partial<ChosenPolicies>,
  actions: readonly string[] = [],
  settings: Partial<CoordinatorSettings> = {},
): void {
  const setting = settingWith(policies, settings);
  const expected = answersIn(story);
  assert.equal(answersIn(eventsOf(setting, story)), expected);
  for (const [how, teller] of Object.entries(TELLERS)) {
    const { steps } = teller(setting, story);
    assert.equal(steps.map((step) => JSON.parse(step).answer).filter(isTold), expected, how);
    const acted = steps.flatMap((step): string[] => JSON.parse(step).actions);
    assert.equal(acted, actions, how);
  }
}

function settingWith(
  policies: Partial<ChosenPolicies>,
  settings: Partial<CoordinatorSettings> = {},
): Setting {
  return {
    settings: {
      ...{ uplink: 1e7, timeout: 100, inFlight: "by-request" },
      ...{ probeEvery: Number.POSITIVE_INFINITY, placeEvery: Number.POSITIVE_INFINITY },
      ...settings,
    },
    policies: {
      dispatch: { name: "round-robin", params: {} },
      replication: { name: "everything", params: {} },
      ...{ trust: null, sync: null },
      ...policies,
    },
    chance: () => seededChance("scripted"),
  };
}

function answersIn(story: readonly Event[]): number[] {
  return story.flatMap((event) => (event.kind === "asked" ? [event.answer] : []));
}

function isTold(answer: number | null): boolean {
  return answer !== null;
}

// The events, as short as a story needs them.

function add(at: number, file: number): Event {
  return { kind: "file-added", at, file, size: 1e6, released: at, path: `pool/${file}` };
}

/** It is told to hold nothing, unless it covers something. */
function register(at: number, volunteer: number, covers: FileSet = NO_FILES): Event {
  return { kind: "registered", at, volunteer, offer: { uplink: 1e6, covers } };
}

function announce(at: number, volunteer: number, said: Partial<Report> = {}): Event {
  const nothing = { uploaded: 0, downloaded: 0, left: 0, completed: [], dropped: [] };
  return { kind: "announced", at, volunteer, report: { ...nothing, started: false, ...said } };
}

/** A customer that has not asked before, unless it is named, asks for a file; what it is answered. */
function ask(at: number, file: number, answer: number, customer = at): Event {
  return { kind: "asked", at, customer, file, bytes: 1e6, where: 0, answer };
}

function complain(at: number, volunteer: number, how: "gone" | "missing" | "wrong"): Event {
  return { kind: "complained", at, customer: 0, file: 0, volunteer, how, bytes: 1e6 };
}

/** One file, and three volunteers of which the first two have it. */
const BEGINNING = [
  ...[add(0, 0), register(0, 0), register(0, 1), register(0, 2)],
  ...[announce(1, 0, { completed: [0] }), announce(1, 1, { holds: ALL_FILES }), announce(1, 2)],
];

test("those that have announced the file are sent to in turn, for as long as they announce", () => {
  const story = [
    ...BEGINNING,
    ...[ask(2, 0, 0), ask(3, 0, 1), ask(4, 0, 0)],
    ...[announce(90, 1), ask(102, 0, 1), ask(103, 0, 1), ask(191, 0, SERVER)],
  ];
  tell(story, {});
});

test("one that does not answer, or says good-bye, is not sent to until it announces itself", () => {
  const story: Event[] = [
    ...BEGINNING,
    ...[ask(2, 0, 0), complain(3, 0, "gone"), ask(4, 0, 1), ask(5, 0, 1)],
    ...[announce(6, 0), ask(7, 0, 0)],
    { kind: "left", at: 8, volunteer: 0 },
    ...[ask(9, 0, 1), ask(10, 0, 1), announce(11, 0), ask(12, 0, 0)],
  ];
  tell(story, {});
});

test("one that lacks the file is not sent to for it until it has announced it again", () => {
  const story = [
    ...[...BEGINNING, add(1, 1), announce(2, 0, { completed: [1] })],
    ...[ask(2, 0, 0), complain(3, 0, "missing"), ask(4, 0, 1), ask(5, 0, 1), ask(6, 1, 0)],
    ...[announce(7, 0, { completed: [0] }), ask(8, 0, 1), ask(9, 0, 0)],
    ...[announce(10, 0, { dropped: [0] }), ask(11, 0, 1), ask(12, 0, 1)],
  ];
  tell(story, {});
});

test("all that a volunteer holds takes the place of what it has announced before", () => {
  const story = [
    ...[...BEGINNING, add(1, 1), add(1, 2)],
    ...[announce(2, 2, { holds: { below: 3, except: [1] } }), ask(3, 1, SERVER), ask(4, 2, 2)],
    ...[announce(5, 2, { holds: { bitmap: Uint32Array.of(0b10) } }), ask(6, 2, SERVER)],
    ...[ask(7, 1, 2), announce(8, 2, { holds: NO_FILES }), ask(9, 1, SERVER)],
  ];
  tell(story, {});
});

test("copies of a file that has changed are old; a file that has gone is nowhere", () => {
  const story: Event[] = [
    ...BEGINNING,
    { kind: "file-changed", at: 2, file: 0, size: 5 },
    ...[ask(3, 0, SERVER), announce(4, 1, { completed: [0] }), ask(5, 0, 1)],
    { kind: "file-removed", at: 6, file: 0 },
    ...[ask(7, 0, SERVER), announce(8, 1, { completed: [0] }), ask(9, 0, SERVER)],
  ];
  tell(story, {});
});

test("a download is in flight until a receipt, the number of active ones or a restart ends it", () => {
  const receipts = [{ customer: 2, file: 0, bytes: 1e6, endedAt: 2.9 }];
  const story = [
    ...[...BEGINNING, announce(1, 1, { dropped: [0] })],
    // The claim is 1 MB/s: what began at 2 can be over at 3. One is idle, then none, then one again.
    ...[ask(2, 0, 0), ask(2.5, 0, LATER), announce(2.9, 0, { uploaded: 1e6, receipts })],
    ...[ask(3, 0, 0, 7), ask(3.1, 0, LATER), announce(3.6, 0, { uploaded: 1e6, active: 0 })],
    ...[ask(3.7, 0, 0, 8), ask(3.8, 0, LATER), announce(3.9, 0, { started: true })],
    ...[ask(4, 0, 0, 9), ask(4.5, 0, LATER), ask(5.5, 0, 0, 10)],
  ];
  const params = { admissionTransfers: 1, admissionSending: 0 };
  tell(story, { dispatch: { name: "admission+random", params } });
});

test("who fails an audit is banned, and is not audited twice at a time", () => {
  const audited = (at: number, result: "passed" | "failed"): Event => {
    return { kind: "audited", at, volunteer: 0, file: 0, result };
  };
  const story = [
    ...[...BEGINNING, announce(1, 1, { dropped: [0] })],
    ...[ask(2, 0, 0), ask(3, 0, 0), audited(4, "passed"), ask(5, 0, 0), audited(6, "failed")],
    ...[ask(7, 0, SERVER), announce(50, 0), ask(67, 0, 0)],
  ];
  const trust = { name: "sampled-audit", params: { share: 1, ban: 60 } };
  tell(story, { trust }, ["audit 0 0", "audit 0 0", "audit 0 0"]);
});

test("complaints in a row disable a volunteer, and a customer that asks for more enables it", () => {
  const story = [
    ...[...BEGINNING, add(1, 1), announce(1, 1, { dropped: [0] })],
    ...[ask(2, 0, 0, 50), complain(3, 0, "wrong"), complain(4, 0, "wrong"), ask(5, 0, SERVER)],
    // Customer 50 comes back for another file long after its first can have ended.
    ...[ask(40, 1, SERVER, 50), ask(41, 0, 0)],
  ];
  const trust = { name: "disable-after-failures", params: { failures: 2 } };
  tell(story, { trust }, ["audit 0 0"]);
});

test("volunteers are told to hold new files, are sent to once they have them, and told to drop them", () => {
  const story: Event[] = [
    ...[register(0, 0, ALL_FILES), register(0, 1, ALL_FILES), add(10, 0), ask(11, 0, SERVER)],
    ...[announce(12, 0, { completed: [0] }), announce(12, 1), ask(13, 0, 0), ask(14, 0, 0)],
    { kind: "file-removed", at: 15, file: 0 },
  ];
  tell(story, {}, ["place 0 0", "place 1 0", "drop 0 0", "drop 1 0"]);
});

test("a volunteer that asks when to synchronise is told when it is due", () => {
  const look = {
    ...{ pendingFiles: 1, pendingBytes: 5, releasedAt: 0 },
    ...{ capacity: 1e6, delivering: 0 },
  };
  const story: Event[] = [
    register(0, 0),
    { kind: "sync-asked", at: 1, volunteer: 0, look, notBefore: 30 },
    { kind: "ticked", at: 29 },
    { kind: "ticked", at: 30 },
    { kind: "sync-began", at: 30, volunteer: 0 },
    { kind: "sync-paced", at: 31, volunteer: 0, look },
    { kind: "ticked", at: 99 },
  ];
  const sync = { name: "pushed", params: {} };
  tell(story, { sync }, ["synchronise 0 -1"]);
});

test("volunteers are probed at intervals; who does not answer is not sent to", () => {
  const probed = (at: number, seconds: number | null): Event => {
    return { kind: "probed", at, volunteer: 0, seconds };
  };
  // The first probe of the first volunteer is at 60·(0.5·0.618… mod 1) = 18.5.
  const story: Event[] = [
    ...[add(0, 0), register(0, 0), announce(1, 0, { completed: [0] })],
    ...[{ kind: "ticked", at: 18 } as const, { kind: "ticked", at: 19 } as const],
    ...[probed(20, 0.05), ask(21, 0, 0), { kind: "ticked", at: 79 } as const],
    ...[probed(80, null), ask(81, 0, SERVER), announce(82, 0), ask(83, 0, 0)],
  ];
  tell(story, {}, ["probe 0 0", "probe 0 0"], { probeEvery: 60 });
});

test("a host that is started anew is told which audits it has to do again, and what it was sending", () => {
  const trust = { name: "sampled-audit", params: { share: 1, ban: 60 } };
  const setting = settingWith({ trust });
  const before = new Host(setting);
  for (const event of [...BEGINNING, ask(2, 0, 0)]) before.tell(event);
  before.tell({ kind: "delivery-began", at: 3 });
  const { coordinator } = new Host(setting, undefined, BEGINNING);
  coordinator.load(before.coordinator.save());
  assert.equal(coordinator.survey.auditsUnderWay, [{ volunteer: 0, file: 0 }]);
  assert.is(coordinator.sending, 1);
  coordinator.audited(0, 0, "unanswered", 4);
  coordinator.endDelivery(4);
  assert.equal(coordinator.survey.auditsUnderWay, []);
  assert.is(coordinator.sending, 0);
});

test.run();
