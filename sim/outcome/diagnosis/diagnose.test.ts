import { test } from "uvu";
import * as assert from "uvu/assert";
import type { MetricName } from "../../metrics/metric.ts";
import type { RunResult } from "../../runner/replication.ts";
import { DIAGNOSES, diagnose } from "./diagnose.ts";
import {
  asked,
  asksOf,
  evidence,
  experimentWith,
  runWith,
  said,
  soundWorkload,
} from "./testing.ts";

const DAY = 86_400;

const TELLING = "tracker-informed";

/** Evidence of the sound experiment in which runs of `tracker-informed` have these metrics. */
function measuring(
  metrics: Partial<Record<MetricName, number | null>>,
  others?: Partial<RunResult>,
) {
  return evidence(experimentWith(), ({ policy }) =>
    policy === TELLING ? runWith(metrics, others) : runWith(),
  );
}

test("of a sound experiment nothing is said", () => {
  assert.equal(diagnose(evidence(experimentWith())), []);
});

test("every diagnosis has an id of its own and says what it looks at", () => {
  assert.is(new Set(DIAGNOSES.map(({ id }) => id)).size, DIAGNOSES.length);
  for (const { id, looksAt } of DIAGNOSES) {
    assert.match(id, /^[a-z]+(-[a-z]+)*$/);
    assert.ok(looksAt.length > 10);
  }
});

test("most decisions found no holder, since volunteers fetch too late", () => {
  const late = [["window: 3 d", "window: 1 d"]] as const;
  const reasons = { best: 286, "no holder": 3104 };
  const of = (experiment = experimentWith(late), found: RunResult["reasons"] = reasons) =>
    evidence(experiment, ({ policy }) =>
      policy === TELLING ? runWith({}, { reasons: found }) : runWith(),
    );
  const short = evidence(
    experimentWith(late),
    () => runWith({}, { reasons }),
    () => ({ ...soundWorkload(), window: DAY }),
  );
  assert.is(
    said("no-holder", short, "short-window"),
    '3,104 of 3,390 decisions (91.6 %) found no volunteer that holds the file ("no holder"), and left it to ' +
      "the server: volunteers fetch what is new every 1 d, from 2 h on, and the window is 1 d; a shorter " +
      "system.synchronisation.every and first, or a longer window, lets them have it",
  );
  assert.is(said("no-holder", of(experimentWith(), { best: 50, "no holder": 50 })), null);
  const cause = (...changes: (readonly [string, string])[]) =>
    said("no-holder", of(experimentWith(changes)))?.split(": ")[1];
  assert.match(cause() ?? "", "see when volunteers fetch what is new");
  assert.match(cause(["count: 2,", "count: 2, coverage: 0.5,"]) ?? "", "to hold a part only");
  assert.match(cause(["replication: everything", "replication: subtree"]) ?? "", "a part only");
  const sessions = "count: 2, sessions: { up: 1 h, down: 1 h },";
  assert.match(cause(["count: 2,", sessions]) ?? "", "come and go");
});

test("decisions of a policy that asks nobody are no riddle", () => {
  const experiment = experimentWith([
    ["dispatch: [origin-only, tracker-informed]", "dispatch: origin-only"],
  ]);
  const runs = () => runWith({ "server.share": 1 }, { reasons: { "no holder": 9 } });
  assert.equal(diagnose(evidence(experiment, runs)), []);
});

test("volunteers fetched nothing, though there was something", () => {
  const nothing = () => runWith({ "sync.wireBytes": 0 });
  const sentence = (start: string) =>
    "No volunteer fetched anything, though there is something new: they synchronise every 1 d, from 2 h on " +
    `(system.synchronisation), or as policies.sync says${start}`;
  assert.is(said("never-synchronised", evidence(experimentWith(), nothing)), sentence(""));
  assert.is(
    said("never-synchronised", evidence(experimentWith([], "measure: { from: 2 d }\n"), nothing)),
    sentence(", and what came before 2 d (measure.from) is not counted"),
  );
  const old = evidence(experimentWith(), nothing, () => asked([...asksOf(1000)], false));
  assert.is(said("never-synchronised", old, "preloaded"), null);
});

