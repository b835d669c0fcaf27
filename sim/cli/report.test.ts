import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
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
import { colourless, program, root, SMALL_EXPERIMENT, sim } from "./testing.ts";

let room = "";
let folder = "";
test.before(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-report-"));
  writeFileSync(join(room, "small.yaml"), SMALL_EXPERIMENT);
  const few = ["--replications", "1", "--quiet", "--out", join(room, "out")];
  const { code, stderr } = sim("run", join(room, "small.yaml"), ...few);
  assert.is(code, 0, stderr);
  folder = join(room, "out", "small", readdirSync(join(room, "out", "small"))[0] ?? "");
});
test.after(() => rmSync(room, { recursive: true, force: true }));

/** Runs the command line where only the programs in a folder are found. */
function simWith(programs: string, ...args: string[]) {
  return spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...colourless, PATH: programs },
  });
}

test("a run lists itself, and its report made anew is the same", () => {
  const index = readFileSync(join(room, "out", "index.html"), "utf8");
  assert.match(index, "A small crowd");
  assert.match(index, `${folder.split("/").slice(-2).join("/")}/report.html`);
  const before = readFileSync(join(folder, "report.html"), "utf8");
  const { code, stdout, stderr } = sim("report", folder, "--charts", "png");
  assert.is(code, 0, stderr);
  assert.is(stdout.trim(), join(folder, "report.html"));
  assert.is(readFileSync(join(folder, "report.html"), "utf8"), before);
  assert.ok(existsSync(join(folder, "server-rate.png")));
});

test("without a run, the list of all is written", () => {
  const { code, stdout } = sim("report", "--out", join(room, "out"));
  assert.is(code, 0);
  assert.is(stdout.trim(), join(room, "out", "index.html"));
});

test("--open hands the page to the platform's opener", () => {
  const opener = join(room, "xdg-open");
  writeFileSync(
    opener,
    `#!/bin/sh\necho "$1" > "${join(room, "opened")}.new"\n/bin/mv "${join(room, "opened")}.new" "${join(room, "opened")}"\n`,
  );
  chmodSync(opener, 0o755);
  const { status, stderr } = simWith(room, "report", folder, "--charts", "svg", "--open");
  assert.is(status, 0, stderr);
  const wait = 'for i in 1 2 3 4 5 6 7 8 9; do test -e "$0" && exit 0; sleep 1; done; exit 1';
  assert.is(spawnSync("sh", ["-c", wait, join(room, "opened")]).status, 0);
  assert.is(readFileSync(join(room, "opened"), "utf8").trim(), join(folder, "report.html"));
});

test("where there is no opener, the path is told", () => {
  const { status, stdout, stderr } = simWith(
    join(room, "none"),
    "report",
    "--out",
    join(room, "out"),
    "--open",
  );
  assert.is(status, 0);
  assert.is(stdout.trim(), join(room, "out", "index.html"));
  assert.match(stderr, "no program opens pages here; open ");
});

test("an unknown format and a folder of no run are told, and end with 2", () => {
  for (const args of [
    ["report", folder, "--charts", "gif"],
    ["run", join(room, "small.yaml"), "--charts", "gif"],
  ]) {
    const { code, stderr } = sim(...args);
    assert.is(code, 2);
    assert.is(stderr.trim(), "sim: --charts: unknown format: gif; known: svg, png");
  }
  const { code, stderr } = sim("report", room);
  assert.is(code, 2);
  assert.match(stderr, "missing manifest.json and runs.jsonl");
});

test.run();
