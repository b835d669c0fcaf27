/** Interrupted, damaged, repeated and simultaneous runs on one store, through the whole command. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { entriesOf, killRuns, runFilesOf, undisturbed } from "../testing/kills/kill-runs.ts";
import { colourless, type Outcome, program, root, SMALL_EXPERIMENT, sim } from "./testing.ts";

const FEW = SMALL_EXPERIMENT.replace(/dispatch: \[.*\]/, "dispatch: [origin-only, random]");

let room = "";
let small = "";
let reference: ReturnType<typeof undisturbed>;
test.before(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-store-"));
  small = join(room, "small.yaml");
  writeFileSync(small, FEW);
  reference = undisturbed([small], join(room, "reference"));
});
test.after(() => rmSync(room, { recursive: true, force: true }));

/** Fails unless the run was like one that nobody disturbed. */
function likeReference(out: string, { code, stdout, stderr }: Outcome): void {
  assert.is(code, 0, stderr);
  assert.is(stdout, reference.stdout);
  assert.equal(runFilesOf(out), runFilesOf(join(room, "reference")));
}

/** A folder with the store of the run that nobody disturbed, and without its results. */
function withStore(name: string): string {
  cpSync(join(room, "reference/.store"), join(room, name, ".store"), { recursive: true });
  return join(room, name);
}

test("a run that is killed again and again ends like one that never was", async () => {
  const out = join(room, "killed");
  const { milliseconds } = reference;
  const kept = await killRuns([small], out, { kills: 4, milliseconds, seed: "kills" });
  assert.equal(
    kept,
    [...kept].sort((a, b) => a - b),
    "what is kept stays",
  );
  likeReference(out, undisturbed([small], out));
  assert.is(entriesOf(out).length, 6);
});

test("more replications, another policy or title run only what is new; --force runs all", () => {
  const out = withStore("grown");
  const run = (...args: string[]) => sim("run", ...args, "--out", out, "--json");
  const other = join(room, "renamed.yaml");
  const policies = FEW.replace("[origin-only, random]", "[round-robin, random]");
  writeFileSync(other, policies.replace("A small crowd", "Another title").replace(/compare.*/, ""));
  assert.match(run(other, "--replications", "4").stderr, /^3 of 8 runs were at hand$/m);

  const forced = run(small, "--force");
  assert.not.match(forced.stderr, /at hand/);
  assert.is(forced.stdout, reference.stdout);
});

test("two runs at once on one store come to the same, and leave nothing half written", async () => {
  const out = join(room, "two");
  const args = [program, "run", small, "--out", out, "--json", "--quiet"];
  const both = [0, 1].map(async () => {
    const child = spawn(process.execPath, args, { cwd: root, env: colourless });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    const [code] = await once(child, "close");
    return { code, stdout: output, stderr: output };
  });
  for (const outcome of await Promise.all(both)) likeReference(out, outcome);
  assert.equal(readdirSync(join(out, ".store/writing")), []);
});

test("damaged entries are told and run again", () => {
  const out = withStore("damaged");
  const [changed, cut, longer] = entriesOf(out);
  writeFileSync(changed, readFileSync(changed, "utf8").replace(/"events":\d/, '"events":7'));
  writeFileSync(cut, readFileSync(cut).subarray(0, 500));
  appendFileSync(longer, "\n");
  const outcome = sim("run", small, "--out", out, "--json");
  likeReference(out, outcome);
  assert.match(outcome.stderr, /^3 of 6 runs were at hand$/m);
  const told = outcome.stderr.match(/^note: .*a damaged entry is run again: [0-9a-f]{64}$/gm);
  assert.is(told?.length, 3, outcome.stderr);
});

/** Redirects nobody, like origin-only; its thread dies in the first run that asks it, and never again. */
const DIES_ONCE = `import { existsSync, writeFileSync } from "node:fs";
const mark = new URL("mark", import.meta.url);
export default {
  name: "dies once",
  decide() {
    if (!existsSync(mark)) { writeFileSync(mark, ""); process.exit(9); }
    return { to: -1, reason: "alive" };
  },
};`;

test("a thread that dies is replaced, and its run made again", () => {
  writeFileSync(join(room, "dies.mjs"), DIES_ONCE);
  const file = join(room, "dies.yaml");
  writeFileSync(file, FEW.replace("[origin-only, random]", "[origin-only, ./dies.mjs]"));
  const { code, stdout, stderr } = sim("run", file, "--json", "--out", join(room, "died"));
  assert.is(code, 0, stderr);
  assert.match(stderr, /note: a thread died in .*\.\/dies\.mjs, which is run again: .*code 9/);
  const [origin, own] = JSON.parse(stdout).cells;
  assert.equal(own.metrics, origin.metrics);
});

test("Ctrl-C exits with 130, keeps what is finished and says how to go on", async () => {
  const out = join(room, "stopped");
  const args = [program, "run", small, "--out", out, "--replications", "60"];
  const child = spawn(process.execPath, args, { cwd: root, env: colourless });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    if (stderr === "") child.kill("SIGINT");
    stderr += text;
  });
  const [code] = await once(child, "close");
  assert.is(code, 130, stderr);
  assert.match(
    stderr,
    /^sim: stopped: \d+ runs are left; .*\.store, and the same command goes on/m,
  );
  assert.ok(entriesOf(out).length > 0);
  assert.equal(runFilesOf(out), {});
});

test("a full disk is told in a sentence, and nothing half written is left", () => {
  const out = join(room, "full");
  // A limit of 1 kB a file: all writes beyond it fail, as on a full disk.
  const limited = ['ulimit -f 1; exec "$@"', "-", process.execPath, program];
  const args = ["-c", ...limited, "run", small, "--out", out, "--quiet"];
  const options = { cwd: root, env: colourless, encoding: "utf8" } as const;
  const { status, stderr } = spawnSync("bash", args, options);
  assert.is(status, 1, stderr);
  assert.match(
    stderr,
    /^sim: .*\.store: no room is left \(EFBIG\); what was finished before is kept$/m,
  );
  assert.is(stderr.trim().split("\n").length, 1);
  assert.equal(entriesOf(out), []);
  assert.equal(readdirSync(join(out, ".store/writing")), []);
});

test("a folder that cannot be used is told", () => {
  const { code, stderr } = sim("run", small, "--out", small);
  assert.is(code, 2, stderr);
  assert.match(stderr, /small\.yaml\/\.store: expected a folder that can be written; got E/);
});

test.run();
