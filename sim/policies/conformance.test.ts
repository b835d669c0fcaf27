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
import { candidate, dispatchView, evenly } from "./testing.ts";

type Checks<P> = Readonly<Record<string, (policy: P) => void>>;

const CONFIG = { seed: 1, numRuns: 1000 } as const;

// Views are frozen, so that a policy which changes one throws.

const amount = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e12, noNaN: true }));
const rate = fc.double({ min: 1, max: 1e9, noNaN: true });

const candidates = fc
  .uniqueArray(
    fc.record<Candidate>({
      node: fc.nat(99),
      belief: fc.constantFrom("verified", "listed", "stale", "partial"),
      uplink: rate,
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
  .map((all) => Object.freeze(all.toSorted((a, b) => a.node - b.node).map(Object.freeze)))
  .map((all) => all as readonly Candidate[]);

const dispatchViews = fc
  .tuple(candidates, fc.nat(3), amount, fc.nat())
  .map(
    ([all, beyond, size, file]): DispatchView =>
      Object.freeze(
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
      Object.freeze({
        file: 0,
        size: size + 1,
        age,
        volunteers: Object.freeze(all.map((facts, node) => Object.freeze({ node, ...facts }))),
        count: Math.max(all.length - beyond, 0),
      }),
  );

const fileSizes = fc.oneof(
  fc.integer({ min: 1, max: 2 ** 18 }),
  fc.integer({ min: 1, max: 2 ** 45 }),
);
const chunkSizeViews = fileSizes.map((size) => Object.freeze({ size }));

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
      fc.assert(
        fc.property(views, views, pasts, (view, other, past) => {
          const host = bind(policy);
          const again = bind(policy);
          for (const event of past) host.observe(event);
          for (const event of past) again.observe(event);
          const decision = host.decide(view, evenly());
          host.decide(other, evenly(0.5)); // Must leave nothing behind.
          assert.equal(host.decide(view, evenly()), decision);
          assert.equal(again.decide(view, evenly()), decision);
        }),
        CONFIG,
      );
    },

    "takes neither chance nor time from its surroundings": (policy) => {
      const { decide } = bind(policy);
      fc.assert(
        fc.property(views, (view) => {
          withoutSurroundings(() => decide(view, () => 0.5));
        }),
        CONFIG,
      );
    },

    "does not change the memory it is given": ({ memory }) => {
      if (memory === undefined) return;
      fc.assert(
        fc.property(pasts, (past) => {
          const frozen = (event: Event, before: unknown) => {
            const after = memory.observe(deepFreeze(before), deepFreeze(event));
            assert.equal(memory.observe(before, event), after);
            return after;
          };
          past.reduce((before, event) => frozen(event, before), memory.init());
        }),
        CONFIG,
      );
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
      fc.assert(
        fc.property(dispatchViews, (view) => {
          const { to } = decide(view, random);
          if (to === SERVER) return;
          assert.ok(Number.isInteger(to) && 0 <= to && to < view.count, `${to} of ${view.count}`);
          assert.match(view.candidates[to].belief, /^(verified|listed)$/);
        }),
        CONFIG,
      );
    }
  },

  "leaves a request to the server where there is no candidate": (policy) => {
    const beyond = dispatchView([candidate(0)], { count: 0 });
    assert.equal(bind(policy).decide(beyond, evenly()), NO_HOLDER);
    assert.equal(bind(policy).decide(dispatchView([]), evenly()), NO_HOLDER);
  },

  "leaves a request to the server where no copy is sound": (policy) => {
    const bad = [candidate(0, { belief: "stale" }), candidate(1, { belief: "partial" })];
    assert.is(bind(policy).decide(dispatchView(bad), evenly()).to, SERVER);
  },

  "takes a single candidate whatever its load, or always the server": (policy) => {
    const single = dispatchViews
      .filter(({ count }) => count > 0)
      .map((view) => ({
        ...view,
        candidates: [{ ...view.candidates[0], belief: "listed" }],
        count: 1,
      }))
      .map((view) => view as DispatchView);
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
      fc.assert(
        fc.property(replicationViews, (view) => {
          const { copyTo } = decide(view, random);
          assert.is(new Set(copyTo).size, copyTo.length);
          for (const index of copyTo) {
            assert.ok(0 <= index && index < view.count, `${index} of ${view.count}`);
            assert.ok(view.volunteers[index].free >= view.size);
          }
        }),
        CONFIG,
      );
    }
  },
};

const chunkSizeChecks: Checks<ChunkSizePolicy> = {
  ...commonChecks(chunkSizeViews, fc.constant<never[]>([])),

  "cuts every file into whole bytes, at most the file": (policy) => {
    for (const { decide } of atEveryLimit(policy)) {
      fc.assert(
        fc.property(chunkSizeViews, (view) => {
          const { chunkSize } = decide(view, evenly());
          assert.ok(Number.isInteger(chunkSize), `${chunkSize}`);
          assert.ok(1 <= chunkSize && chunkSize <= view.size, `${chunkSize} of ${view.size}`);
        }),
        CONFIG,
      );
    }
  },
};

