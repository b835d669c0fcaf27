/** Every kind of mistake in an experiment's file, with the exact words in which it is reported. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Overrides } from "./override.ts";
import { digest, type Mistake, minimal, minimalWith, problemsIn } from "./testing.ts";

const RELEASE = "release: { catalogue: c, curve: v, at: 1 h, customers: 5 }";

const MISTAKES: Readonly<Record<string, Mistake>> = {
  "an unknown field is not also reported as missing": {
    change: ["seed: 1", "sed: 1"],
    says: [
      "3:1: unknown field: sed; known: title, question, seed, replications, until, system, " +
        "workload, policies, changes, measure, compare, check, ranges, vary = did you mean 'seed'?",
    ],
  },
  "an unknown field far from any known one has no hint": {
    change: ["{ uplink: 8 Mbit/s }", "{ uplink: 8 Mbit/s, xyz: 1 }"],
    says: [
      "5:31: unknown field: xyz; known: uplink, redirectors, price, site, failures, background",
    ],
  },
  "a missing field is shown at the mapping that lacks it": {
    change: ["{ uplink: 8 Mbit/s }", "{}"],
    says: ["5:3: missing uplink"],
  },
  "a missing field of a list's item is shown at the item": {
    change: ["name: a, count: 2, ", "name: a, "],
    says: ["7:7: missing count"],
  },
  "a missing mapping is missing like any field": {
    change: ["  server: { uplink: 8 Mbit/s }\n", ""],
    says: ["4:1: missing server"],
  },
  "a field without value": {
    change: ["title: Small", "title:"],
    says: ["1:1: title: expected text; got nothing"],
  },
  "a share above 1": {
    change: ["count: 2,", "count: 2, coverage: 1.5,"],
    says: ["7:38: invalid coverage: 1.5; not in [0, 1]"],
  },
  "what announces tell, and a rule, that are not known": {
    change: ["  customers:", "  tracker: { reports: total, inFlight: by-requests }\n  customers:"],
    says: [
      "8:23: unknown report: total; known: totals, active, receipts = did you mean 'totals'?",
      "8:40: unknown rule: by-requests; known: by-request, next-request, redirects, reports, none, truth " +
        "= did you mean 'by-request'?",
    ],
  },
  "half a volunteer": {
    change: ["count: 2,", "count: 2.5,"],
    says: ["7:25: count: expected a whole number; got 2.5"],
  },
  "no volunteers of a class": {
    change: ["count: 2,", "count: 0,"],
    says: ["7:25: invalid count: 0; not in [1, 100000], and no change raises it"],
  },
  "text where a flag belongs": {
    change: ["  customers:", "  transport: { slowStart: maybe }\n  customers:"],
    says: ['8:27: slowStart: expected true or false; got "maybe"'],
  },
  "each unknown part of a composed name, at its place": {
    change: ["origin-only", "stiky+fresh+orign-only"],
    says: [
      "14:13: unknown policy: stiky; known: sticky, fresh = did you mean 'sticky'?",
      "14:25: unknown policy: orign-only; known: origin-only, tracker-informed " +
        "= did you mean 'origin-only'?",
    ],
  },
  "an unknown part of a composed name that has params": {
    change: ["origin-only", "{ fresh+sticky+trackr-informed: { floor: 1 } }"],
    says: [
      "14:28: unknown policy: trackr-informed; known: origin-only, tracker-informed " +
        "= did you mean 'tracker-informed'?",
    ],
  },
  "a wrapper that wraps nothing, and a policy that wraps": {
    change: ["origin-only", "[fresh, origin-only+sticky]"],
    says: [
      "14:14: unknown policy: fresh; known: origin-only, tracker-informed",
      "14:21: unknown policy: origin-only; known: sticky, fresh",
      "14:33: unknown policy: sticky; known: origin-only, tracker-informed",
    ],
  },
  "a part that is there twice": {
    change: ["origin-only", "fresh+fresh+origin-only"],
    says: ["14:13: duplicate part: fresh"],
  },
  "a param that no part has": {
    change: ["origin-only", "{ sticky+tracker-informed: { stickFor: 1 } }"],
    says: [
      "14:42: unknown param: sticky+tracker-informed.stickFor; known: stickyFor, memory, floor " +
        "= did you mean 'stickyFor'?",
    ],
  },
  "a composed name where names are not composed": {
    change: ["chunkSize: fixed", "chunkSize: fixed+fixed"],
    says: ["16:14: unknown policy: fixed+fixed; known: fixed"],
  },
  "a list where a number belongs": {
    change: ["seed: 1", "seed: [1]"],
    says: ["3:7: seed: expected a whole number; got a list"],
  },
  "a number where a list belongs": {
    change: ["\n      - { share: 1, downlink: 1 MB/s }", " 1"],
    says: ["9:14: classes: expected a list; got 1"],
  },
  "a list where a mapping belongs": {
    change: ["{ uplink: 8 Mbit/s }", "[8 Mbit/s]"],
    says: ["5:11: server: expected a mapping; got a list"],
  },
  "an unknown policy": {
    change: ["origin-only", "orign-only"],
    says: [
      "14:13: unknown policy: orign-only; known: origin-only, tracker-informed " +
        "= did you mean 'origin-only'?",
    ],
  },
  "an unknown policy with params": {
    change: ["origin-only", "[origin-only, tracker: { memory: 1 }]"],
    says: ["14:27: unknown policy: tracker; known: origin-only, tracker-informed"],
  },
  "an unknown param": {
    change: ["origin-only", "{ tracker-informed: { memry: 1 } }"],
    says: [
      "14:35: unknown param: tracker-informed.memry; known: memory, floor = did you mean 'memory'?",
    ],
  },
  "a param out of its range": {
    change: ["origin-only", "[tracker-informed: { memory: 2 d }]"],
    says: ["14:42: invalid param: tracker-informed.memory = 172800; not in [0, 86400] seconds"],
  },
  "params that are no mapping": {
    change: ["origin-only", "{ tracker-informed: 3 }"],
    says: ["14:33: tracker-informed: expected a mapping; got 3"],
  },
  "two policies in one mapping": {
    change: ["origin-only", "{ origin-only: {}, tracker-informed: {} }"],
    says: [
      "14:13: dispatch: expected a policy's name, or a mapping of one name to its params; got a mapping",
    ],
  },
  "no policy at all": {
    change: ["origin-only", "[]"],
    says: ["14:13: dispatch: expected at least one policy; got an empty list"],
  },
  "the same policy twice": {
    change: ["origin-only", "[origin-only, origin-only: {}]"],
    says: ["14:27: duplicate policy: origin-only"],
  },
  "shares that do not sum to 1": {
    change: ["share: 1,", "share: 0.9,"],
    says: ["10:7: invalid sum of shares: 0.9; not 1"],
  },
  "two classes of volunteers with one name, though another field is wrong": {
    change: [
      "  customers:",
      "    - { name: a, count: no, uplink: 1 B/s, downlink: 2 B/s }\n  customers:",
    ],
    says: ["8:15: duplicate name: a", '8:25: count: expected a whole number; got "no"'],
  },
  "a tracker that forgets volunteers between their announces": {
    change: ["  customers:", "  tracker: { timeout: 20 min }\n  customers:"],
    says: ["8:23: invalid timeout: 20 min; less than the interval of 1800 seconds"],
  },
  "a measurement that starts after the window": {
    change: ["{ file: access.log }", "{ file: access.log }\n  window: 1 d\nmeasure: { from: 1 d }"],
    says: ["14:18: invalid from: 1 d; not in [0, 86400) seconds, the window"],
  },
  "a release after the window": {
    change: ["log: { file: access.log }", `${RELEASE}\n  window: 30 min`],
    says: ["12:42: invalid at: 1 h; not in [0, 1800) seconds"],
  },
  "a release without window": {
    change: ["log: { file: access.log }", RELEASE],
    says: ["11:1: missing window"],
  },
  "both a release and a log": {
    change: ["log:", `${RELEASE}\n  window: 2 h\n  log:`],
    says: ["14:8: expected release or log; got both"],
  },
  "neither a release nor a log": {
    change: ["  log: { file: access.log }", "  window: 1 d"],
    says: ["12:3: missing release, log, poisson or sync"],
  },
  "requests by chance beside a log": {
    change: ["log:", "poisson: { gap: 1 s, size: 1 MB }\n  window: 1 h\n  log:"],
    says: ["12:12: expected poisson alone; got another beside it"],
  },
  "requests by chance without window": {
    change: ["log: { file: access.log }", "poisson: { gap: 1 s, size: 1 MB }"],
    says: ["11:1: missing window"],
  },
  "requests by chance with times for sizes, and names of files that have none": {
    change: [
      "log: { file: access.log }",
      `poisson: { gap: 1 s, size: { constant: { mean: 3 s } } }
  changes: { match: [.xml], every: 1 h }
  window: 1 d`,
    ],
    says: [
      "12:50: unknown unit: s; known: B, kB, KiB, MB, MiB, GB, GiB, TB, TiB",
      "13:21: expected share, with poisson",
    ],
  },
  "an unknown weekday": {
    change: [
      "log: { file: access.log }",
      `${RELEASE.replace(" }", ", weekday: Mondy }")}\n  window: 1 d`,
    ],
    says: [
      "12:70: unknown weekday: Mondy; known: monday, tuesday, wednesday, thursday, friday, " +
        "saturday, sunday = did you mean 'monday'?",
    ],
  },
  "a comparison with a policy that is not run": {
    change: ["policies:", "compare: { dispatch: tracker-informed }\npolicies:"],
    says: ["13:22: unknown policy in this experiment: tracker-informed; known: origin-only"],
  },
  "a duplicate field, and what else is wrong": {
    change: ["seed: 1", "seed: 1\nseed: -2"],
    says: ["4:1: duplicate field: seed", "4:7: invalid seed: -2; not in [0, 4294967295]"],
  },
  "a tab as indentation": {
    change: ["  server:", "\tserver:"],
    says: ["5:1: expected spaces as indentation; got a tab"],
  },
  "a bracket that is never closed": {
    change: ["8 Mbit/s }", "8 Mbit/s"],
    says: [
      "6:3: invalid YAML: flow map in block collection must be sufficiently indented and end with a }",
    ],
  },
  "an alias of nothing": {
    change: ["seed: 1", "seed: *one"],
    says: ["3:7: unknown alias: one"],
  },
  "a tag of nothing, and what else is wrong": {
    change: ["seed: 1", "seed: !int one"],
    says: ["3:7: unknown tag: !int", '3:12: seed: expected a whole number; got "one"'],
  },
  "several documents": {
    change: ["seed: 1", "---\nseed: 1"],
    says: ["3:1: expected one document; got several"],
  },
};

for (const [name, { change, says }] of Object.entries(MISTAKES)) {
  test(name, () => {
    assert.equal(problemsIn(minimalWith(...change)).map(digest), says);
  });
}

test("a report shows the line and points at the mistake", () => {
  assert.equal(problemsIn(minimalWith("origin-only", "orign-only")), [
    `small.yaml:14:13: unknown policy: orign-only; known: origin-only, tracker-informed
   14 |   dispatch: orign-only
      |             ^^^^^^^^^^
      = did you mean 'origin-only'?`,
  ]);
});

test("all mistakes are reported at once, in the order of the file", () => {
  const text = minimal
    .replace("title: Small", "titel: Small")
    .replace("8 Mbit/s", "fast")
    .replace("share: 1", "share: 0.5")
    .replace("everything", "all");
  assert.equal(
    problemsIn(text).map((report) => report.split(": ")[1]),
    ["unknown field", "uplink", "invalid sum of shares", "unknown policy"],
  );
});

test("an experiment that is empty or no mapping says so", () => {
  assert.equal(problemsIn("").map(digest), ["1:1: experiment: expected a mapping; got nothing"]);
  assert.equal(problemsIn("# later\n").map(digest), [
    "1:1: experiment: expected a mapping; got nothing",
  ]);
  assert.equal(problemsIn("- 1\n").map(digest), [
    "1:1: experiment: expected a mapping; got a list",
  ]);
});

test("hostile YAML is refused: endless aliases, endless nesting", () => {
  const row = (of: string) => `[${Array(9).fill(of).join(", ")}]`;
  const bomb = `a: &a ${row("1")}\nb: &b ${row("*a")}\nc: &c ${row("*b")}\nd: ${row("*c")}\n`;
  assert.equal(problemsIn(bomb).map(digest), ["1:1: invalid YAML: aliases that multiply"]);
  assert.match(problemsIn("[".repeat(50_000)).join("\n"), /invalid YAML: nested too deeply/);
  assert.match(problemsIn("a: &a [*a]\n")[0], /^small\.yaml:1:1: /);
});

test("a mistake in a flag names the flag, once, whatever the file says", () => {
  const flagged = (overrides: Overrides) => problemsIn(minimal, { overrides });
  assert.equal(flagged({ seed: -1 }), ["--seed: invalid seed: -1; not in [0, 4294967295]"]);
  assert.equal(flagged({ seed: "abc" }), ['--seed: seed: expected a whole number; got "abc"']);
  assert.equal(flagged({ replications: 0 }), [
    "--replications: invalid replications: 0; not in [1, 10000]",
  ]);
  assert.equal(flagged({ maxBad: 2 }), ["--max-bad: invalid maxBad: 2; not in [0, 1]"]);
  assert.equal(flagged({ trace: "" }), ['--trace: file: expected the path of a file; got ""']);
});

test("a release is announced before the window is over", () => {
  const announced = (after: string) =>
    problemsIn(
      minimalWith(
        "log: { file: access.log }",
        `${RELEASE.replace("at: 1 h", `at: 1 h, announced: ${after}`)}\n  window: 1 d`,
      ),
    );
  assert.equal(announced("22 h"), []);
  assert.match(
    announced("23 h").join("\n"),
    /invalid announced: 23 h; not in \[0, 82800\) seconds, when the window is over/,
  );
});

test("--max-bad without a log is a mistake", () => {
  const release = minimalWith("log: { file: access.log }", `${RELEASE}\n  window: 1 d`);
  assert.equal(problemsIn(release, { overrides: { maxBad: 0.5 } }), [
    "--max-bad: unknown field: maxBad; known: catalogue, curve, at, announced, customers, " +
      "firstDay, background, weekday, images",
  ]);
});

test.run();
