import { deepStrictEqual as same } from "node:assert";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type Belief,
  bind,
  type Candidate,
  type Random,
  type Trust,
  type TrustEvent,
  type TrustPolicy,
  type TrustView,
} from "../policies/index.ts";
import { candidate } from "../policies/testing.ts";
import { Actions } from "./actions.ts";
import { type BindTrust, Standing } from "./standing.ts";

/** A policy that says so, and remembers what it is told. */
function saying(
  say: (view: TrustView, random: Random, memory: readonly TrustEvent[]) => Partial<Trust>,
) {
  const policy: TrustPolicy<Record<string, never>, readonly TrustEvent[]> = {
    ...{ name: "saying", summary: "says so", source: "test", params: {} },
    memory: { init: () => [], observe: (events, event) => [...events, event] },
    decide: (view, _, random, memory) => ({
      ...{ serve: true, audit: false, reason: "so" },
      ...say(view, random, memory),
    }),
  };
  return () => bind(policy as TrustPolicy);
}

/** Standing of three volunteers, and the audits that are asked for. */
function standingOf(trust: BindTrust, random: Random = () => 0.5) {
  const actions = new Actions();
  const standing = new Standing(trust, actions, random);
  for (const volunteer of [0, 1, 2]) standing.register(volunteer);
  return {
    standing,
    /** Who may serve the file. */
    serving(
      file: number,
      beliefs: readonly Belief[] = ["listed", "listed", "listed"],
      now = 0,
    ): number[] {
      const candidates: Candidate[] = beliefs.map((belief, node) => candidate(node, { belief }));
      const count = standing.filter(candidates, candidates.length, file, now);
      return candidates.slice(0, count).map(({ node }) => node);
    },
    audits(): [volunteer: number, file: number][] {
      const all: [number, number][] = [];
      actions.take((kind, volunteer, file) => {
        assert.is(kind, "audit");
        all.push([volunteer, file]);
      });
      return all;
    },
  };
}

test("without a policy all are trusted, and nobody is audited", () => {
  const { standing, serving, audits } = standingOf(null);
  assert.is(standing.trustsAll, true);
  assert.equal(serving(7), [0, 1, 2]);
  standing.chose(1, 7);
  standing.tell(1, "report", false, 5);
  standing.tell(1, "audit", false, 5);
  assert.equal(audits(), []);
  assert.is(standing.judge(1, "listed", 5), null);
  assert.equal(standing.save(), { audits: [-1, -1, -1], memories: [] });
});

test("those who may serve stay, in order, by what is believed of them and the time", () => {
  const trust = saying(({ belief, now }) => ({ serve: belief === "verified" && now === 9 }));
  const { standing, serving } = standingOf(trust);
  assert.is(standing.trustsAll, false);
  assert.equal(serving(7, ["verified", "listed", "verified"], 9), [0, 2]);
  assert.equal(serving(7, ["verified", "listed", "verified"], 8), []);
});

test("who may not serve is audited when the policy says so, if it has a copy", () => {
  const { serving, audits } = standingOf(saying(() => ({ serve: false, audit: true })));
  assert.equal(serving(7, ["listed", "stale", "verified"]), []);
  assert.equal(audits(), [
    [0, 7],
    [2, 7],
  ]);
  const partial = standingOf(saying(() => ({ serve: false, audit: true })));
  partial.serving(7, ["partial"]);
  assert.equal(partial.audits(), []);
  const idle = standingOf(saying(() => ({ serve: false, audit: false })));
  idle.serving(7);
  assert.equal(idle.audits(), []);
});

test("who may serve is audited when the request goes to it", () => {
  const trust = saying(({ now }) => ({ serve: true, audit: now === 0 }));
  const { standing, serving, audits } = standingOf(trust);
  serving(7);
  assert.equal(audits(), []);
  standing.chose(1, 7);
  assert.equal(audits(), [[1, 7]]);
  serving(7, ["listed", "listed", "listed"], 1); // It is no longer due at the next request.
  standing.chose(2, 7);
  assert.equal(audits(), []);
});

test("a volunteer has one audit at a time", () => {
  const { standing, serving, audits } = standingOf(saying(() => ({ serve: false, audit: true })));
  serving(7);
  serving(8);
  assert.equal(audits().length, 3);
  standing.tell(1, "report", true, 0); // Tells nothing of the audit.
  serving(8);
  assert.equal(audits(), []);
  standing.tell(1, "audit", false, 0);
  serving(9);
  assert.equal(audits(), [[1, 9]]);
  standing.register(1); // Anew, and still under audit.
  serving(9);
  assert.equal(audits(), []);
});

test("each volunteer has a policy of its own, which remembers what it was told", () => {
  const trust = saying((_, __, memory) => ({ serve: memory.length < 2 }));
  const { standing, serving } = standingOf(trust);
  standing.tell(1, "report", false, 5);
  assert.equal(serving(7), [0, 1, 2]);
  standing.register(1); // Anew: it is not forgotten.
  standing.tell(1, "audit", true, 6);
  standing.tell(2, "audit", true, 6);
  assert.equal(serving(7), [0, 2]);
  assert.equal(standing.save().memories[1], [
    { kind: "report", passed: false, at: 5 },
    { kind: "audit", passed: true, at: 6 },
  ]);
});

test("chance of a policy is drawn in the order of the candidates", () => {
  let draws = 0;
  const trust = saying((_, random) => ({ serve: random() > 2 }));
  const { serving } = standingOf(trust, () => ++draws);
  assert.equal(serving(7), [2]);
});

test("what the policy says can be asked for without any effect", () => {
  let draws = 0;
  const trust = saying(({ belief, now }, random, memory) => ({
    ...{ serve: belief === "listed" && memory.length === 0 && now === 3 },
    audit: random() !== 1 - 2 ** -32, // The greatest number that is drawn.
  }));
  const { standing, audits } = standingOf(trust, () => {
    draws++;
    return 0;
  });
  const before = standing.save();
  assert.equal(standing.judge(1, "listed", 3), { serve: true, audit: false, reason: "so" });
  assert.is(standing.judge(1, "stale", 3)?.serve, false);
  assert.is(standing.judge(1, "listed", 4)?.serve, false);
  for (const volunteer of [0, 1, 2]) standing.chose(volunteer, 7);
  assert.equal(audits(), []);
  assert.is(draws, 0);
  same(standing.save(), before);
});

test("what is saved is known elsewhere, audits that are under way as well", () => {
  const trust = saying((_, __, memory) => ({ serve: memory.length > 0, audit: true }));
  const here = standingOf(trust);
  here.serving(7, ["listed", "listed"]);
  here.standing.tell(0, "audit", true, 3);
  const there = standingOf(trust);
  there.standing.load(here.standing.save());
  same(there.standing.save(), here.standing.save());
  assert.equal(there.serving(8), [0]);
  assert.equal(there.audits(), [[2, 8]]); // The second is being audited, the first is not chosen.
  there.standing.chose(0, 8);
  assert.equal(there.audits(), [[0, 8]]);
  const none = standingOf(null);
  none.standing.load(none.standing.save());
  assert.equal(none.standing.save().memories, []);
});

test.run();
