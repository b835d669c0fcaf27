import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { root, sim } from "../cli/testing.ts";
import { BYTES, checkMemory, memoryEstimate, memoryLimit } from "./memory-estimate.ts";

const SMALL = { files: 1000, customers: 100, requests: 1000, volunteers: 8, threads: 1 };

test("the estimate grows by the documented bytes of each thing, in each thread", () => {
  const grown = (change: Partial<typeof SMALL>) =>
    memoryEstimate({ ...SMALL, threads: 3, ...change }) - memoryEstimate({ ...SMALL, threads: 3 });
  assert.is(Math.round(grown({ files: 2000 })), 3 * 1000 * (BYTES.file + 1));
  assert.is(Math.round(grown({ customers: 200 })), 3 * 100 * BYTES.customer);
  assert.ok(grown({ requests: 2000 }) >= 3 * 1000 * BYTES.request);
});

test("what does not fit is refused with the estimate and the threads that would fit", () => {
  const run = { ...SMALL, customers: 1_000_000, threads: 8 };
  assert.throws(
    () => checkMemory(run, 2e9),
    /fits into 2\.0 GB of memory; got one of about 6\.\d GB: 8 at once .*1000000 customers.*; --jobs 2 fits$/,
  );
  checkMemory({ ...run, threads: 2 }, 2e9);
  assert.throws(() => checkMemory(run, 0.5e9), /; fewer customers or requests fit/);
});

test("the limit is what was typed, or else at most what the machine has", () => {
  assert.is(memoryLimit("1.5 GB"), 1.5e9);
  assert.ok(memoryLimit(undefined) <= totalmem() && memoryLimit(undefined) > 0);
  for (const wrong of ["much", "-1 GB", "0 GB"]) {
    assert.throws(() => memoryLimit(wrong), /--max-memory: expected a size such as 8 GB; got/);
  }
});

test("a run takes about what was estimated", () => {
  const [files, customers, requests, volunteers, atOnce] = [200_000, 200_000, 100_000, 20, 3000];
  const args = [files, customers, requests, volunteers, atOnce].map(String);
  const program = ["--import", "tsx", "sim/bench/memory-run.ts", ...args];
  const { stdout } = spawnSync(process.execPath, program, { cwd: root, encoding: "utf8" });
  const estimate = memoryEstimate({ files, customers, requests, volunteers, threads: 1 });
  // When the collector runs, and how much it leaves, is each machine's own: from 0.36 to 0.44 GB.
  assert.ok(Number(stdout) < 1.6 * estimate, `${stdout} of ${estimate}`);
  assert.ok(Number(stdout) > 0.5 * estimate, `${stdout} of ${estimate}`);
});

test("sim run refuses at once, with exit code 2, and runs nothing", () => {
  const out = mkdtempSync(join(tmpdir(), "mirrorlab-memory-"));
  const args = ["run", "experiments/flash-small.yaml", "--max-memory", "60 MB", "--out", out];
  const { code, stdout, stderr } = sim(...args);
  rmSync(out, { recursive: true });
  assert.is(code, 2);
  assert.is(stdout, "");
  assert.match(stderr, /^sim: expected a run that fits into 0\.060 GB of memory; got one of about/);
});

test.run();
