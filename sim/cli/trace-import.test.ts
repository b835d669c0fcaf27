import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readTrace } from "../workload/trace/compiled/read.ts";
import { sim } from "./testing.ts";

const test = suite("trace import", { room: "", out: "" });
test.before.each((context) => {
  context.room = mkdtempSync(join(tmpdir(), "mirrorlab-import-"));
  context.out = join(context.room, "t.mlt");
});
test.after.each(({ room }) => rmSync(room, { recursive: true }));

const LOG = "traces/sample-access.log.gz";

function firstCustomer(path: string): string {
  const trace = readTrace(path);
  if (trace.kind !== "access") throw new Error("no downloads");
  return trace.customers.at(0);
}

test("a log is imported, its lines counted and its bad ones shown without addresses", ({ out }) => {
  const { code, stdout, stderr } = sim("trace", "import", LOG, "--out", out);
  assert.is(code, 0, stderr);
  assert.match(stdout, "common, 4130 lines, 3794 with rows\n  6 ignored: not a GET\n");
  assert.match(stdout, 'got none: "[address] - - [03/Feb/2026:"');
  assert.match(stdout, `trace ${out}`);
  assert.match(firstCustomer(out), /^[0-9a-f]{16}$/);
  assert.not.ok(readFileSync(out, "latin1").includes("192.0.2."));
});

test("the summary is JSON where asked for, and adds up", ({ out }) => {
  const args = ["--merge", "0", "--keep-addresses", "--json"];
  const { stdout } = sim("trace", "import", LOG, "--out", out, ...args);
  const { kind, rows, clients, logs } = JSON.parse(stdout);
  assert.equal([kind, rows, clients], ["access", 3794, 439]);
  const [{ lines, bad, ignored, samples }] = logs;
  const counts = Object.values(ignored as Record<string, number>);
  assert.is(
    counts.reduce((sum, each) => sum + each, rows + bad),
    lines,
  );
  const address = /(192\.0\.2|198\.51\.100|203\.0\.113)\.\d|2001:db8:/;
  assert.match(firstCustomer(out), address);
  assert.match(samples[0], address);
});

test("what is exported is imported again, pseudonyms as they are with one key", ({ room, out }) => {
  sim("trace", "import", LOG, "--out", out, "--key", "k");
  const first = readFileSync(out);
  const [csv, parquet] = [join(room, "t.csv"), join(room, "t.parquet")];
  assert.match(sim("trace", "export", out, "--out", csv).stdout, `3794 rows ${csv}`);
  assert.match(sim("trace", "export", out, "--out", parquet).stdout, `3794 rows ${parquet}`);
  assert.is(readFileSync(parquet).toString("latin1", 0, 4), "PAR1");
  const { stdout } = sim("trace", "import", csv, "--out", out, "--json");
  assert.is(JSON.parse(stdout).rows, 3794);
  sim("trace", "import", LOG, "--out", out, "--key", "k");
  assert.ok(readFileSync(out).equals(first));
});

test("wrong arguments and files are exit 2, each with what is wrong", ({ room, out }) => {
  const problems = (...args: readonly string[]) => {
    const { code, stderr } = sim("trace", ...args, "--out", out);
    assert.is(code, 2, stderr);
    return stderr.replaceAll(room, "ROOM").trimEnd().split("\n");
  };
  const wrong = ["--max-bad", "2", "--merge", "20", "--key", "k", "--keep-addresses"];
  assert.equal(problems("import", ...wrong), [
    "sim: missing files: a log or a --catalogue",
    "sim: invalid --max-bad: 2; not in [0, 1]",
    "sim: invalid --merge: 20; expected a duration with its unit, such as 20 s",
    "sim: expected --key or --keep-addresses; got both",
  ]);
  assert.match(problems("import", LOG, "--format", "x")[0], "unknown format: x; known: common, ");
  assert.match(problems("import", LOG, "--max-bad", "0")[0], "expected at most 0 % of the lines");
  writeFileSync(join(room, "x"), "hello\n");
  assert.equal(problems("export", join(room, "x")), [
    "sim: ROOM/x: expected a compiled trace; got another file",
  ]);
});

test.run();
