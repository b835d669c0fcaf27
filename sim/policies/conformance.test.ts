/** What every policy owes its hosts, whatever its idea. New policies are covered on registration. */
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ChunkSizePolicy } from "./chunk-size/chunk-size.ts";
import { NO_HOLDER } from "./dispatch/holders.ts";
import {
  bind,
  type Candidate,
  type DispatchPolicy,
  type DispatchView,
  type Policy,
  paramProblems,
  policies,
  policyNamed,
  type ReplicationPolicy,
  type ReplicationView,
  SERVER,
} from "./index.ts";
import { atEveryLimit, candidate, deepFreeze, dispatchView, evenly } from "./testing.ts";

type Checks<P> = Readonly<Record<string, (policy: P) => void>>;

const CONFIG = { seed: 1, numRuns: 1000 } as const;

// Views are frozen, so that a policy which changes one throws.

const amount = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e12, noNaN: true }));

const candidates = fc
  .uniqueArray(
    fc.record<Candidate>({
      node: fc.nat(99),
      belief: fc.constantFrom("verified", "listed", "stale", "partial"),
      uplink: fc.double({ min: 1, max: 1e9, noNaN: true }),
      reportedAt: fc.double({ min: -1e5, max: 0, noNaN: true }),
      uploadRate: amount,
      syncRate: amount,
      left: amount,
      uploaded: amount,
      pending: amount,
      redirected: amount,
      transfers: fc.nat(1000),
    }),
    { selector: ({ node }) => node, maxLength: 12 },
  )
  .map((all) => deepFreeze(all.toSorted((a, b) => a.node - b.node)));

const dispatchViews = fc
  .tuple(candidates, fc.nat(3), amount, fc.nat())
  .map(
    ([all, beyond, size, file]): DispatchView =>
      deepFreeze(
        dispatchView(all, { count: Math.max(all.length - beyond, 0), size: size + 1, file }),
      ),
  );

const redirects = fc.record({
  kind: fc.constant<"redirected">("redirected"),
  node: fc.integer({ min: SERVER, max: 99 }),
});

const replicationViews = fc
  .tuple(
    fc.array(fc.record({ free: fc.oneof(amount, fc.constant(Infinity)), volatile: fc.boolean() })),
    fc.nat(3),
    amount,
    fc.oneof(amount, fc.double({ min: 0, max: 2e5, noNaN: true }), fc.constant(Infinity)),
  )
  .map(
    ([all, beyond, size, age]): ReplicationView =>
      deepFreeze({
        ...{ file: 0, size: size + 1, age, count: Math.max(all.length - beyond, 0) },
        volunteers: all.map((facts, node) => ({ node, ...facts })),
      }),
  );

const chunkSizeViews = fc
  .oneof(fc.integer({ min: 1, max: 2 ** 18 }), fc.integer({ min: 1, max: 2 ** 45 }))
  .map((size) => Object.freeze({ size }));

/** What a policy of any family owes, for views of its family. */
function commonChecks<View, Event>(
  views: fc.Arbitrary<View>,
  pasts: fc.Arbitrary<readonly Event[]>,
) {
  type AnyPolicy = Policy<View, { readonly reason: string }, Event>;
  const checks: Checks<AnyPolicy> = {
    "names itself, its idea and its source": ({ name, summary, source }) => {
      assert.match(name, /^[a-z]+(-[a-z]+)*$/);
      assert.ok(summary.length > 0 && source.length > 0, name);
    },

    "has params whose defaults are allowed": (policy) => {
      const defaults = Object.entries(policy.params).map(([param, spec]) => [param, spec.default]);
      assert.equal(paramProblems(policy, Object.fromEntries(defaults)), []);
      for (const [param, { summary }] of Object.entries(policy.params)) {
        assert.match(param, /^[a-z]+([A-Z][a-z]*)*$/);
        assert.ok(summary.length > 0, param);
      }
    },

    "repeats its decision for the same view, draws and events": (policy) => {
      always(fc.tuple(views, views, pasts), ([view, other, past]) => {
        const [host, again] = [bind(policy), bind(policy)];
        for (const event of past) host.observe(event);
        for (const event of past) again.observe(event);
        const decision = host.decide(view, evenly());
        host.decide(other, evenly(0.5)); // Must leave nothing behind.
        assert.equal(host.decide(view, evenly()), decision);
        assert.equal(again.decide(view, evenly()), decision);
      });
    },

    "takes neither chance nor time from its surroundings": (policy) => {
      const { decide } = bind(policy);
      always(views, (view) => {
        withoutSurroundings(() => decide(view, () => 0.5));
      });
    },

    "does not change the memory it is given": ({ memory }) => {
      if (memory === undefined) return;
      always(pasts, (past) => {
        past.reduce((before: unknown, event) => {
          const after = memory.observe(deepFreeze(before), deepFreeze(event));
          assert.equal(memory.observe(before, event), after);
          return after;
        }, memory.init());
      });
    },

    "gives one of a few short reasons": (policy) => {
      const { decide } = bind(policy);
      const random = evenly();
      const reasons = new Set(fc.sample(views, CONFIG).map((view) => decide(view, random).reason));
      assert.ok(reasons.size <= 8, [...reasons].join());
      for (const reason of reasons) assert.ok(0 < reason.length && reason.length <= 40, reason);
    },
  };
  return checks;
}

