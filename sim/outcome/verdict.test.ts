import { test } from "uvu";
import * as assert from "uvu/assert";
import type { MetricName } from "../metrics/metric.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { numberedRuns, variedExperiment } from "../runner/testing.ts";
import { answerTable, namedIn } from "./answer-table.ts";
import { summarise } from "./summary.ts";
import { alikeRuns, FIRST, four, ORIGIN, runsWith, SECOND, THIRD } from "./testing.ts";
import { verdict } from "./verdict.ts";

const summaryOf = (all: readonly CellRuns[]) => summarise(four, all);

/** The runs, with other values of another metric. */
function also(
  all: readonly CellRuns[],
  metric: MetricName,
  values: readonly (readonly (number | null)[])[],
): CellRuns[] {
  return all.map(({ cell, runs }, at) => ({
    cell,
    runs: runs.map((run, replication) => {
      const value = values[at][replication];
      return { ...run, metrics: { ...run.metrics, [metric]: value } };
    }),
  }));
}

const AHEAD = [
  [90, 91, 92],
  [10, 10.1, 9.9],
  [30, 31, 32],
  [20, 21, 22],
];

test("who is best is told first: by how much, how sure that is, and that it costs nothing", () => {
  const told = verdict(summaryOf(runsWith("visit.mean", AHEAD)));
  // 10 ± 0.248 s; 81 of 91 s, and 11 of 21 s, less. Of 3 others in 5 metrics it is Holm's third, since
  // two differ by the same each time: 1 - 0.05 / 13 = 99.62 %.
  const lead = `${FIRST} serves visits fastest on average: 10.00 s (9.75 to 10.25), 89.0 % less than `;
  assert.ok(told.startsWith(`${lead}under ${ORIGIN}, the baseline (99.62 % interval `), told);
  assert.match(
    told,
    `), and 52.4 % less than under ${THIRD}, the next. With 95 % confidence it is `,
  );
  assert.ok(told.endsWith("it is ahead of all 3 others."), told); // All else is alike.
});

test("who cannot be told apart is named, and what is at stake", () => {
  const told = verdict(
    summaryOf(
      runsWith("visit.mean", [
        [90, 91, 92],
        [12, 13, 14],
        [10, 14, 12],
        [20, 21, 22],
      ]),
    ),
  );
  assert.match(
    told,
    `With 95 % confidence it cannot be told apart from ${FIRST}; at worst it is 4.34 s off the truly best.`,
  );
});

test("a difference that chance may explain among so many is told as one", () => {
  const values = [
    [100, 100, 100],
    [96, 97, 98],
    [100, 100, 100],
    [100, 100, 100],
  ];
  const told = verdict(summaryOf(runsWith("visit.mean", values)));
  assert.match(
    told,
    /3\.0 % less than under \S+, the baseline \(9\d\S* % interval −.* %\), which chance/,
  );
});

test("what the best costs is told where another is surely better, and what it changes for the better", () => {
  const fast = runsWith("visit.mean", AHEAD);
  const light = also(fast, "server.bytes", [
    [1000, 1000, 1000],
    [600, 600, 600],
    [400, 400, 400],
    [800, 800, 800],
  ]);
  const told = verdict(summaryOf(light));
  assert.match(told, "Against the baseline it also changes the bytes from the server by −40.0 %.");
  assert.ok(
    told.endsWith(`Its price: the bytes from the server, 600 B against 400 B under ${SECOND}.`),
    told,
  );
  const best = also(fast, "server.bytes", [
    [9, 9, 9],
    [1, 1, 1],
    [2, 2, 2],
    [3, 3, 3],
  ]);
  assert.match(
    verdict(summaryOf(best)),
    "In none of the other main metrics is another surely better.",
  );
});

test("metrics that the best does not have are no price", () => {
  const fair = also(runsWith("visit.mean", AHEAD), "volunteers.jain", [
    [0.5, 0.5, 0.5],
    [null, null, null],
    [0.9, 0.9, 0.9],
    [0.8, 0.8, 0.8],
  ]);
  assert.not.match(verdict(summaryOf(fair)), "Jain");
});

