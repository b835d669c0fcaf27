import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Verdict, verdicts } from "./judge.ts";
import { reportOf } from "./report.ts";

const SOURCE = `
export function least(values: readonly number[]): number {
  let least = values[0];
  for (let at = 0; at < values.length; at++) if (values[at] < least) least = values[at];
  return least;
}
export const double = (value: number): number => 2 * value;
`;
const TESTS = `
import { test } from "uvu";
import * as assert from "uvu/assert";
import { least } from "./least.ts";
test("the least", () => assert.is(least([3, 1, 2]), 1));
test.run();
`;

/** Calls `act` with the path of a folder that holds these files, and of each of them. */
async function inFolder(files: Readonly<Record<string, string>>, act: (folder: string) => unknown) {
  const folder = mkdtempSync(join(tmpdir(), "mutants-test-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const judged = (folder: string) =>
  verdicts({
    sources: [join(folder, "least.ts")],
    tests: [join(folder, "least.test.ts")],
    workers: 1,
    seed: 1,
  });

const told = ({ mutant, outcome, by }: Verdict) =>
  `${mutant.line}: ${mutant.before} → ${mutant.after}: ${outcome}${by && ` by ${by}`}`;

test("of every mutant it is told whether a test has noticed it", () =>
  inFolder({ "least.ts": SOURCE, "least.test.ts": TESTS }, async (folder) => {
    const all = (await judged(folder)).map(told);
    for (const expected of [
      "4: values[at] < least → false: killed by the least",
      "4: values[at] < least → values[at] <= least: survived",
      "4: at++ → at--: endless by the least",
      "7: 2 * value → 2 / value: uncovered",
    ]) {
      assert.ok(all.includes(expected), `expected ${expected}; got\n${all.join("\n")}`);
    }
  }));

test("a test that fails without any mutant is told, and nothing else", () =>
  inFolder(
    { "least.ts": SOURCE, "least.test.ts": TESTS.replace(", 1)", ", 2)") },
    async (folder) => {
      const outcome = await judged(folder).catch(String);
      assert.is(outcome, "Error: a test fails without any mutant: the least");
    },
  ));

test("a report names those that no test noticed, and their share of all by file", () => {
  const verdict = (line: number, outcome: Verdict["outcome"]): Verdict => ({
    mutant: {
      id: `${line}`,
      path: "/x/a.ts",
      line,
      column: 1,
      kind: "K",
      before: "a\n b",
      after: "c",
    },
    outcome,
    by: "",
  });
  const all = [
    verdict(1, "killed"),
    verdict(2, "survived"),
    verdict(3, "endless"),
    verdict(4, "uncovered"),
  ];
  const { score, text } = reportOf(all, "/x");
  assert.is(score, 0.5);
  assert.equal(text.split("\n"), [
    "a.ts:2:1 survived (K): a b → c",
    "a.ts:4:1 uncovered (K): a b → c",
    "",
    "0.50        2/4  a.ts",
    "",
    "2 of 4 mutants noticed: score 0.500, at least 0.9",
  ]);
});

test.run();