test("the window is not longer than the time between two synchronisations", () => {
  const experiment = (every: string) =>
    experimentWith([["  customers:", `  synchronisation: { every: ${every} }\n  customers:`]]);
  assert.is(
    said(
      "short-window",
      evidence(experiment("3 d"), () => runWith({ "sync.wireBytes": 0 })),
    ),
    "The window of 3 d is not longer than the 3 d between two synchronisations of a volunteer: each " +
      "fetches what is new once at the most; shorten system.synchronisation.every, or lengthen " +
      "workload.window",
  );
  assert.is(said("short-window", evidence(experiment("2 d 23 h"))), null);
  const own = [["policies:", "policies:\n  sync: daily"]] as const;
  const timed = experimentWith([
    ...own,
    ["  customers:", "  synchronisation: { every: 3 d }\n  customers:"],
  ]);
  assert.is(said("short-window", evidence(timed)), null, "a policy has times of its own");
});

test("volunteers were hardly ever there", () => {
  const able = (share: number) => ({ able: Float64Array.of(share * 6 * DAY, 0) });
  assert.is(
    said("rarely-able", measuring({}, able(0.2))),
    "Volunteers could serve for only 20.0 % of the measured time: on line, with a " +
      "file as it is now; see their sessions, their sites' failures, and system.synchronisation",
  );
  assert.is(said("rarely-able", measuring({}, able(0.25))), null);
  const later = evidence(experimentWith([], "measure: { from: 2 d }\n"), () =>
    runWith({}, { able: Float64Array.of(0.3 * DAY, 0.3 * DAY) }),
  );
  assert.is(said("rarely-able", later), null, "of the day that is measured");
});

test("the server sent nearly all, though volunteers could have", () => {
  const reasons = { "nobody idle": 80, idle: 20 };
  assert.is(
    said("server-alone", measuring({ "server.share": 0.97 }, { reasons })),
    "The server sent 97.0 % of what was delivered, though customers could have been sent to volunteers; " +
      'decisions mostly read "nobody idle" (80.0 %)',
  );
  assert.is(said("server-alone", measuring({ "server.share": 0.89 })), null);
  const none = { reasons: { "no holder": 80, best: 20 } };
  assert.is(said("server-alone", measuring({ "server.share": 0.97 }, none), "no-holder"), null);
});

