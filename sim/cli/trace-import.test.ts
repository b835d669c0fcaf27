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

function customersOf(path: string): readonly string[] {
  const trace = readTrace(path);
  if (trace.kind !== "access") throw new Error("no downloads");
  return Array.from({ length: trace.customers.length }, (_, customer) =>
    trace.customers.at(customer),
  );
}

test("a log is imported, its lines counted and its bad ones shown without addresses", ({ out }) => {
  const { code, stdout, stderr } = sim("trace", "import", LOG, "--out", out);
  assert.is(code, 0, stderr);
  assert.match(stdout, "common, 4130 lines, 3794 with rows\n  6 ignored: not a GET\n");
  assert.match(stdout, 'got none: "[address] - - [03/Feb/2026:"');
  assert.match(stdout, `trace ${out}`);
  assert.is(readTrace(out).kind, "access");
});

test("the summary is JSON where asked for, and adds up", ({ out }) => {
  const { stdout } = sim("trace", "import", LOG, "--out", out, "--merge", "0", "--json");
  const { kind, rows, clients, logs } = JSON.parse(stdout);
  assert.equal([kind, rows, clients], ["access", 3794, 439]);
  const [{ lines, bad, ignored }] = logs;
  const others = Object.values(ignored as Record<string, number>).reduce(
    (sum, each) => sum + each,
    0,
  );
  assert.is(rows + bad + others, lines);
});

test("clients are pseudonyms, the same with one key, or addresses where those are kept", ({
  out,
}) => {
  const customers = (...args: readonly string[]) => {
    sim("trace", "import", LOG, "--out", out, ...args);
    return customersOf(out);
  };
  const [one, again] = [customers("--key", "k"), customers("--key", "k")];
  assert.equal(one, again);
  assert.match(one[0], /^[0-9a-f]{16}$/);
  const thrownAway = customers();
  assert.not.ok(readFileSync(out, "latin1").includes("192.0.2."));
  assert.match(thrownAway[0], /^[0-9a-f]{16}$/);
  assert.is.not(thrownAway[0], customers()[0]);
  const kept = customers("--keep-addresses");
  assert.match(kept[0], /^(192\.0\.2|198\.51\.100|203\.0\.113)\.|^2001:db8:/);
});

test("a trace is exported, and what is exported is imported", ({ room, out }) => {
  sim("trace", "import", LOG, "--out", out, "--key", "k");
  const csv = join(room, "t.csv");
  assert.match(sim("trace", "export", out, "--out", csv).stdout, `3794 rows ${csv}`);
  assert.match(sim("trace", "export", out, "--out", join(room, "t.parquet")).stdout, "3794 rows");
  assert.is(readFileSync(join(room, "t.parquet")).toString("latin1", 0, 4), "PAR1");
  const { stdout } = sim("trace", "import", csv, "--out", out, "--json");
  assert.is(JSON.parse(stdout).rows, 3794);
});

test("wrong arguments and files are exit 2, each with what is wrong", ({ room, out }) => {
  const problem = (...args: readonly string[]) => {
    const { code, stderr } = sim("trace", ...args, "--out", out);
    assert.is(code, 2, stderr);
    return stderr.replaceAll(room, "ROOM");
  };
  assert.match(problem("import"), "missing files: a log or a --catalogue");
  assert.match(problem("import", LOG, "--max-bad", "2"), "invalid --max-bad: 2; not in [0, 1]");
  assert.match(
    problem("import", LOG, "--merge", "-1"),
    "invalid --merge: -1; not in [0, ∞) seconds",
  );
  assert.match(problem("import", LOG, "--format", "x"), "unknown format: x; known: common, ");
  assert.match(problem("import", LOG, "--max-bad", "0"), "expected at most 0 % of the lines");
  assert.match(problem("import", join(room, "none")), "ROOM/none: expected a file; got nothing");
  assert.match(problem("import", LOG, "--key", "k", "--keep-addresses"), "got both");
  writeFileSync(join(room, "x"), "hello\n");
  assert.match(problem("export", join(room, "x")), "ROOM/x: expected a compiled trace");
});

test.run();
