import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind, families, policies, policyNamed } from "./index.ts";
import type { Policy } from "./policy.ts";
import { recorded, revived } from "./record.ts";
import { candidate, dispatchView, redirected, replay } from "./testing.ts";

/** What is recorded of one decision about `view`. */
function viewIn(view: unknown): unknown {
  const lines: string[] = [];
  recorded("test", sees, {}, (line) => lines.push(line)).decide(view, replay([]));
  return JSON.parse(lines[0], revived).view;
}

const sees: Policy<unknown, { reason: string }> = {
  ...{ name: "sees", summary: "decides nothing", source: "test", params: {} },
  decide: () => ({ reason: "test" }),
};

test("a line says who decided what of which view and with which draws", () => {
  const lines: string[] = [];
  const policy = policyNamed(policies.dispatch, "power-of-d");
  const { decide } = recorded("dispatch", policy, { choices: 1 }, (line) => lines.push(line));
  const view = dispatchView([candidate(3), candidate(4)]);
  const decision = decide(view, replay([0.9]));
  assert.is(lines.length, 1);
  assert.equal(JSON.parse(lines[0], revived), {
    ...{ v: 1, family: "dispatch", policy: "power-of-d", params: { choices: 1, own: 1 } },
    ...{ memory: 0, view, draws: [0.9], decision },
  });
});

test("events are lines of policies that remember, and of no others", () => {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  const event = redirected(4);
  recorded("dispatch", policyNamed(policies.dispatch, "random"), {}, write).observe(event);
  assert.equal(lines, []);
  const turn = recorded("dispatch", policyNamed(policies.dispatch, "round-robin"), {}, write, 7);
  turn.observe(event);
  const head = { v: 1, family: "dispatch", policy: "round-robin", params: {}, memory: 7 };
  assert.equal(
    lines.map((line) => JSON.parse(line)),
    [{ ...head, event }],
  );
  turn.decide(dispatchView([candidate(4), candidate(5)]), replay([]));
  assert.is(JSON.parse(lines[1]).decision.to, 1);
});

test("a memory that is put back is a line, by which a replay goes on from it too", () => {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  recorded("dispatch", policyNamed(policies.dispatch, "random"), {}, write).recall(undefined);
  assert.equal(lines, []);
  const ban = policyNamed(policies.trust, "sampled-audit");
  const first = bind(ban);
  const host = recorded("trust", ban, {}, write, 3);
  host.recall(first.memory);
  assert.is(host.remembers, true);
  assert.equal(host.memory, { failures: 0, at: -Infinity });
  const head = {
    v: 1,
    family: "trust",
    policy: "sampled-audit",
    params: { share: 0.01, again: 1, ban: 604_800 },
    memory: 3,
  };
  assert.equal(JSON.parse(lines[0], revived), { ...head, recalled: first.memory });
});

test("a host that records may have its views checked", () => {
  const lines: string[] = [];
  const random = policyNamed(policies.dispatch, "random");
  const options = { checked: families.dispatch };
  const { decide } = recorded("dispatch", random, {}, (line) => lines.push(line), 0, options);
  assert.throws(() => decide({} as never, replay([])), /^view\.now: expected a number/);
  assert.equal(lines, []);
});

test("numbers that JSON has not come back as they were", () => {
  const view = { age: Infinity, since: -Infinity, rate: Number.NaN, zero: -0, text: "Infinity" };
  assert.equal(viewIn(view), view);
  assert.ok(Object.is((viewIn(view) as { zero: number }).zero, -0));
});

test("getters, also inherited ones, are fields; typed arrays are arrays; functions are nothing", () => {
  class Base {
    get transfers() {
      return 2;
    }
  }
  class Live extends Base {
    readonly #sending = 3;
    readonly node = 1;
    readonly absent = undefined;
    get sending() {
      return this.#sending;
    }
    work() {}
  }
  const view = { server: new Live(), open: Uint8Array.of(1, 0), nobody: null, "a key": [true] };
  assert.equal(viewIn(view), {
    ...{ server: { node: 1, sending: 3, transfers: 2 }, open: [1, 0], nobody: null },
    "a key": [true],
  });
});

test("the view is recorded as it was before the decision", () => {
  const lines: string[] = [];
  const changes: Policy<{ n: number }, { reason: string }> = {
    ...sees,
    decide(view) {
      view.n++;
      return { reason: "test" };
    },
  };
  recorded("test", changes, {}, (line) => lines.push(line)).decide({ n: 1 }, replay([]));
  assert.is(JSON.parse(lines[0]).view.n, 1);
});

test("params are checked as bind checks them", () => {
  const policy = policyNamed(policies.dispatch, "power-of-d");
  const make = (choices: number) => recorded("dispatch", policy, { choices }, () => {});
  assert.throws(() => make(0), /^invalid param: power-of-d\.choices = 0/);
  assert.throws(() => bind(policy, { choices: 0 }), /^invalid param/);
});

test.run();
