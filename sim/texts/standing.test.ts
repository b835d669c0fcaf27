import { test } from "uvu";
import * as assert from "uvu/assert";
import type { WinnerRow } from "../report/report-data.ts";
import { renewed } from "./renew.ts";
import { standingText } from "./standing.ts";
import { exampleSource } from "./testing.ts";
import { textOf } from "./text.ts";

const VISITS = { metric: "visit.mean", unit: "s", better: "lower" } as const;
const JAIN = { metric: "volunteers.jain", unit: "ratio", better: "higher" } as const;
const A = { policy: "a", mean: 100 };
const WINNERS: readonly WinnerRow[] = [
  {
    ...{ ...VISITS, levels: { age: "1 h", links: "shared" }, best: A, tied: [] },
    worse: [{ policy: "b", mean: 125, gain: -0.2 }],
  },
  {
    ...{ ...VISITS, levels: { age: "4 h", links: "shared" }, best: A },
    ...{ tied: [{ policy: "b", mean: 101 }], worse: [] },
  },
  {
    ...{ ...JAIN, levels: { age: "1 h", links: "shared" }, best: { policy: "a", mean: 0.9 } },
    ...{ tied: [], worse: [{ policy: "b", mean: 0.6, gain: 0.5 }] },
  },
  {
    ...{ ...JAIN, levels: { age: "4 h", links: "shared" }, best: { policy: "a", mean: 0.9 } },
    ...{ tied: [], worse: [{ policy: "b", mean: 0, gain: null }] },
  },
];
const source = { ...exampleSource(), standings: { policies: ["a", "b"], winners: WINNERS } };

const OF_B = `| metric | b is best or as good in | another is really better at |
|---|---|---|
| visit.mean | 1 of 2 | age 1 h, links shared: a −20.0 % |
| volunteers.jain | 0 of 2 | age 1 h, links shared: a +50.0 %; age 4 h, links shared: a |

| best or as good | visit.mean | volunteers.jain |
|---|---|---|
| a | 2 of 2 | 2 of 2 |
| b | 1 of 2 | 0 of 2 |`;

test("a standing counts where a policy is best or as good, and names who is better elsewhere", () => {
  assert.is(standingText("b", source), OF_B);
  assert.match(standingText("a", source), "| visit.mean | 2 of 2 | nowhere |\n");
});

test("a mark asks for it, of the text's own experiment or of another", () => {
  const written = (says: string) => {
    const text = textOf("experiments/example.md", `<!-- standing: ${says} -->\n<!-- end -->\n`);
    return renewed(text, new Map(["example", "other"].map((name) => [name, source])));
  };
  const { text, problems } = written("b");
  assert.equal(problems, []);
  assert.is(text, `<!-- standing: b -->\n\n${OF_B}\n\n<!-- end: example 0123456789abcdef -->\n`);
  assert.match(written("b of other").text, "<!-- end: other 0123456789abcdef -->");
  assert.equal(written("c").problems, [
    "experiments/example.md:1: unknown policy of example: c; known: a, b",
  ]);
});

test("nothing varies, or runs are single: there is no standing", () => {
  assert.throws(
    () => standingText("a", exampleSource()),
    "expected settings that vary, and replications; got none in example",
  );
});

test.run();
