import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../../engine/input-error.ts";
import { readExperiment } from "./read-experiment.ts";
import { minimal, minimalWith, registry } from "./testing.ts";

const files = suite<{ lab: string }>("files");

/** A laboratory far from the working directory: `experiments` and `traces` beside each other. */
files.before.each((context) => {
  context.lab = mkdtempSync(join(tmpdir(), "mirrorlab-"));
  mkdirSync(join(context.lab, "experiments"));
  mkdirSync(join(context.lab, "traces"));
  writeFileSync(join(context.lab, "traces", "access.log"), "");
});
files.after.each(({ lab }) => rmSync(lab, { recursive: true }));

function write(lab: string, content: string | Uint8Array): string {
  const file = join(lab, "experiments", "night.yaml");
  writeFileSync(file, content);
  return file;
}

function problemsOf(file: string): readonly string[] {
  try {
    readExperiment(file, { registry });
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

files("an input file is found from the folder above the experiment's own", ({ lab }) => {
  const file = write(lab, minimalWith("access.log", "traces/access.log"));
  const { name, workload } = readExperiment(file, { registry });
  assert.is(name, "night");
  assert.ok("log" in workload);
  assert.match(workload.log.file, /traces.access\.log$/);
});

files("an input file is first looked for in the working directory", ({ lab }) => {
  const file = write(lab, minimalWith("access.log", "package.json"));
  writeFileSync(join(lab, "package.json"), "");
  const { workload } = readExperiment(file, { registry });
  assert.equal(workload, { log: { file: "package.json", maxBad: 0.01 } });
});

files("an input file that is not there is a problem with place and hint", ({ lab }) => {
  const [problem] = problemsOf(write(lab, minimalWith("access.log", "traces/acces.log")));
  assert.match(problem, /night\.yaml:12:16: missing file: traces\/acces\.log; looked in traces, /);
  assert.match(problem, /\n {6}= did you mean 'traces\/access\.log'\?$/);
});

files("a missing trace whose recipe is there comes with the command that makes it", ({ lab }) => {
  writeFileSync(join(lab, "traces", "days.yaml"), "");
  const file = write(lab, minimalWith("access.log", "traces/days/requests.mlt"));
  const [problem] = problemsOf(file);
  // From the working directory, unless that is the longer way to say it.
  const [, recipe, folder] = /; made by: sim trace synth (.+) --out (.+)\n/.exec(problem) ?? [];
  assert.is(resolve(folder ?? ""), join(lab, "traces", "days"), problem);
  assert.is(recipe, `${folder}.yaml`);
});

files("a folder is no input file", ({ lab }) => {
  const [problem] = problemsOf(write(lab, minimalWith("access.log", "traces")));
  assert.match(problem, /:12:16: expected a file; got the folder traces\n/);
});

files("a file that is no experiment says what it is instead", ({ lab }) => {
  const missing = join(lab, "experiments", "nigth.yaml");
  write(lab, minimal);
  assert.equal(problemsOf(missing), [`${missing}: missing file`]);
  assert.equal(problemsOf(lab), [`${lab}: expected a file; got a folder`]);
  const gzip = write(lab, Uint8Array.of(0x1f, 0x8b, 8, 0, 0xff));
  assert.equal(problemsOf(gzip), [`${gzip}: expected an experiment; got binary data`]);
  const zeros = write(lab, "title: \0");
  assert.equal(problemsOf(zeros), [`${zeros}: expected an experiment; got binary data`]);
  const huge = write(lab, "#".repeat(1_000_001));
  assert.equal(problemsOf(huge), [`${huge}: expected an experiment; got more than 1000000 bytes`]);
});

files.run();
