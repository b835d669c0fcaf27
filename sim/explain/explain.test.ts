import { test } from "uvu";
import * as assert from "uvu/assert";
import { SERVER_NODE } from "../model/events.ts";
import type { Run } from "../model/simulation.ts";
import { HONEST } from "../model/system.ts";
import { namedPolicies, tinyRun, tinySystem, tinyWorkload } from "../model/testing.ts";
import { alternative, nodesToTry } from "./alternatives.ts";
import { explainMetric } from "./explain-metric.ts";
import { explainRequest } from "./explain-request.ts";
import { explainSlowest, explainSlowestVisits } from "./explain-slowest.ts";
import { watchRequest } from "./watch.ts";

/** Volunteers of 20 and of 10 B/s and a server of 10 B/s, under a policy that always errs. */
function erring(corrupts = 0): Run {
  return tinyRun({
    system: tinySystem({
      volunteers: [{ conduct: { ...HONEST, corrupts } }, { uplink: 10 }],
    }),
    workload: tinyWorkload(
      [300, 100],
      [
        [0, 0, 0],
        [10, 1, 1],
      ],
    ),
    policies: {
      ...namedPolicies("random"),
      dispatch: () => ({
        ...namedPolicies("random").dispatch(),
        name: "second",
        // The last but for what is taken away from it, and else the server.
        decide: ({ count }) => ({ to: count - 1, reason: "the second" }),
      }),
    },
  });
}

function explained(newRun: () => Run, request: number, limit?: number) {
  return explainRequest(newRun(), request, limit, async (nodes) =>
    nodes.map((node) => alternative(newRun(), request, node)),
  );
}

test("what would have been best, by hand: 5 s at the idle volunteer instead of 20 s", async () => {
  // At 10 the slow volunteer has 200 B of the first file left. It gives 5 B/s to each, so that the
  // 100 B take 20 s. The server would have given 10 B/s, the other volunteer 20 B/s.
  const { explanation } = await explained(erring, 1);
  assert.is(explanation.delay, 20);
  assert.equal(
    explanation.outcomes.map(({ node, delay, mostly }) => [node, delay, mostly?.name]),
    [
      [0, 5, "volunteer 0's uplink"],
      [SERVER_NODE, 10, "the server's uplink"],
      [1, 20, "volunteer 1's uplink"],
    ],
  );
  assert.is(explanation.regret, 15);
  const [share] = explanation.shares;
  assert.equal([share.share, share.downloads, share.bytes], [1, 1, 100]);
  assert.equal([share.slowest, share.fastest], [5, 5]);
});

test("a retry is part of an alternative: wrong bytes for 5 s, then the server for 10 s", async () => {
  const { explanation } = await explained(() => erring(1), 1);
  const found = explanation.outcomes.map(({ node, delay, retries }) => [node, delay, retries]);
  assert.equal(found, [
    [SERVER_NODE, 10, 0],
    [0, 15, 1],
    [1, 20, 0],
  ]);
});

test("what was believed stands beside what was true", () => {
  const { decision, truths } = watchRequest(erring(), 1);
  assert.ok(decision !== null);
  assert.equal([decision.node, decision.reason, decision.draws], [1, "the second", 0]);
  assert.equal(decision.order, [1, 0, SERVER_NODE]);
  const [, slow] = decision.candidates;
  // It announced itself at 0 and was sent one customer since.
  assert.equal([slow.reportedAt, slow.uploadRate, slow.pending], [0, 0, 0]);
  assert.equal([slow.redirected, slow.transfers], [300, 1]);
  const truth = truths.find(({ node }) => node === 1);
  assert.equal([truth?.downloads, truth?.toSend, truth?.sending, truth?.uplink], [1, 200, 10, 10]);
  assert.equal([truth?.isOnline, truth?.holds], [true, true]);
});

test("few alternatives are the server and the most promising; none are none", () => {
  const { decision, truths } = watchRequest(erring(), 0);
  assert.ok(decision !== null);
  const cost = { bytes: 300, events: 1e3 };
  assert.equal(nodesToTry(decision, truths, cost, undefined), [SERVER_NODE, 0]);
  assert.equal(nodesToTry(decision, truths, cost, 0), []);
  const many = Array.from({ length: 20 }, (_, node) => ({ ...decision.candidates[0], node }));
  const crowded = many.map(({ node }) => ({
    ...truths[1],
    node,
    downloads: 30 - node,
    toSend: 1e9,
  }));
  const all = { ...decision, candidates: many };
  assert.equal(nodesToTry(all, crowded, cost, 2), [SERVER_NODE, 19, 18]);
  assert.is(nodesToTry(all, crowded, cost, undefined).length, 20); // All but the one chosen.
  assert.is(nodesToTry(all, crowded, { bytes: 300, events: 1e8 }, undefined).length, 1 + 8);
});

test("a customer that is put off comes back; to be served at once would have been better", async () => {
  const patient = (): Run => ({
    ...erring(),
    policies: {
      ...namedPolicies("random"),
      dispatch: () => ({
        ...namedPolicies("random").dispatch(),
        name: "full at first",
        decide: ({ now, count }) =>
          now === 0
            ? { to: SERVER_NODE, reason: "full", retryAfter: 7 }
            : { to: Math.min(0, count - 1), reason: "free" },
      }),
    },
  });
  const { life, names } = watchRequest(patient(), 0);
  assert.equal(
    life.phases.map(({ to, hold }) => [to, names.hold(hold, null).name]),
    [
      [7, "the server, asking it to come back"],
      [27, "volunteer 0's uplink"],
    ],
  );
  // At once: 300 B at 20 B/s, from 10 to 20 at 10 B/s beside another's 100 B. Later: 60 B by 10, 100 B
  // by 20, and the rest at 20 B/s.
  const { explanation } = await explained(patient, 0);
  assert.equal(
    explanation.outcomes.map(({ node, delay }) => [node, delay]),
    [
      [0, 20],
      [null, 27],
      [SERVER_NODE, 30],
      [1, 30],
    ],
  );
});

