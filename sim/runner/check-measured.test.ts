import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../engine/input-error.ts";
import { parseExperiment } from "../experiment/config/parse-experiment.ts";
import { minimal, registry } from "../experiment/config/testing.ts";
import { checkMeasured } from "./check-measured.ts";
import { workloadSources } from "./workload-sources.ts";

const test = suite("check-measured", { folder: "" });
test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "check-measured-"));
});
test.after(({ folder }) => rmSync(folder, { recursive: true }));

/** Requests at 0 s, 10 s and 50 s: a log of 51 s, whose clock counts whole seconds. */
const LOG = ["00", "10", "50"]
  .map((s) => `192.0.2.1 - - [03/Feb/2026:12:00:${s} +0000] "GET /a HTTP/1.1" 200 5 "-" "-"\n`)
  .join("");

/** What is refused of the minimal experiment with this workload, without the folder's name. */
async function problems(folder: string, workload: string, rest = ""): Promise<readonly string[]> {
  const file = join(folder, "small.yaml");
  writeFileSync(join(folder, "access.log"), LOG);
  const text =
    minimal.replace(LOGGED, workload).replace(LOGGED, `log: { file: ${folder}/access.log }`) + rest;
  writeFileSync(file, text);
  const experiment = parseExperiment(text, file, { registry });
  try {
    checkMeasured(file, experiment, await workloadSources(experiment));
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map((problem) => problem.replaceAll(`${folder}/`, ""));
  }
}

const LOGGED = "log: { file: access.log }";
const released = (at: string) =>
  `release: { catalogue: ${process.cwd()}/traces/debian-12.tsv.gz, curve: ${process.cwd()}/traces/release-curve.csv, at: ${at}, customers: 1 }`;

test("a log of which something is measured is good", async ({ folder }) => {
  assert.equal(await problems(folder, LOGGED), []);
  assert.equal(await problems(folder, LOGGED, "measure: { from: 50 s }\n"), []);
});

test("measuring cannot begin after a log has ended", async ({ folder }) => {
  assert.equal(await problems(folder, LOGGED, "measure: { from: 1 h }\n"), [
    "small.yaml:17:18: invalid from: 1 h; not in [0, 51) seconds, the window of access.log\n" +
      "   17 | measure: { from: 1 h }\n" +
      "      |                  ^^^",
  ]);
});

test("nor after the last request, though the window is longer", async ({ folder }) => {
  const [problem] = await problems(folder, `${LOGGED}\n  window: 1 h`, "measure: { from: 51 s }\n");
  assert.match(
    problem,
    "small.yaml:18:18: expected a request after from: 51 s; got the last of 3 at 50 s",
  );
});

test("a window that holds no request is refused, of what is generated too", async ({ folder }) => {
  const [problem] = await problems(folder, `${released("59 s")}\n  window: 1 min`);
  assert.match(
    problem,
    "small.yaml:13:11: expected a request within the window of 1 min; got none",
  );
});

test("of several workloads the one is told that is not measured", async ({ folder }) => {
  const vary = "vary: { span: { field: workload.window, values: [30 s, 1 h] } }\n";
  assert.equal(await problems(folder, LOGGED, `${vary}measure: { from: 10 s }\n`), []);
  const [problem, ...others] = await problems(folder, LOGGED, `${vary}measure: { from: 11 s }\n`);
  assert.equal(others, []);
  assert.match(problem, "after from: 11 s; got the last of 2 at 10 s (with span: 30 s)");
});

test("where nobody downloads, none is asked for", async ({ folder }) => {
  const sync = "sync: { releases: [{ at: 1 h, bytes: 1 MB }] }\n  window: 2 h";
  assert.equal(await problems(folder, sync, "measure: { from: 1 h }\n"), []);
});

test.run();