conforms("dispatch", policies.dispatch, dispatchChecks);
conforms("replication", policies.replication, replicationChecks);
conforms("chunk size", policies.chunkSize, chunkSizeChecks);

const registry = suite("registry");

registry("names are unique in their family", () => {
  for (const family of Object.values(policies)) {
    assert.is(new Set(family.map(({ name }) => name)).size, family.length);
  }
});

registry("a policy is found by its name, and an unknown name is told the known ones", () => {
  for (const policy of policies.dispatch) {
    assert.is(policyNamed(policies.dispatch, policy.name), policy);
  }
  assert.throws(
    () => policyNamed(policies.chunkSize, "root"),
    /^unknown policy: root; known: sqrt, fixed$/,
  );
});

registry.run();

const faults = suite("conformance finds");

const first: DispatchPolicy = {
  name: "first",
  summary: "the first sound copy",
  source: "test",
  params: {},
  decide({ candidates, count }) {
    const to = candidates.slice(0, count).findIndex(({ belief }) => /verified|listed/.test(belief));
    return to === -1 ? NO_HOLDER : { to, reason: "first" };
  },
};

faults("nothing wrong with a plain policy", () => {
  assert.equal(failing(first, dispatchChecks), []);
});

const somewhere = { to: 0, reason: "test" };
let calls = 0;

/** For each fault, planted in the plain policy, a check that must see it. */
const PLANTED: Readonly<Record<string, readonly [Partial<DispatchPolicy>, string]>> = {
  "a bad name": [{ name: "First One" }, "names itself, its idea and its source"],
  "a default out of range": [
    { params: { p: { default: 2, min: 0, max: 1, unit: "ratio", summary: "p" } } },
    "has params whose defaults are allowed",
  ],
  "hidden state": [
    { decide: () => ({ ...somewhere, to: calls++ }) },
    "repeats its decision for the same view, draws and events",
  ],
  "ambient chance": [
    { decide: () => ({ ...somewhere, to: Math.floor(Math.random()) }) },
    "takes neither chance nor time from its surroundings",
  ],
  "a clock": [
    { decide: () => ({ ...somewhere, to: Date.now() && 0 }) },
    "takes neither chance nor time from its surroundings",
  ],
  "a clock read through an instance": [
    { decide: () => ({ ...somewhere, to: new Date().getHours() && 0 }) },
    "takes neither chance nor time from its surroundings",
  ],
  "memory changed in place": [
    {
      memory: {
        init: () => [],
        observe: (memory, { node }) => {
          (memory as number[]).push(node);
          return memory;
        },
      },
    },
    "does not change the memory it is given",
  ],
  "a reason for each request": [
    { decide: (view) => ({ to: SERVER, reason: `file ${view.file}` }) },
    "gives one of a few short reasons",
  ],
  "an empty reason": [
    { decide: () => ({ to: SERVER, reason: "" }) },
    "gives one of a few short reasons",
  ],
  "a view changed in place": [
    {
      decide: (view) => {
        (view.candidates as Candidate[]).sort((a, b) => b.uplink - a.uplink);
        return first.decide(view, {}, evenly(), undefined);
      },
    },
    "redirects to a sound copy among those that count, or to the server",
  ],
  "a bad copy": [
    { decide: ({ count }) => (count === 0 ? NO_HOLDER : somewhere) },
    "redirects to a sound copy among those that count, or to the server",
  ],
  "a candidate that does not count": [
    { decide: (view) => first.decide({ ...view, count: view.candidates.length }, {}, evenly(), 0) },
    "redirects to a sound copy among those that count, or to the server",
  ],
  "a redirect to nobody": [
    { decide: () => somewhere },
    "leaves a request to the server where there is no candidate",
  ],
  "a redirect to a bad copy where there is no other": [
    { decide: ({ count }) => (count === 0 ? NO_HOLDER : somewhere) },
    "leaves a request to the server where no copy is sound",
  ],
  "a candidate refused for its load": [
    {
      decide: (view) =>
        view.candidates[0]?.pending > 1e6 ? NO_HOLDER : first.decide(view, {}, evenly(), undefined),
    },
    "takes a single candidate whatever its load, or always the server",
  ],
};

for (const [fault, [planted, check]] of Object.entries(PLANTED)) {
  faults(fault, () => {
    const found = failing({ ...first, ...planted }, dispatchChecks);
    assert.ok(found.includes(check), `only: ${found.join("; ")}`);
  });
}

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
  return Object.entries(checks)
    .filter(([, check]) => {
      try {
        check(policy);
        return false;
      } catch {
        return true;
      }
    })
    .map(([name]) => name);
}

/** The policy with all params at their defaults, then all at their least, then all at their most. */
function atEveryLimit<View, Decision, Event>(policy: Policy<View, Decision, Event>) {
  return (["default", "min", "max"] as const).map((limit) => {
    const params = Object.entries(policy.params).map(([param, spec]) => [param, spec[limit]]);
    return bind(policy, Object.fromEntries(params));
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

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