/** Ten requests one after another, which take 1 to 10 s. */
function ten(): Run {
  const sizes = Array.from({ length: 10 }, (_, file) => 20 * (file + 1));
  const workload = tinyWorkload(
    sizes,
    sizes.map((_, file) => [20 * file, file, file] as const),
  );
  return tinyRun({ system: tinySystem(), workload });
}

const DAY = { from: 0, horizon: 86_400 };

/** Quantiles, and means, of the delay of requests. */
const delays = (share: number | "mean") => ({ name: "delay", of: "request" as const, share });

test("a median by hand: the request at it, those beyond it and what they have in common", () => {
  const { explanation } = explainMetric(ten, DAY, delays(0.5));
  assert.is(explanation.value, 5.5); // halfway between 5 and 6.
  assert.equal([explanation.request, explanation.all, explanation.beyond], [5, 10, 5]);
  assert.equal(
    explanation.causes.map(({ group, share, most }) => [group, share, most]),
    [["a volunteer's uplink", 1, [{ name: "volunteer 0's uplink", share: 1 }]]],
  );
  const file = explanation.traits.filter(({ trait }) => trait === "file");
  assert.equal(
    file.map(({ value, share, ofAll }) => [value, share, ofAll]),
    [
      ["file-5", 0.2, 0.1],
      ["file-6", 0.2, 0.1],
      ["file-7", 0.2, 0.1],
    ],
  );
});

test("a mean by hand; nobody is beyond equal delays, and nothing is measured too late", () => {
  assert.is(explainMetric(ten, DAY, delays("mean")).explanation.value, 5.5);
  const one = explainMetric(ten, { ...DAY, from: 180 }, delays(0.99)).explanation;
  assert.equal([one.value, one.request, one.beyond, one.causes], [10, 9, 0, []]);
  assert.throws(
    () => explainMetric(ten, { ...DAY, from: 1000 }, delays(0.99)),
    /^--metric: delay is not defined: nobody asked$/,
  );
});

test("what stands at the horizon is a lower bound, and all that stands there is beyond", () => {
  // Of 1 to 10 s, cut at 8 s: three stand there.
  const cut = { from: 0, horizon: 8 };
  const high = explainMetric(ten, cut, delays(0.9)).explanation;
  assert.equal([high.value, high.isAtLeast, high.request, high.beyond], [8, true, 7, 3]);
  const mean = explainMetric(ten, cut, delays("mean")).explanation;
  assert.equal([mean.value, mean.isAtLeast, mean.beyond], [5.2, false, 5]); // (28 + 3 · 8) / 10.
});

/** Two visits to a server of 10 B/s: two files of one customer at once, later one file of another. */
function two(patience = 1000): Run {
  const system = tinySystem();
  return tinyRun({
    system: { ...system, customers: { ...system.customers, patience } },
    workload: tinyWorkload(
      [100, 300],
      [
        [0, 0, 0],
        [0, 0, 1],
        [100, 1, 0],
      ],
    ),
    policies: namedPolicies("origin-only"),
  });
}

test("a visit lasts from its arrival to its last file, and is told with its longest request", () => {
  // 10 s and then 30 s, one after the other; the second visit takes 10 s.
  const { slowest, complete, incomplete } = explainSlowestVisits(two, 0, 2).explanation;
  assert.equal(
    slowest.map(({ visit, arrived, seconds, requests, bytes, longest }) => {
      return [visit, arrived, seconds, requests, bytes, longest.request, longest.delay];
    }),
    [
      [0, 0, 40, 2, 400, 1, 30],
      [1, 100, 10, 1, 100, 2, 10],
    ],
  );
  assert.equal([complete, incomplete], [2, []]);
  const [{ shares }] = slowest;
  assert.equal(
    shares.map(({ name, seconds, share }) => [name, seconds, share]),
    [["the server's uplink", 40, 1]],
  );
  assert.is(explainSlowestVisits(two, 50, 2).explanation.slowest.length, 1);
});

test("a quantile of visits names the visit and its longest request; who failed is beyond", () => {
  const visits = (share: number | "mean") => ({ name: "visit", of: "visit" as const, share });
  const { explanation } = explainMetric(two, DAY, visits("mean"));
  assert.equal([explanation.value, explanation.number, explanation.request], [25, 0, 1]);
  assert.equal([explanation.all, explanation.beyond, explanation.requests], [2, 1, 2]);
  // Nobody waits longer than 20 s for a file: the first visit does not get its second.
  const impatient = () => two(20);
  const late = explainMetric(impatient, { from: 0, horizon: 60 }, visits("mean")).explanation;
  assert.equal([late.value, late.number, late.beyond], [35, 0, 1]); // (60 + 10) / 2.
  assert.equal(explainSlowestVisits(impatient, 0, 2).explanation.incomplete, [0]);
});

test("the slowest come first, those before the measured time not at all", () => {
  const { explanation } = explainSlowest(ten, 40, 3);
  const found = explanation.slowest.map(({ request, delay, from }) => [request, delay, from]);
  assert.equal(found, [
    [9, 10, "volunteer 0"],
    [8, 9, "volunteer 0"],
    [7, 8, "volunteer 0"],
  ]);
  assert.equal([explanation.delivered, explanation.failed], [8, []]);
});

test.run();