test("what is in flight is known from an oracle", () => {
  const truth = [["  customers:", "  tracker: { inFlight: truth }\n  customers:"]] as const;
  assert.is(
    said("oracle", evidence(experimentWith(truth))),
    "What is in flight is known from an oracle (system.tracker.inFlight: truth): no server could know it, " +
      "and what comes of it is only to be compared with",
  );
  const levels =
    "vary: { known: { field: system.tracker.inFlight, values: [by-request, truth] } }\n";
  assert.match(
    said("oracle", evidence(experimentWith([], levels))) ?? "",
    /from an oracle at known truth \(/,
  );
});

test("volunteers can send too little to matter", () => {
  const weak = experimentWith([["uplink: 4 Mbit/s", "uplink: 0.3 Mbit/s"]]);
  assert.is(
    said("weak-volunteers", evidence(weak)),
    "All volunteers together can send 600 kbit/s, and the server 8.00 Mbit/s: whatever is decided, they " +
      "relieve it little; more of them, or wider uplinks, would",
  );
  const enough = experimentWith([["uplink: 4 Mbit/s", "uplink: 0.4 Mbit/s"]]);
  assert.is(said("weak-volunteers", evidence(enough)), null);
});

test("no link was ever full", () => {
  const rate = (share: number) => ({ "server.peakRate": share * 1e6 });
  const busy = (...share: number[]) => ({
    busy: { width: 3600, share: Float64Array.from(share) },
  });
  const quiet = (server: number, ...volunteers: number[]) =>
    evidence(experimentWith(), ({ policy }) =>
      policy === TELLING
        ? runWith(rate(server), busy(...volunteers))
        : runWith(rate(0.1), busy(0, 0)),
    );
  const nobody =
    "nobody waited for others, so that policies can hardly differ; more customers, or narrower links, make " +
    "them";
  assert.is(
    said("idle-links", quiet(0.25, 0.1, 0.2)),
    "No uplink was ever more than 25.0 % busy: the fullest was the server's under tracker-informed, at 2.00 " +
      `Mbit/s of 8.00 Mbit/s over 5 min; ${nobody}`,
  );
  assert.is(
    said("idle-links", quiet(0.25, 0.1, 0.4)),
    "No uplink was ever more than 40.0 % busy: the fullest was one of a under tracker-informed, at 1.60 " +
      `Mbit/s of 4.00 Mbit/s over 1 h; ${nobody}`,
  );
  assert.is(said("idle-links", quiet(0.5, 0, 0)), null);
  assert.is(said("idle-links", quiet(0.1, 0, 0.5)), null);
  const shared = experimentWith([["count: 2,", "count: 2, shared: 1 Mbit/s,"]]);
  assert.match(
    said(
      "idle-links",
      evidence(shared, () => runWith(rate(0.1))),
    ) ?? "",
    /under|server's.*; only what departments, sites or limits of rates carry can have been full$/,
  );
});

test("the uplinks of each class are its own", () => {
  // Listed behind the five of class a, and numbered by name: behind these, and before them.
  for (const [name, ...busy] of [
    ["b", 0.1, 0.1, 0.1, 0.1, 0.1, 0.4],
    ["A", 0.4, 0.1, 0.1, 0.1, 0.1, 0.1],
  ] as const) {
    const two = experimentWith([
      [
        "  customers:",
        `    - { name: ${name}, count: 1, uplink: 1 Mbit/s, downlink: 1 Mbit/s }\n  customers:`,
      ],
    ]);
    const share = Float64Array.from(busy);
    const of = evidence(two, () =>
      runWith({ "server.peakRate": 0 }, { busy: { width: 60, share } }),
    );
    const text = said("idle-links", of) ?? "";
    assert.match(text, `one of ${name} under origin-only, at 400 kbit/s of 1.00`);
  }
});

test("many requests failed", () => {
  assert.is(
    said("failures", measuring({ "requests.failed": 34 })),
    "3.4 % of the requests failed under tracker-informed: customers gave them up after 1 d " +
      "(system.customers.patience), or after 3 attempts (attempts); means and percentiles count them at " +
      "measure.horizon",
  );
  assert.is(said("failures", measuring({ "requests.failed": 10 })), null);
});

test("the horizon cuts visits off", () => {
  assert.is(
    said("horizon", measuring({ "visit.incomplete": 0.05 })),
    "5.0 % of the visits under tracker-informed failed or took longer than the horizon of 12 h: visit.p95 " +
      "and what is above it stand at the horizon, whatever they are; a longer measure.horizon, or fewer " +
      "customers, tells more",
  );
  assert.is(said("horizon", measuring({ "visit.incomplete": 0.04 })), null);
});

test("the window ends with much still to do", () => {
  const left = (count: number) => ({ backlog: Float64Array.of(0, count) });
  assert.is(
    said("backlog", measuring({}, left(230))),
    "When the window ends, 23.0 % of the requests under tracker-informed still wait or are served: more " +
      "is asked than can be sent, or the window cuts a crowd off; a longer workload.window shows which",
  );
  assert.is(said("backlog", measuring({}, left(100))), null);
});

test("much is asked before volunteers have announced what they send", () => {
  const experiment = (interval: string, rest = "") =>
    experimentWith(
      [["  customers:", `  tracker: { interval: ${interval}, timeout: 3 d }\n  customers:`]],
      rest,
    );
  // Of the 1000 requests every 259 s those before 1 d are number 0 to 333.
  assert.is(
    said("before-announces", evidence(experiment("1 d"))),
    "33.4 % of the measured requests come within the first 1 d, before all volunteers have announced what " +
      "they send (system.tracker.interval): policies that go by announces choose blindly so long; a " +
      "measure.from of 1 d leaves that out, a shorter interval makes it shorter",
  );
  assert.is(said("before-announces", evidence(experiment("7 h"))), null, "9.8 %");
  const later = evidence(experiment("1 d", "measure: { from: 1 d }\n"));
  assert.is(said("before-announces", later), null);
});

test("runs measure few visits", () => {
  const few = (rest = "") =>
    evidence(experimentWith([], rest), () => runWith({ "visit.total": 99 }));
  assert.is(
    said("few-visits", few()),
    "Each run measures only 99 visits: among so few, visit.p99 and visit.worst are the longest one; more " +
      "customers and a longer window bring more",
  );
  assert.match(
    said("few-visits", few("measure: { from: 1 h }\n")) ?? "",
    "more customers, a longer window and an earlier measure.from bring more",
  );
  assert.is(said("few-visits", measuring({ "visit.total": 100 })), null);
});

test("of workloads too large to be looked at, what runs tell is told", () => {
  const experiment = experimentWith();
  const of = evidence(
    experiment,
    () => runWith({ "requests.failed": 34, "sync.wireBytes": 0 }),
    () => null,
  );
  assert.match(said("failures", of) ?? "", "3.4 % of the requests failed: ");
});

test.run();
