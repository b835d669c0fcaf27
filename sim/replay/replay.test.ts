import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { dispatchViews } from "../bench/dispatch-views.ts";
import type { InputError } from "../engine/input-error.ts";
import {
  bind,
  type DispatchPolicy,
  policies,
  policyNamed,
  recorded,
  revived,
} from "../policies/index.ts";
import { redirected, stream } from "../policies/testing.ts";
import { difference } from "./difference.ts";
import { type AnyPolicy, Replay } from "./replay.ts";
import { replayLog } from "./replay-log.ts";

/** Every dispatch policy alone, and every wrapper around a policy of each kind. */
const NAMES = [
  ...policies.dispatch.map(({ name }) => name),
  ...policies.wrapper.flatMap(({ name }) => [`${name}+round-robin`, `${name}+tracker-informed`]),
  "admission+fresh+sticky+power-of-d",
];

/** What a host would log: 60 decisions by each policy, and its redirects. */
function log(names: readonly string[] = NAMES): string[] {
  const lines: string[] = [];
  for (const [seed, name] of names.entries()) {
    const random = stream(seed);
    const policy = policyNamed(policies.dispatch, name);
    const host = recorded("dispatch", policy, {}, (line) => lines.push(line));
    for (const size of [0, 1, 3, 12, 40]) {
      for (const view of dispatchViews(12, size, random)) {
        const { to } = host.decide(view, random);
        host.observe(redirected(to < 0 ? to : view.candidates[to].node));
      }
    }
  }
  return lines;
}

function replayed(lines: readonly string[], replay = new Replay()): Replay {
  for (const [index, line] of lines.entries()) replay.line(line, index + 1);
  return replay;
}

test("every dispatch policy and wrapper decides again as it was recorded", () => {
  const { problems, first, tallies } = replayed(log());
  assert.equal(problems, []);
  assert.is(first, undefined);
  assert.equal(
    tallies,
    NAMES.map((policy) => ({ family: "dispatch", policy, agreed: 60, differed: 0 })),
  );
});

test("each policy that remembers has its own memory, by its number in the log", () => {
  const points = policyNamed(policies.trust, "points");
  const lines: string[] = [];
  const hosts = [0, 1].map((memory) =>
    recorded("trust", points, { ban: -1 }, (line) => lines.push(line), memory),
  );
  hosts[0].observe({ kind: "audit", passed: false, at: 0 });
  const answers = hosts.map(({ decide }) => decide({ now: 1, belief: "listed" }, stream(1)).serve);
  assert.equal(answers, [false, true]);
  const { first, events, tallies } = replayed(lines);
  assert.is(first, undefined);
  assert.is(events, 1);
  assert.is(tallies[0].agreed, 2);
});

test("a policy whose host put its memory back goes on from there", () => {
  const turn = policyNamed(policies.dispatch, "round-robin");
  const lines: string[] = [];
  const host = recorded("dispatch", turn, {}, (line) => lines.push(line));
  host.recall(4);
  const [view] = dispatchViews(1, 12, stream(1));
  const { to } = host.decide(view, stream(1));
  assert.not.equal(to, bind(turn).decide(view, stream(1)).to);
  assert.equal(replayed(lines).tallies[0].agreed, 1);
  const wrong = [lines[0].replace('"recalled":4', '"recalled":"4"'), lines[1]];
  assert.equal(replayed(wrong).problems, ['1: memory: expected a number; got "4"']);
});

/** `random` with a change of its decisions, as a registry. */
function changed(decide: DispatchPolicy["decide"]): Replay {
  const random = policyNamed(policies.dispatch, "random");
  return new Replay({ dispatch: [{ ...random, decide } as unknown as AnyPolicy] });
}

