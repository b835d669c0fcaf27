import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { SMALL_EXPERIMENT, sim } from "./testing.ts";

let room = "";
test.before.each(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-bad-"));
});
test.after.each(() => rmSync(room, { recursive: true, force: true }));

/** Exit 2, one message that matches each pattern, and neither a stack trace nor any output. */
function rejects(args: string[], ...patterns: RegExp[]): void {
  const { code, stdout, stderr } = sim(...args, "--out", room);
  assert.is(code, 2, stdout + stderr);
  assert.is(stdout, "");
  assert.not.match(stderr, /^\s+at /m);
  for (const pattern of patterns) assert.match(stderr, pattern);
}

function edited(from: string, to: string): string {
  assert.ok(SMALL_EXPERIMENT.includes(from), from);
  const file = join(room, "edited.yaml");
  writeFileSync(file, SMALL_EXPERIMENT.replace(from, to));
  return file;
}

function log(content: string | Uint8Array): string[] {
  const file = join(room, "access.log");
  writeFileSync(file, content);
  return ["run", "experiments/replay.yaml", "--trace", file];
}

test("an unknown policy is named with the nearest known one", () => {
  const file = edited("least-loaded", "least-loded");
  rejects(["run", file], /edited\.yaml:\d+:\d+: /, /least-loded/, /least-loaded/);
});

test("a misspelt field, a negative rate and a list for a number are reported together", () => {
  const file = join(room, "three.yaml");
  const mistaken = SMALL_EXPERIMENT.replace("question:", "qestion:")
    .replace("uplink: 4 Mbit/s", "uplink: -4 Mbit/s")
    .replace("seed: 7", "seed: [7]");
  writeFileSync(file, mistaken);
  rejects(["run", file], /qestion/, /question/, /uplink/, /-4 Mbit\/s/, /seed/);
});

test("a tab in the YAML is found at its place", () => {
  rejects(["run", edited("  server:", "\tserver:")], /edited\.yaml:7:1: .*tab/i);
});

test("a missing experiment, a folder and a missing input file are named", () => {
  rejects(["run", join(room, "none.yaml")], /none\.yaml: missing file/);
  rejects(["run", room], /expected a file; got a folder/);
  rejects(["run", edited("debian-12.tsv.gz", "debian-13.tsv.gz")], /debian-13\.tsv\.gz/);
});

test("an empty log, a binary file and a cut gzip file are told apart", () => {
  rejects(log(""), /expected an access log; got an empty file/);
  rejects(log(Uint8Array.from({ length: 500 }, (_, i) => i % 256)), /binary/);
  const zipped = gzipSync("192.0.2.1 - - [01/Mar/2026:10:00:00 +0000]".repeat(1000));
  rejects(log(zipped.subarray(0, zipped.length - 20)), /expected a whole gzip file/);
});

test("a number without its unit, and a window in which nothing would be measured", () => {
  rejects(["run", edited("uplink: 4 Mbit/s", "uplink: 20")], /invalid uplink: 20; .* 20 Mbit\/s/);
  // The release comes a second before the end, and nobody so soon after it.
  const late = edited("at: 9 h", "at: 86399 s");
  rejects(
    ["run", late],
    /edited\.yaml:24:11: expected a request within the window of 1 d; got none/,
  );
});

test("wrong flags and commands are told as they were typed", () => {
  const flash = ["run", "experiments/flash-small.yaml"];
  rejects([...flash, "--seed", "x"], /--seed: .*x/);
  rejects([...flash, "--jobs", "0"], /--jobs: invalid jobs: 0; not in \[1, 1024\] threads/);
  rejects([...flash, "--sed", "1"], /sed/);
  rejects(["runn", "experiments/flash-small.yaml"], /run/);
});

test.run();
