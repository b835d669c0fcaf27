/** What a host is told that passes wrong views: every family's, with all problems and their places. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  bind,
  type Dispatch,
  type DispatchPolicy,
  FAMILY_KEYS,
  type FamilyKey,
  families,
  familyOf,
  policyNamed,
  SERVER,
} from "./index.ts";
import { candidate, dispatchView, known, redirected, replay } from "./testing.ts";

/** The lines that `action` throws. */
function told(action: () => void): string[] {
  try {
    action();
  } catch (error) {
    assert.instance(error, RangeError);
    return (error as RangeError).message.split("\n");
  }
  return [];
}

/** What is told of `view`, by a policy of the family that is never asked. */
function toldOf(key: FamilyKey, view: unknown): string[] {
  const family = familyOf(key);
  const never = { ...family.members[0], decide: () => assert.unreachable("asked") };
  return told(() => bind(never, {}, { checked: family }).decide(view, replay([])));
}

const N = "expected a number; got undefined";
const OBJECT = "expected an object; got undefined";
const LIST = "expected a list; got undefined";
const FLAG = "expected true or false; got undefined";
const BELIEF = "expected one of verified, listed, stale, partial; got undefined";
const NUMBERS = "expected an array of numbers; got undefined";

/** By family, what a view without any field lacks; fields that may be absent are not among it. */
const EMPTY: Readonly<Record<FamilyKey, readonly string[]>> = {
  dispatch: [
    ...[`now: ${N}`, `file: ${N}`, `size: ${N}`, `customer: ${N}`, `client: ${OBJECT}`],
    ...[`candidates: ${LIST}`, `count: ${N}`, `server: ${OBJECT}`],
  ],
  replication: [`file: ${N}`, `size: ${N}`, `age: ${N}`, `volunteers: ${LIST}`, `count: ${N}`],
  eviction: [`now: ${N}`, `disk: ${N}`, `held: ${LIST}`, `count: ${N}`],
  sync: [
    ...[`node: ${N}`, `now: ${N}`, `timeOfDay: ${N}`, `lastSync: ${N}`, `pendingFiles: ${N}`],
    ...[`pendingBytes: ${N}`, `releasedAt: ${N}`, `capacity: ${N}`, `delivering: ${N}`],
  ],
  trust: [`now: ${N}`, `belief: ${BELIEF}`],
  handout: [`asking: ${OBJECT}`, `known: ${LIST}`, `count: ${N}`, `wanted: ${N}`],
  pieces: [`open: ${NUMBERS}`, `openCount: ${N}`, `theirs: ${NUMBERS}`, `availability: ${NUMBERS}`],
  choking: [`peers: ${LIST}`, `slots: ${N}`],
  chunkSize: [`size: ${N}`],
};

for (const key of FAMILY_KEYS) {
  test(`${key}: all that an empty view lacks is told at once, before the policy is asked`, () => {
    assert.equal(
      toldOf(key, {}),
      EMPTY[key].map((problem) => `view.${problem}`),
    );
    assert.equal(toldOf(key, undefined), [`view: ${OBJECT}`]);
  });
}