const dispatchChecks: Checks<DispatchPolicy> = {
  ...commonChecks(dispatchViews, fc.array(redirects)),

  "redirects to a sound copy among those that count, or to the server": (policy) => {
    for (const { decide } of atEveryLimit(policy)) {
      const random = evenly();
      always(dispatchViews, (view) => {
        const { to } = decide(view, random);
        if (to === SERVER) return;
        assert.ok(Number.isInteger(to) && 0 <= to && to < view.count, `${to} of ${view.count}`);
        assert.match(view.candidates[to].belief, /^(verified|listed)$/);
      });
    }
  },

  "leaves a request to the server where there is no sound copy": (policy) => {
    const { decide } = bind(policy);
    const beyond = dispatchView([candidate(0)], { count: 0 });
    assert.equal(decide(beyond, evenly()), NO_HOLDER);
    const bad = [candidate(0, { belief: "stale" }), candidate(1, { belief: "partial" })];
    assert.is(decide(dispatchView(bad), evenly()).to, SERVER);
  },

  "takes a single candidate whatever its load, or always the server": (policy) => {
    const single = dispatchViews
      .filter(({ count }) => count > 0)
      .map((view): DispatchView => {
        return { ...view, candidates: [{ ...view.candidates[0], belief: "listed" }], count: 1 };
      });
    const { decide } = bind(policy);
    const targets = new Set(fc.sample(single, CONFIG).map((view) => decide(view, evenly()).to));
    assert.is(targets.size, 1, [...targets].join());
  },
};

const replicationChecks: Checks<ReplicationPolicy> = {
  ...commonChecks(replicationViews, fc.constant<never[]>([])),

  "copies to distinct volunteers with room among those that count": (policy) => {
    for (const { decide } of atEveryLimit(policy)) {
      const random = evenly();
      always(replicationViews, (view) => {
        const { copyTo } = decide(view, random);
        assert.is(new Set(copyTo).size, copyTo.length);
        for (const index of copyTo) {
          assert.ok(0 <= index && index < view.count, `${index} of ${view.count}`);
          assert.ok(view.volunteers[index].free >= view.size);
        }
      });
    }
  },
};

const chunkSizeChecks: Checks<ChunkSizePolicy> = {
  ...commonChecks(chunkSizeViews, fc.constant<never[]>([])),

  "cuts every file into whole bytes, at most the file": (policy) => {
    for (const { decide } of atEveryLimit(policy)) {
      always(chunkSizeViews, (view) => {
        const { chunkSize } = decide(view, evenly());
        assert.ok(Number.isInteger(chunkSize), `${chunkSize}`);
        assert.ok(1 <= chunkSize && chunkSize <= view.size, `${chunkSize} of ${view.size}`);
      });
    }
  },
};

conforms("dispatch", policies.dispatch, dispatchChecks);
conforms("replication", policies.replication, replicationChecks);
conforms("chunk size", policies.chunkSize, chunkSizeChecks);

const faults = suite("conformance finds");

const sound = policyNamed<DispatchPolicy>(policies.dispatch, "round-robin");
const decideSoundly = (view: DispatchView) => sound.decide(view, {}, evenly(), SERVER);
const firstOfAny: DispatchPolicy["decide"] = ({ count }) =>
  count === 0 ? NO_HOLDER : { to: 0, reason: "test" };
let calls = 0;

