/** What every dispatch policy and wrapper owes its hosts. New ones are covered by being listed. */
import fc from "fast-check";
import { suite } from "uvu";
import { NO_HOLDER } from "../dispatch/helpers/holders.ts";
import {
  bind,
  type Candidate,
  type DispatchEvent,
  type DispatchPolicy,
  type DispatchView,
  type DispatchWrapper,
  families,
  policies,
  policyNamed,
  SERVER,
  wrap,
} from "../index.ts";
import { atEveryLimit, candidate, deepFreeze, dispatchView, evenly } from "../testing.ts";
import { type Checks, claim, commonChecks, conforms, failing } from "./testing.ts";

const CONFIG = { seed: 1, numRuns: 1000 } as const;

const amount = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e12, noNaN: true }));
const name = fc.constantFrom("", "a", "b");
const number = fc.constantFrom(0, 1, 2);
const past = fc.oneof(fc.constant(-Infinity), fc.double({ min: -1e5, max: 0, noNaN: true }));
const position = fc.option(
  fc.record({
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  }),
);

const place = { site: name, region: name, position };

const volunteer = fc.record({
  ...place,
  network: fc.constantFrom("", "10.0.0.0/8", "10.1.0.0/16", "192.168.0.0/16"),
  asNumbers: fc.array(number, { maxLength: 2 }),
  countries: fc.array(name, { maxLength: 2 }),
  continents: fc.array(name, { maxLength: 2 }),
  weight: fc.constantFrom(1, 100, 100, 1000),
  score: fc.integer({ min: -100, max: 100 }),
  joinedAt: past,
  failures: fc.constantFrom(0, 0, 5, 50),
  failedAt: past,
  demand: fc.double({ min: 0, max: 1, noNaN: true }),
  latency: fc.record({
    samples: fc.constantFrom(0, 1, 16, 1999, 2000),
    last: amount,
    mean: amount,
    deviation: amount,
    median: fc.double({ min: 0, max: 1e5, noNaN: true }),
    at: fc.oneof(fc.constant(-Infinity), fc.double({ min: -1000, max: 0, noNaN: true })),
    transfers: fc.nat(1000),
    redirects: fc.nat(20),
  }),
});

const client = fc.record({
  ...place,
  networks: fc.subarray(["10.1.0.0/16", "10.0.0.0/8", "127.0.0.0/8"]),
  asNumber: number,
  country: name,
  continent: name,
  demand: fc.double({ min: 0, max: 1, noNaN: true }),
  lastNode: fc.integer({ min: SERVER, max: 99 }),
  lastAt: past,
});

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
      given: amount,
      transfers: fc.nat(1000),
      foreign: fc.nat(10),
      backlog: amount,
      ahead: amount,
      rate: fc.double({ min: 1, max: 1e9, noNaN: true }),
      shared: fc.constantFrom(1e6, 1e9, Infinity),
      facts: volunteer,
    }),
    { selector: ({ node }) => node, maxLength: 30 },
  )
  .map((all) => all.toSorted((a, b) => a.node - b.node));

const views = fc.sample(
  fc
    .tuple(candidates, fc.nat(3), amount, fc.nat(), client, fc.nat(3000))
    .map(([all, beyond, size, file, client, sending]): DispatchView => {
      const count = Math.max(all.length - beyond, 0);
      const server = { uplink: 1e7, sending };
      return deepFreeze(dispatchView(all, { count, size: size + 1, file, client, server }));
    }),
  CONFIG,
);

const pasts = fc.sample(
  fc.array(
    fc.record<DispatchEvent>({
      kind: fc.constant("redirected"),
      node: fc.integer({ min: SERVER, max: 99 }),
      customer: fc.nat(9),
      file: fc.nat(9),
      size: amount,
      at: fc.nat(1000),
    }),
  ),
  CONFIG,
);

const wrappedChecks: Checks<DispatchPolicy> = {
  ...commonChecks({ rules: families.dispatch, views, pasts: deepFreeze(pasts) }),

  "redirects to a sound copy among those that count, or to the server": (policy) => {
    for (const { decide } of atEveryLimit(policy)) {
      const random = evenly();
      for (const view of views) {
        const { to } = decide(view, random);
        if (to === SERVER) continue;
        claim(Number.isInteger(to) && 0 <= to && to < view.count, `${to} of ${view.count}`);
        const { belief } = view.candidates[to];
        claim(belief === "verified" || belief === "listed", belief);
      }
    }
  },

  "leaves a request to the server where there is no sound copy": (policy) => {
    const { decide } = bind(policy);
    const beyond = decide(dispatchView([candidate(0)], { count: 0 }), evenly());
    claim(beyond.to === SERVER && beyond.reason === NO_HOLDER.reason, beyond.reason);
    const bad = [candidate(0, { belief: "stale" }), candidate(1, { belief: "partial" })];
    claim(decide(dispatchView(bad), evenly()).to === SERVER, "redirects to a bad copy");
  },

  "has a customer wait only where nobody delivers, for a positive time": (policy) => {
    for (const { decide } of atEveryLimit(policy)) {
      const random = evenly();
      for (const view of views) {
        const { to, retryAfter } = decide(view, random);
        claim(retryAfter === undefined || (to === SERVER && retryAfter > 0), `${retryAfter}`);
      }
    }
  },
};