test("the baseline may itself be best", () => {
  const told = verdict(
    summaryOf(
      runsWith("visit.mean", [
        [1, 1, 1],
        [2, 2, 2],
        [3, 3, 3],
        [4, 4, 4],
      ]),
    ),
  );
  assert.ok(
    told.startsWith(
      `${ORIGIN}, the baseline itself, serves visits fastest on average: 1.00 s, 50.0 % less than ` +
        `under ${FIRST}, the next.`,
    ),
    told,
  );
});

test("those that have the same are said to do so, and those that decided alike are one", () => {
  const ties = [
    [9, 9, 9],
    [2, 2, 2],
    [2, 2, 2],
    [2, 2, 2],
  ];
  assert.match(verdict(summaryOf(runsWith("visit.mean", ties))), `So do ${SECOND} and ${THIRD}.`);
  const alike = summaryOf(also(alikeRuns([1, 2], AHEAD), "visit.mean", AHEAD.with(2, AHEAD[1])));
  assert.ok(verdict(alike).startsWith(`${FIRST} (also ${SECOND}) serves visits`), verdict(alike));
  assert.match(verdict(alike), "it is ahead of both others.");
});

test("of single runs it says what was seen, and that they say nothing of chance", () => {
  const summary = summaryOf(runsWith("server.bytes", [[100], [97], [100], [100]]));
  const told = verdict(summary);
  assert.match(told, `the server's bytes change by −3.0 % (${FIRST}) to 0.0 % (`);
  assert.ok(told.endsWith("A single run of each says nothing of chance."), told);
  assert.not.match(told, /surely|confidence|interval/);
  assert.equal(answerTable(summary), []);
  assert.equal(namedIn(summary).slice(0, 1), [FIRST]);
});

test("where settings vary nobody is best of all, and the ends of the ranges are named", () => {
  const experiment = variedExperiment("{ dispatch: origin-only }");
  const summary = summarise(experiment, numberedRuns(experiment));
  assert.equal(answerTable(summary), []);
  for (const label of namedIn(summary)) assert.match(verdict(summary), `(${label})`);
  assert.ok(namedIn(summary).length >= 2);
});

test("the table has a row for each main metric that two have", () => {
  const fast = runsWith("visit.mean", [
    [90, 91, 92],
    [12, 13, 14],
    [10, 14, 12],
    [20, 21, 22],
  ]);
  const rows = answerTable(
    summaryOf(
      also(fast, "server.bytes", [
        [1000, 1001, 999],
        [600, 601, 599],
        [400, 401, 402],
        [800, 800, 800],
      ]),
    ),
  );
  assert.equal(
    rows.map(({ metric, best }) => [metric, best]),
    [
      ["visit.mean", SECOND],
      ["visit.p95", null],
      ["visit.incomplete", null],
      ["server.bytes", SECOND],
      ["volunteers.jain", null],
    ],
  );
  const [visits, , , bytes] = rows;
  assert.is(visits?.value, "12 s (7 to 17)"); // 12 ± 2 · 4.303 / √3.
  assert.equal(visits?.rivals, [FIRST]);
  assert.is(visits?.within, "4.34 s");
  assert.is(visits?.change?.mean, "−86.8 %"); // 79 of 91.
  assert.match(visits?.change?.interval ?? "", /^−.* % to −.* %, 99\.\d+ %$/);
  assert.equal([bytes?.rivals, bytes?.within], [[], null]);
  const [, alike] = rows;
  assert.equal(
    [alike?.value, alike?.change, alike?.rivals, alike?.within],
    ["1.00 s", null, [], null],
  );
});

test("the policies named are the best by each metric, then rivals and the next of the first", () => {
  const fast = runsWith("visit.mean", AHEAD);
  const light = also(fast, "server.bytes", [
    [9, 9, 9],
    [3, 3, 3],
    [1, 1, 1],
    [2, 2, 2],
  ]);
  assert.equal(namedIn(summaryOf(light)), [FIRST, SECOND, THIRD]);
});

test("of several with the best value the one that leads the answer is named", () => {
  const values = [
    [5, 5, 5],
    [5, 5, 5],
    [9, 8, 9],
    [9, 9, 8],
  ];
  const [mean, p95] = answerTable(
    summaryOf(also(runsWith("visit.mean", AHEAD), "visit.p95", values)),
  );
  assert.is(mean?.best, FIRST);
  assert.is(p95?.best, FIRST);
  assert.equal(p95?.ties, [ORIGIN]);
});

test.run();