test("a tie-break that was altered is named at the first line where it matters", () => {
  const { decide } = policyNamed(policies.dispatch, "tracker-informed");
  // Keeps the first of equals where the policy draws among them.
  const altered = policyNamed(policies.dispatch, "tracker-informed");
  const firstOfEquals: DispatchPolicy = {
    ...altered,
    decide: (view, params, random, memory) =>
      decide(view, params, () => Math.max(random(), 0.999), memory),
  };
  const lines = log(["tracker-informed"]);
  const expected = lines.findIndex((line) => {
    const { view, draws, decision } = JSON.parse(line, revived);
    return bind(firstOfEquals).decide(view, () => draws.shift()).to !== decision.to;
  });
  assert.ok(expected >= 0, "ties that matter are in the log");
  const replay = new Replay({ dispatch: [firstOfEquals as unknown as AnyPolicy] });
  const { first, tallies } = replayed(lines, replay);
  assert.is(first?.line, expected + 1);
  assert.is(first?.field, "decision.to");
  assert.ok(tallies[0].agreed > 0 && tallies[0].differed > 0);
});

test("too many and too few draws are differences, and so is a policy that throws", () => {
  const lines = log(["random"]).filter((line) => JSON.parse(line).view.count === 40);
  const { decide } = policyNamed(policies.dispatch, "random");
  const more = changed((view, params, random, memory) => {
    const decision = decide(view, params, random, memory);
    random();
    return decision;
  });
  assert.equal(replayed(lines, more).first, {
    ...{ line: 1, family: "dispatch", policy: "random", field: "draws", expected: 1, found: 2 },
  });
  const fails = changed(() => {
    throw new Error("boom");
  });
  assert.is(replayed(lines, fails).first?.found, "an error: boom");
});

test("all that is wrong with a log is told with its line", () => {
  const [good] = log(["random"]);
  const record = JSON.parse(good);
  const edited = (fields: object) => JSON.stringify({ ...record, ...fields });
  const { problems } = replayed([
    good,
    "{",
    "[1]",
    edited({ v: 2 }),
    edited({ draws: [1], memory: "a" }),
    edited({ family: "dispach" }),
    edited({ policy: "randon" }),
    edited({ params: { a: 1 } }),
  ]);
  const known = policies.dispatch.map(({ name }) => name).join(", ");
  const families = Object.keys(policies).filter((family) => family !== "wrapper");
  assert.equal(problems, [
    '2: expected a line of JSON; got "{"',
    "3: expected a record; got a list",
    "4: v: expected 1; got 2",
    '5: memory: expected a whole number; got "a"',
    "5: draws: expected a list of numbers in [0, 1); got a list",
    `6: unknown family: dispach; known: ${families.join(", ")}; did you mean 'dispatch'?`,
    `7: unknown policy: randon; known: ${known}; did you mean 'random'?`,
    "8: unknown param: random.a; known: none",
  ]);
});

test("a log is read plain and packed; one without decisions is none", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mirrorlab-replay-"));
  const written = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  try {
    const text = `${log(["round-robin"]).join("\n")}\n`;
    for (const path of [written("log", text), written("log.gz", gzipSync(text))]) {
      const { tallies, events } = await replayLog(path);
      assert.is(tallies[0].agreed, 60);
      assert.is(events, 60);
    }
    await replayLog(written("empty", "\n\n")).then(
      () => assert.unreachable(),
      (error) => assert.match(error.message, /expected a log of decisions; got 2 lines/),
    );
    await replayLog(written("other", "x\n".repeat(30))).then(
      () => assert.unreachable(),
      (error: InputError) => {
        assert.is(error.problems.length, 21);
        assert.match(error.problems[20], /other: 10 more problems$/);
      },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the first difference is named by its field", () => {
  const of = (one: unknown, other: unknown) => difference(one, other, "decision");
  assert.is(of({ to: 1, reason: "a" }, { reason: "a", to: 1 }), undefined);
  assert.equal(of({ a: [1, 2] }, { a: [1, 3] }), {
    ...{ field: "decision.a[1]", expected: 2, found: 3 },
  });
  assert.equal(of([1], [1, 2]), { field: "decision[1]", expected: undefined, found: 2 });
  assert.equal(of({ at: 1 }, {}), { field: "decision.at", expected: 1, found: undefined });
  assert.equal(of([], {}), { field: "decision", expected: [], found: {} });
  assert.is(of(Number.NaN, Number.NaN), undefined);
});

test.run();
