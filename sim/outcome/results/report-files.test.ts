import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../../engine/input-error.ts";
import { manifest, manifestJson } from "../../experiment/manifest.ts";
import { numberedRuns, variedExperiment } from "../../runner/testing.ts";
import { writeRun } from "../store.ts";
import { ANSWER_FILE, answerOfText } from "./answer-file.ts";
import { listRuns } from "./list-runs.ts";
import { rebuildReport } from "./rebuild-report.ts";
import { MANIFEST_FILE, RUNS_FILE, runsText } from "./run-folder.ts";
import { writeIndex } from "./write-index.ts";

let out = "";
test.before.each(() => {
  out = mkdtempSync(join(tmpdir(), "mirrorlab-results-"));
});
test.after.each(() => rmSync(out, { recursive: true }));

const experiment = { ...variedExperiment("{ dispatch: origin-only }"), replications: 2 };
const all = numberedRuns(experiment);

/** A run's folder as an older version left it: with its results, and without a report. */
function written(name: string, runs = runsText(all), seconds = 1): string {
  const folder = join(out, "some", name);
  writeRun(
    folder,
    new Map([
      [MANIFEST_FILE, manifestJson(manifest(experiment, [], "f00d"))],
      [RUNS_FILE, runs],
    ]),
  );
  utimesSync(join(folder, MANIFEST_FILE), seconds, seconds);
  return folder;
}

test("a report is made anew from what a run has stored, with the same bytes each time", async () => {
  const folder = written("a");
  const path = await rebuildReport(folder, ["svg"]);
  const first = readFileSync(path, "utf8");
  assert.match(first, experiment.title);
  assert.ok(existsSync(join(folder, "levels.svg")));
  assert.is(await rebuildReport(folder, []), path);
  assert.is(readFileSync(path, "utf8"), first);
});

test("runs of an older version, which kept no course, have a report without it", async () => {
  const older = all.map(({ cell, runs }) => ({
    cell,
    runs: runs.map(({ backlog: _, busy: __, syncDays: ___, ...run }) => run as (typeof runs)[0]),
  }));
  const path = await rebuildReport(written("a", runsText(older)), []);
  assert.match(readFileSync(path, "utf8"), 'id="levels"');
  assert.not.match(readFileSync(path, "utf8"), 'id="backlog"');
});

test("notes of a run are kept when its report is made anew", async () => {
  const folder = written("a");
  await rebuildReport(folder, []);
  const path = join(folder, ANSWER_FILE);
  const answer = answerOfText(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...answer, notes: ["2 lines of the log were rejected."] }));
  assert.match(readFileSync(await rebuildReport(folder, []), "utf8"), "2 lines of the log");
});

test("how much work there was is kept when a report is made anew, and told in it", async () => {
  const folder = written("a");
  const path = join(folder, ANSWER_FILE);
  await rebuildReport(folder, []);
  assert.is(answerOfText(readFileSync(path, "utf8")).work, null);
  const work = { files: 12, bytes: 3e9, released: 0, requests: 34_567, wanted: 5e9 };
  const kept = { ...work, visits: 40, customers: 30, window: 600 };
  writeFileSync(path, JSON.stringify({ ...answerOfText(readFileSync(path, "utf8")), work: kept }));
  const page = readFileSync(await rebuildReport(folder, []), "utf8").replaceAll("\u00a0", " ");
  assert.match(page, "34,567 requests for 5.00 GB in 40 visits of 30 customers");
  const { work: again, setup } = answerOfText(readFileSync(path, "utf8"));
  assert.equal(again, kept);
  assert.match(setup.join(" "), "34,567 requests of 30 customers are replayed");
});

test("a run that lacks replications says which", async () => {
  const folder = written(
    "a",
    runsText(all.map(({ cell, runs }) => ({ cell, runs: runs.slice(1) }))),
  );
  try {
    await rebuildReport(folder, []);
    assert.unreachable();
  } catch (error) {
    assert.ok(error instanceof InputError && error.problems.length === all.length);
    assert.match(error.message, "expected 2 replications of");
  }
});

test("runs are listed by experiment, the newest first, and broken folders are left out", async () => {
  written("a", runsText(all), 100);
  written("b", runsText(all), 200);
  mkdirSync(join(out, "some", "broken"));
  writeFileSync(join(out, "some", "broken", MANIFEST_FILE), "{");
  mkdirSync(join(out, "some", ".writing-1"));
  await rebuildReport(join(out, "some", "a"), []);
  const runs = listRuns(out);
  assert.equal(
    runs.map(({ run, page }) => [run, page]),
    [
      ["b", null],
      ["a", "some/a/report.html"],
    ],
  );
  assert.is(runs[0]?.answer, runs[1]?.answer); // Worked out, or read: the same.
  assert.is(runs[0]?.runs, 2 * all.length);
  assert.match(readFileSync(writeIndex(out), "utf8"), 'href="some/a/report.html"');
});

test("where there are no results yet, the list says so", () => {
  assert.match(readFileSync(writeIndex(join(out, "none")), "utf8"), "There is no run yet");
});

test.run();