/** Faults planted in a sound policy, by a check that must find each of them. */
const PLANTED: Readonly<Record<string, readonly Partial<DispatchPolicy>[]>> = {
  "names itself, its idea and its source": [{ name: "First One" }, { source: "" }],
  "has params whose defaults are allowed": [
    { params: { p: { default: 2, min: 0, max: 1, unit: "ratio", summary: "p" } } },
  ],
  "repeats its decision for the same view, draws and events": [
    { decide: () => ({ to: calls++, reason: "test" }) },
  ],
  "takes neither chance nor time from its surroundings": [
    { decide: () => ({ to: Math.floor(Math.random()), reason: "test" }) },
    { decide: () => ({ to: Math.floor(performance.now()), reason: "test" }) },
    { decide: () => ({ to: Date.now(), reason: "test" }) },
    { decide: () => ({ to: new Date().getHours(), reason: "test" }) },
  ],
  "does not change the memory it is given": [
    {
      memory: { init: () => ({}), observe: (last, event) => Object.assign(last as object, event) },
    },
  ],
  "gives one of a few short reasons": [
    { decide: ({ file }) => ({ to: SERVER, reason: `file ${file}` }) },
    { decide: () => ({ to: SERVER, reason: "" }) },
  ],
  "redirects to a sound copy among those that count, or to the server": [
    { decide: firstOfAny },
    { decide: (view) => decideSoundly({ ...view, count: view.candidates.length }) },
    {
      decide(view) {
        (view.candidates as Candidate[]).sort((a, b) => b.uplink - a.uplink);
        return decideSoundly(view);
      },
    },
  ],
  "leaves a request to the server where there is no sound copy": [
    { decide: firstOfAny },
    { decide: () => ({ to: 0, reason: "test" }) },
    { decide: () => ({ to: SERVER, reason: "nobody there" }) },
  ],
  "takes a single candidate whatever its load, or always the server": [
    { decide: (view) => (view.candidates[0]?.pending > 1e6 ? NO_HOLDER : decideSoundly(view)) },
  ],
};

faults("nothing wrong with the policy the faults are planted in", () => {
  assert.equal(failing(sound, dispatchChecks), []);
});

faults("every fault planted for a check, and every check has one", () => {
  assert.equal(Object.keys(PLANTED).sort(), Object.keys(dispatchChecks).sort());
  for (const [check, planted] of Object.entries(PLANTED)) {
    for (const [index, fault] of planted.entries()) {
      const found = failing({ ...sound, ...fault }, { [check]: dispatchChecks[check] });
      assert.equal(found, [check], `fault ${index} of: ${check}`);
    }
  }
});

faults("a copy where there is no room", () => {
  const everywhere: ReplicationPolicy = {
    ...policies.replication[0],
    decide: ({ count }) => ({ copyTo: [...Array(count).keys()], reason: "test" }),
  };
  assert.equal(failing(everywhere, replicationChecks), [
    "copies to distinct volunteers with room among those that count",
  ]);
});

faults("a chunk longer than its file", () => {
  const long: ChunkSizePolicy = {
    ...policies.chunkSize[0],
    decide: () => ({ chunkSize: 700, reason: "test" }),
  };
  assert.equal(failing(long, chunkSizeChecks), [
    "cuts every file into whole bytes, at most the file",
  ]);
});

faults.run();

/** Tries `check` on the same thousand values each time. */
function always<T>(values: fc.Arbitrary<T>, check: (value: T) => void): void {
  fc.assert(fc.property(values, check), CONFIG);
}

function conforms<P extends { readonly name: string }>(
  family: string,
  members: readonly P[],
  checks: Checks<P>,
): void {
  for (const policy of members) {
    const it = suite(`${family}: ${policy.name}`);
    for (const [name, check] of Object.entries(checks)) it(name, () => check(policy));
    it.run();
  }
}

/** The names of the checks that `policy` fails. */
function failing<P>(policy: P, checks: Checks<P>): string[] {
  return Object.keys(checks).filter((name) => {
    try {
      checks[name](policy);
      return false;
    } catch {
      return true;
    }
  });
}

/** Runs `action` while reading a clock or drawing ambient chance throws. */
function withoutSurroundings(action: () => void): void {
  const { random } = Math;
  const { now } = performance;
  const clock = globalThis.Date;
  const forbidden = () => {
    throw new Error("a policy read its surroundings");
  };
  Math.random = forbidden;
  performance.now = forbidden;
  globalThis.Date = new Proxy(clock, { construct: forbidden, apply: forbidden, get: forbidden });
  try {
    action();
  } finally {
    Math.random = random;
    performance.now = now;
    globalThis.Date = clock;
  }
}