const checks: Checks<DispatchPolicy> = {
  ...wrappedChecks,

  "takes a single candidate whatever its load, or always the server": (policy) => {
    const { decide } = bind(policy);
    const targets = new Set<number>();
    for (const view of views) {
      if (view.count === 0) continue;
      const single = { ...view.candidates[0], belief: "listed" } as const;
      targets.add(decide({ ...view, candidates: [single], count: 1 }, evenly()).to);
    }
    claim(targets.size === 1, [...targets].join());
  },
};

const wrapperChecks: Checks<DispatchWrapper> = {
  "names its params after itself": ({ name, params }) => {
    const [first] = name.split("-");
    for (const param of Object.keys(params)) claim(param.startsWith(first), param);
  },

  "shares no param with a dispatch policy or another wrapper": (wrapper) => {
    const others = [...policies.dispatch, ...policies.wrapper].filter(
      ({ name }) => name !== wrapper.name,
    );
    const taken = new Set(others.flatMap(({ params }) => Object.keys(params)));
    for (const param of Object.keys(wrapper.params)) claim(!taken.has(param), param);
  },

  "conforms around policies of each kind": (wrapper) => {
    for (const name of ["origin-only", "random", "round-robin", "tracker-informed", "mirrorbits"]) {
      const wrapped = wrap(wrapper, policyNamed<DispatchPolicy>(policies.dispatch, name));
      claim(failing(wrapped, wrappedChecks).length === 0, name);
    }
  },
};

conforms(suite, "dispatch", policies.dispatch, checks);
conforms(suite, "wrapper", policies.wrapper, wrapperChecks);
conforms(
  suite,
  "wrapped",
  [
    policyNamed<DispatchPolicy>(policies.dispatch, "admission+fresh+sticky+power-of-d"),
    policyNamed<DispatchPolicy>(policies.dispatch, "outlier-ejection+slow-start+mirrorcache"),
  ],
  wrappedChecks,
);

const faults = suite("conformance finds");

const sound = policyNamed<DispatchPolicy>(policies.dispatch, "round-robin");
const decideSoundly = (view: DispatchView) => sound.decide(view, {}, evenly(), SERVER);
const firstOfAny: DispatchPolicy["decide"] = ({ count }) =>
  count === 0 ? NO_HOLDER : { to: 0, reason: "test" };
let calls = 0;

/** Faults planted in a sound policy, by a check that must find each of them. */
const PLANTED: Readonly<Record<string, readonly Partial<DispatchPolicy>[]>> = {
  "names itself, its idea and its source": [{ name: "First One" }, { source: "" }, { differs: "" }],
  "has params whose defaults are allowed": [
    { params: { p: { default: 2, min: 0, max: 1, unit: "ratio", summary: "p" } } },
  ],
  "repeats its decision for the same view, draws and events": [
    { decide: () => ({ to: calls++, reason: "test" }) },
  ],
  "decides the same from what is recorded of it": [
    { decide: () => ({ to: SERVER, reason: `call ${calls++}` }) },
    { decide: (view) => ({ to: SERVER, reason: Object.isFrozen(view) ? "this" : "a copy" }) },
  ],
  "decides by its family's rules when they are checked": [
    { decide: ({ count }) => ({ to: count, reason: "test" }) },
    { decide: () => ({ to: Number.NaN, reason: "test" }) },
  ],
  "takes neither chance nor time from its surroundings": [
    { decide: () => ({ to: Math.floor(Math.random()), reason: "test" }) },
    { decide: () => ({ to: Math.floor(performance.now()), reason: "test" }) },
    { decide: () => ({ to: Date.now(), reason: "test" }) },
    { decide: () => ({ to: new Date().getHours(), reason: "test" }) },
  ],
  "does not change the memory it is given": [
    {
      memory: {
        init: () => ({ n: 0 }),
        observe: (last) => Object.assign(last as object, { n: (last as { n: number }).n + 1 }),
      },
    },
  ],
  "remembers plain data, from which it goes on after a time as JSON": [
    { memory: { init: () => new Map(), observe: (last) => last } },
    { memory: { init: () => Uint8Array.of(0), observe: (last) => last } },
    { memory: { init: () => ({ node: undefined }), observe: (last) => last } },
    { memory: { init: () => SERVER, observe: (_, { node }) => (node < 9 ? node : `${node}`) } },
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
  "has a customer wait only where nobody delivers, for a positive time": [
    { decide: (view) => ({ ...decideSoundly(view), retryAfter: 1 }) },
    { decide: () => ({ to: SERVER, reason: "later", retryAfter: 0 }) },
  ],
  "takes a single candidate whatever its load, or always the server": [
    { decide: (view) => (view.candidates[0]?.pending > 1e6 ? NO_HOLDER : decideSoundly(view)) },
  ],
};

faults("nothing wrong with the policy the faults are planted in", () => {
  claim(failing(sound, checks).length === 0, "a fault in a sound policy");
});

faults("every fault planted for a check, and every check has one", () => {
  claim(
    Object.keys(PLANTED).sort().join() === Object.keys(checks).sort().join(),
    "a check without",
  );
  for (const [check, planted] of Object.entries(PLANTED)) {
    for (const [index, fault] of planted.entries()) {
      const found = failing({ ...sound, ...fault }, { [check]: checks[check] });
      claim(found.length === 1, `fault ${index} of: ${check}`);
    }
  }
});

faults("a wrapper that redirects to what it has left out", () => {
  const wrong: DispatchWrapper = {
    ...policies.wrapper[0],
    decide: (view, _params, _random, inner) =>
      view.count === 0 ? inner.decide() : { to: 0, reason: "test" },
  };
  const found = failing(wrong, wrapperChecks);
  claim(found.join() === "conforms around policies of each kind", found.join());
});

faults.run();