/** By family, a view with one field deep inside gone wrong, and what is told of it. */
const DEEP: Readonly<Record<FamilyKey, readonly [view: object, problem: string]>> = {
  dispatch: [
    dispatchView([candidate(0), { ...candidate(1), facts: { ...known(1, {}).facts, score: NaN } }]),
    "candidates[1].facts.score: expected a number; got NaN",
  ],
  replication: [
    {
      ...{ file: 0, size: 1, age: Infinity, count: 1 },
      volunteers: [{ node: 0, free: 1, volatile: 0 }],
    },
    "volunteers[0].volatile: expected true or false; got 0",
  ],
  eviction: [
    { now: 0, disk: Infinity, held: [{ file: 1, size: 1, since: -Infinity }], count: 1 },
    `held[0].usedAt: ${N}`,
  ],
  sync: [
    {
      ...{ node: 0, now: 0, timeOfDay: 0, lastSync: -Infinity, pendingFiles: 0.5 },
      ...{ pendingBytes: 0, releasedAt: 0, capacity: Infinity, delivering: 0 },
    },
    "pendingFiles: expected a whole number, 0 or more; got 0.5",
  ],
  trust: [{ now: 0, belief: "sure" }, `belief: ${BELIEF.replace("undefined", '"sure"')}`],
  handout: [
    {
      asking: { peer: 1, complete: true, origin: false, site: "" },
      ...{ known: [{ peer: 2, complete: true, origin: false }], count: 1, wanted: 1 },
    },
    "known[0].site: expected text; got undefined",
  ],
  pieces: [
    { open: [0, -1], openCount: 2, theirs: [1], availability: [1] },
    "open[1]: expected a whole number, 0 or more; got -1",
  ],
  choking: [{ peers: [{ connection: 0, bytes: 1 }], slots: 1 }, `peers[0].unchoked: ${FLAG}`],
  chunkSize: [{ size: 1, rtt: -1 }, "rtt: expected 0 or more, and finite; got -1"],
};

for (const key of FAMILY_KEYS) {
  test(`${key}: a wrong field is told with its place`, () => {
    const [view, problem] = DEEP[key];
    assert.equal(toldOf(key, view), [`view.${problem}`]);
  });
}

test("a dispatch view whose fields are misnamed or out of order is told field by field", () => {
  const { uplink: _, ...noUplink } = candidate(5);
  const renamed = { ...noUplink, upload: 1e6, pending: "0" };
  const view = { ...dispatchView([candidate(7)]), candidates: [candidate(7), renamed], count: 2 };
  assert.equal(toldOf("dispatch", view), [
    `view.candidates[1].uplink: ${N}`,
    'view.candidates[1].pending: expected a number; got "0"',
    "view.candidates[1].node: expected more than 7 before it; got 5",
  ]);
  const random = policyNamed(families.dispatch.members, "random");
  const { decide } = bind(random, {}, { checked: families.dispatch });
  assert.is(decide({ ...view, count: 1 } as never, replay([0])).to, 0);
});

test("what the policy decides is looked at before the host acts on it", () => {
  const decides = (decision: unknown): DispatchPolicy => ({
    ...policyNamed(families.dispatch.members, "random"),
    decide: () => decision as Dispatch,
  });
  const outcome = (decision: unknown) => {
    const { decide } = bind(decides(decision), {}, { checked: families.dispatch });
    return told(() => decide(dispatchView([candidate(0)]), replay([])));
  };
  assert.equal(outcome({ to: 0, reason: "test" }), []);
  assert.equal(outcome({ to: 1, reason: "test" }), [
    "decision.to: expected a whole number in [-1, 1); got 1",
  ]);
  assert.equal(outcome(undefined), [
    "decision.to: expected a whole number in [-1, 1); got undefined",
  ]);
});

test("what the host tells a policy that remembers is looked at, and not remembered if wrong", () => {
  const turn = policyNamed(families.dispatch.members, "round-robin");
  const { observe, decide } = bind(turn, {}, { checked: families.dispatch });
  observe(redirected(4));
  const wrong = { ...redirected(4), kind: "redirect", node: undefined } as never;
  assert.equal(
    told(() => observe(wrong)),
    ['event.kind: expected one of redirected; got "redirect"', `event.node: ${N}`],
  );
  assert.is(decide(dispatchView([candidate(4), candidate(5)]), replay([])).to, 1);
  const points = policyNamed(families.trust.members, "points");
  const trust = bind(points, {}, { checked: families.trust });
  assert.equal(
    told(() => trust.observe({ kind: "audit", at: 0 } as never)),
    [`event.passed: ${FLAG}`],
  );
});

test("without it nothing is looked at: an empty view finds no holder", () => {
  const { decide } = bind(policyNamed(families.dispatch.members, "random"));
  assert.equal(decide({} as never, replay([0])), { to: SERVER, reason: "no holder" });
});

test.run();
