/** The built command, in a folder of its own with a small experiment. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { colourless } from "../cli/testing.ts";

const MAIN = fileURLToPath(new URL("../../dist/texts/main.js", import.meta.url));

const EXPERIMENT = `
title: A file that two fetch
question: How long does it take?
seed: 1
replications: 2
system:
  server: { uplink: 8 Mbit/s }
  volunteers: [{ name: v, count: 2, uplink: 8 Mbit/s, downlink: 8 Mbit/s }]
  synchronisation: { first: 1 s, spread: 0 s, walk: 0 s, method: [whole, swarm] }
  customers: { classes: [{ share: 1, downlink: 8 Mbit/s }] }
workload:
  sync: { identical: 0, releases: [{ at: 1 s, bytes: 4 MB, size: 4 MB }] }
  window: 10 min
policies: { dispatch: origin-only, replication: everything, chunkSize: fixed }
`;

const TEXT = `**Question.** How long does it take (<!-- fingerprint -->x<!-- end -->)?

<!-- table
rows: synchronisation
head: method
columns: { server sent: "{sync.serverBytes as 0.0 MB}" }
-->
<!-- end -->

Pulls take <!-- value: sync.age at synchronisation=whole as 0 s -->0 s<!-- end --> on average.

<!-- figure: trade-off -->

![Age against bytes](tiny-trade-off.svg)

<!-- end -->
`;

let root = "";
test.before.each(() => {
  root = mkdtempSync(join(tmpdir(), "mirrorlab-experiments-"));
  mkdirSync(join(root, "experiments"));
  put("experiments/tiny.yaml", EXPERIMENT);
  put("experiments/tiny.md", TEXT);
  put("README.md", "Nothing.\n");
});
test.after.each(() => rmSync(root, { recursive: true }));

function put(file: string, text: string): void {
  writeFileSync(join(root, file), text);
}

function run(...args: readonly string[]) {
  const options = { cwd: root, encoding: "utf8", env: colourless } as const;
  return spawnSync(process.execPath, [MAIN, "--quiet", ...args], options);
}

const textNow = () => readFileSync(join(root, "experiments/tiny.md"), "utf8");

test("a text is written anew with its figure, and stays as it is the second time", () => {
  const { status, stdout, stderr } = run();
  assert.is(status, 0, stderr);
  assert.match(stdout, "experiments/tiny-trade-off.svg: drawn anew\n");
  assert.match(stdout, "experiments/tiny.md: written anew\n");
  const text = textNow();
  const [, fingerprint] = /<!-- fingerprint -->`([0-9a-f]{16})`<!-- end -->/.exec(text) ?? [];
  // Both pull 4 MB and the overhead of the wire over 8 Mbit/s: 8 s and more.
  assert.match(text, /\| whole \| 8\.\d MB \|\n\| swarm \| \d\.\d MB \|/);
  assert.match(text, /Pulls take <!-- value: [^>]* -->8 s<!-- end --> on average/);
  assert.is(text.split(`<!-- end: tiny ${fingerprint} -->`).length, 3);
  const again = run("tiny");
  assert.equal([again.status, again.stdout, textNow()], [0, "", text]);
});

test("a difference is that of each replication to what the experiment compares with", () => {
  put("experiments/tiny.yaml", `${EXPERIMENT}compare: { synchronisation: whole }\n`);
  const cells = ["whole", "swarm"].map((method) => `synchronisation=${method}`);
  const values = [
    ...cells.map((cell) => `sync.age at ${cell}`),
    ...cells.map((cell) => `sync.age.difference at ${cell}`),
  ].map((term) => `<!-- value: ${term} as 0.000000 [s] -->?<!-- end -->`);
  put("experiments/tiny.md", `${TEXT}\nIn numbers: ${values.join(" ")}\n`);
  const { status, stderr } = run();
  assert.is(status, 0, stderr);
  const told = [...textNow().matchAll(/as 0\.000000 \[s\] -->(.*?)<!--/g)].map(([, text]) => text);
  const [whole, swarm, , difference] = told.map((text) => Number(text.replace("−", "-")));
  assert.is.not(swarm, whole);
  assert.is(told[2], "–"); // What the others are compared with is compared with nothing.
  assert.ok(Math.abs(difference - (swarm - whole)) < 3e-6, told.join());
});

test("what is wrong is told with its place before anything is run, and the exit code is 2", () => {
  assert.match(
    run("tyni").stderr,
    /^experiments: unknown experiment: tyni; known: tiny; did you mean 'tiny'\?\n$/,
  );
  put("experiments/tiny.md", TEXT.replace("sync.serverBytes", "sync.bytes"));
  const { status, stderr } = run();
  assert.is(status, 2);
  assert.match(
    stderr,
    /^experiments: experiments\/tiny.md:6: unknown metric of tiny: sync.bytes; /,
  );
  assert.not.ok(existsSync(join(root, "results")));
  assert.is(run("--force").status, 2);
});

test.run();
