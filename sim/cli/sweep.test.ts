/** `sim sweep` with commands in Slurm's place that run the tasks at once; on a real one: test:slurm. */

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { entriesOf, runFilesOf } from "../testing/kills/kill-runs.ts";
import { colourless, type Outcome, program, root, SMALL_EXPERIMENT, sim } from "./testing.ts";

const FEW = SMALL_EXPERIMENT.replace(/dispatch: \[.*\]/, "dispatch: [origin-only, random]");

let room = "";
let small = "";
test.before(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-sweep-"));
  small = join(room, "small.yaml");
  writeFileSync(small, FEW);
});
test.after(() => rmSync(room, { recursive: true, force: true }));

/**
 * Runs `sim sweep --on slurm` with an `sbatch` that runs each task of its array in turn, after `first`
 * (shell), which may `continue` to leave one out; `$task` is its number. Each array is noted.
 */
function sweep(name: string, first: string, ...args: readonly string[]): Outcome {
  const commands = join(room, `${name}-commands`);
  mkdirSync(commands, { recursive: true });
  const sbatch = `#!/bin/bash
    echo "$2" >>${join(commands, "arrays")}
    IFS=, read -ra ranges <<<"$(sed 's/--array=//; s/%.*//' <<<"$2")"
    for range in "\${ranges[@]}"; do
      for task in $(seq "\${range%-*}" "\${range#*-}"); do
        ${first}
        log=$(sed -n 's/^#SBATCH --output=//p' "$3" | tr -d '"')
        SLURM_ARRAY_TASK_ID=$task sh "$3" >"\${log/\\%A_\\%a/7_$task}" 2>&1
      done
    done
    echo 7`;
  const scripts = { sbatch, squeue: "#!/bin/sh\nexit 0", scancel: "#!/bin/sh\nexit 0" };
  for (const [command, text] of Object.entries(scripts)) {
    writeFileSync(join(commands, command), text);
    chmodSync(join(commands, command), 0o755);
  }
  const PATH = [commands, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter);
  const words = [program, "sweep", small, "--on", "slurm", "--out", join(room, name), ...args];
  const options = { cwd: root, encoding: "utf8", env: { ...colourless, PATH } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, words, options);
  return { code: status, stdout, stderr };
}

test("a task that is lost is submitted again, and everything is as if run here", () => {
  const rows = ["--rows", "requests,links"];
  const here = sim("sweep", small, ...rows, "--json", "--quiet", "--out", join(room, "local"));
  assert.is(here.code, 0, here.stderr);
  const mark = join(room, "once");
  const lose = `[ $task = 1 ] && [ ! -e ${mark} ] && touch ${mark} && continue`;
  const there = sweep("with space", lose, ...rows, "--json", "--bundle", "2", "--jobs", "9");
  assert.is(there.code, 0, there.stderr);
  assert.match(there.stderr, /^note: 2 runs are missing and are submitted again$/m);
  assert.is(there.stdout, here.stdout);
  assert.equal(runFilesOf(join(room, "with space")), runFilesOf(join(room, "local")));
  assert.equal(readdirSync(join(room, "with space/.sweeps")), []);

  const again = sweep("with space", "exit 1", ...rows, "--replications", "2", "--json");
  assert.is(again.code, 0, again.stderr);
  assert.match(again.stderr, /^4 of 4 runs were at hand$/m);
});

test("what cannot be submitted is told before anything is, in a sentence", () => {
  const wrong = sweep("wrong", "", "--seed", "x", "--bundle", "0");
  assert.is(wrong.code, 2, wrong.stderr);
  assert.not.ok(existsSync(join(room, "wrong-commands/arrays")));

  const PATH = dirname(process.execPath);
  const words = [program, "sweep", small, "--on", "slurm", "--out", join(room, "none")];
  const env = { ...colourless, PATH: existsSync(join(PATH, "sbatch")) ? room : PATH };
  const none = spawnSync(process.execPath, words, { cwd: root, encoding: "utf8", env });
  assert.is(none.status, 2, none.stderr);
  assert.match(none.stderr, /^sim: --on slurm: missing sbatch; expected Slurm's commands/m);

  const refused = sweep("refused", 'echo "sbatch: error: no such partition" >&2; exit 1');
  assert.is(refused.code, 2, refused.stderr);
  assert.match(refused.stderr, /^sim: sbatch: .*no such partition$/m);
});

test("tasks that are lost every time end the sweep with which and where; the rest is kept", () => {
  const lost = 'if [ $task = 1 ]; then echo "oom" >"$(dirname "$3")/logs/8_1.txt"; continue; fi';
  const { code, stderr } = sweep("lost", lost, "--retries", "1", "--bundle", "3");
  assert.is(code, 1, stderr);
  assert.match(
    stderr,
    /3 runs are missing after 2 rounds: replication 1 of random, replication 2 of/,
  );
  assert.match(stderr, /the last log ends: oom$/m);
  assert.match(stderr, /logs are in .*\.sweeps\/small-\w+\/logs; what is finished is kept in/);
  assert.is(entriesOf(join(room, "lost")).length, 3);
});

test("wrong input that only a task can find is told as here, and not tried again", () => {
  const commands = join(room, "changed-commands");
  const change = 'sed -i \'s/"code": "./"code": "x/\' "$(dirname "$3")/plan.json"';
  const { code, stderr } = sweep("changed", change, "--bundle", "6");
  assert.is(code, 2, stderr);
  assert.match(
    stderr,
    /^sim: expected the same build of mirrorlab on all machines; got another here$/m,
  );
  assert.is(readdirSync(commands).includes("arrays"), true);
  assert.equal(readdirSync(join(room, "changed/.sweeps")), []);
});

test("--dry-run prints the script, with what is asked of the cluster, and submits nothing", () => {
  const asked = ["--walltime", "90 s", "--memory", "2 GiB", "--partition", "long", "--jobs", "4"];
  const { code, stdout, stderr } = sweep("dry", "", "--dry-run", "--bundle", "4", ...asked);
  assert.is(code, 0, stderr);
  assert.match(stdout, /^#!\/bin\/sh\n# 6 of 6 runs in 2 tasks of at most 4;\n# .*--array=0-1%4 /);
  for (const line of ["--time=2", "--mem=2048M", "--partition=long", "--no-requeue"]) {
    assert.match(stdout, `\n#SBATCH ${line}\n`);
  }
  assert.match(stdout, /\nexec .* sweep-task .* "\$SLURM_ARRAY_TASK_ID"\n$/);
  assert.not.ok(existsSync(join(room, "dry-commands/arrays")));
});

test.run();
