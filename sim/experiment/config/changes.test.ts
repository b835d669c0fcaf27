/** What an experiment says about files that change in place, and how it complains. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { ChangeRecipe } from "../../workload/changes.ts";
import { variantsOf } from "./experiment.ts";
import { minimal, minimalWith, parse, problemsIn } from "./testing.ts";

const LOG = "log: { file: access.log }";
const RELEASE = "release: { catalogue: c, curve: v, at: 1 h, customers: 5 }";

/** The minimal experiment with changes in line 13, below a source of requests. */
const changing = (changes: string, source = LOG) =>
  minimalWith(LOG, `${source}\n  changes: ${changes}\n  window: 2 d`);

const digest = (report: string) => {
  const [first, ...others] = report.replace(/^small\.yaml:/, "").split("\n");
  const hint = others.find((line) => line.startsWith("      = "));
  return hint === undefined ? first : `${first} = ${hint.slice(8)}`;
};
const mistakes = (changes: string, source = LOG) =>
  problemsIn(changing(changes, source)).map(digest);

const NOTHING_SAID: ChangeRecipe = { match: null, share: null, first: null, every: null };

test("nothing changes in place unless the file says so", () => {
  assert.not.ok("changes" in parse(minimal).workload);
});

test("what changes is told by the ends of paths, one or several, or drawn", () => {
  const read = (changes: string) => parse(changing(changes)).workload.changes;
  assert.equal(read("{ every: 6 h }"), { ...NOTHING_SAID, every: 21_600 });
  assert.equal(read("{ match: InRelease, first: 90 s }"), {
    ...NOTHING_SAID,
    match: ["InRelease"],
    first: 90,
  });
  assert.equal(read("{ match: [InRelease, Packages.xz], every: 1 d }")?.match, [
    "InRelease",
    "Packages.xz",
  ]);
  assert.equal(read("{ share: 0.01, first: 0, every: 1 d }"), {
    match: null,
    share: 0.01,
    first: 0,
    every: 86_400,
  });
});

test("with a release nothing needs to be said; with a log when, with sync what, too", () => {
  assert.equal(parse(changing("{}", RELEASE)).workload.changes, NOTHING_SAID);
  assert.equal(mistakes("{}"), ["13:12: missing first or every"]);
  assert.equal(mistakes("{}", "sync: {}"), [
    "13:3: missing share",
    "13:12: missing first or every",
  ]);
  assert.equal(mistakes("{ match: a, every: 1 s }", "sync: {}"), [
    "13:21: expected share, with sync",
  ]);
  assert.equal(mistakes("{ share: 1, every: 1 s }", "sync: {}"), []);
});

test("files are told in one way", () => {
  assert.equal(mistakes("{ match: a, share: 0.5, every: 1 s }"), [
    "13:31: expected match or share; got both",
  ]);
});

test("wrong values are told at their places, all at once", () => {
  assert.equal(mistakes("{ mach: a, share: 0, first: -1 s, every: 6 hours }"), [
    "13:14: unknown field: mach; known: match, share, first, every = did you mean 'match'?",
    "13:30: invalid share: 0; not in (0, 1]",
    "13:40: invalid first: -1 s; not in [0, ∞) seconds",
    "13:53: unknown unit: hours; known: ms, s, min, h, d = did you mean 'h'?",
  ]);
  assert.equal(mistakes("{ match: [], every: 0 }"), [
    "13:21: match: expected at least one end of a path; got an empty list",
    "13:32: invalid every: 0; not in (0, ∞) seconds",
  ]);
  assert.equal(mistakes('{ match: [a, 3, "", a], every: 1 s }'), [
    "13:25: match[1]: expected the end of a path; got 3",
    '13:28: match[2]: expected the end of a path; got ""',
    "13:32: duplicate match[3]: a",
  ]);
});

test("the first change is within the window", () => {
  assert.equal(mistakes("{ first: 2 d }"), [
    "13:21: invalid first: 2 d; not in [0, 172800) seconds",
  ]);
  assert.equal(mistakes("{ every: 2 d }"), [], "which is none");
});

test("changes can vary, and be taken away", () => {
  const experiment = parse(`${changing("{ every: 6 h }")}vary:
  metadata:
    as it is: {}
    oftener: { workload.changes.every: 1 h }
    never: { workload.changes: ~ }
`);
  assert.equal(
    variantsOf(experiment).map(({ workload }) => workload.changes?.every),
    [21_600, 3600, undefined],
  );
});

test.run();
