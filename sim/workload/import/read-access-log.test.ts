import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../../engine/input-error.ts";
import { readAccessLog } from "./read-access-log.ts";

const LINE = '192.0.2.1 - - [17/May/2015:08:05:32 +0000] "GET /a HTTP/1.1" 200 490';

const test = suite("access-log", { folder: "" });
test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "access-log-"));
});
test.after(({ folder }) => rmSync(folder, { recursive: true }));

async function problemsOf(path: string): Promise<string[]> {
  try {
    await readAccessLog(path);
  } catch (error) {
    if (error instanceof InputError) {
      return error.problems.map((problem) => problem.replace(path, "LOG"));
    }
    throw error;
  }
  return [];
}

test("the tiny log is read as written there", async () => {
  const { workload, lines, ignored, rejected, paths } =
    await readAccessLog("traces/tiny-common.log");
  assert.is(lines, 12);
  assert.equal(
    [...ignored],
    [
      ["not a GET", 1],
      ["status 304", 1],
      ["status 404", 1],
    ],
  );
  assert.equal(rejected, { count: 0, lines: [] });
  assert.equal(paths, ["traces/tiny-common.log"]);
  const { trace, catalogue, customers } = workload;
  assert.is(customers, 6);
  assert.equal([...trace.time], [0, 20, 65, 66, 150, 181, 245, 300, 360]);
  assert.equal(
    [...trace.file].map((file) => catalogue.path(file).replace(/.*\//, "").slice(0, 6)),
    ["kernel", "editor", "distro", "distro", "distro", "kernel", "editor", "c++-13", "kernel"],
  );
});

test("the sample log, two lines of which are cut short, is read", async () => {
  const { lines, rejected, workload } = await readAccessLog("traces/sample-access.log.gz");
  assert.equal([lines, workload.trace.requests, rejected.count], [4130, 3794, 2]);
  assert.equal(
    rejected.lines.map(({ line }) => line),
    [1201, 2101],
  );
});

test("a line of any length is one line", async ({ folder }) => {
  const path = join(folder, "long.log");
  const log = [LINE, "x".repeat(65_537), LINE, "y".repeat(3_000_000), LINE.replace("/a", "/b")];
  writeFileSync(path, log.join("\n"));
  const { workload, lines, rejected } = await readAccessLog(path, { maxBad: 0.5 });
  assert.equal([lines, workload.trace.requests, rejected.count], [5, 3, 2]);
  assert.equal(
    rejected.lines.map(({ line, text }) => [line, text.length]),
    [
      [2, 500],
      [4, 500],
    ],
  );
});

test("up to the allowed share of bad lines is no error, more is one with samples", async ({
  folder,
}) => {
  const path = join(folder, "bad.log");
  writeFileSync(path, `${LINE}\n`.repeat(99).concat("bad\n"));
  assert.is((await readAccessLog(path)).rejected.count, 1);

  writeFileSync(path, `${LINE}\n`.repeat(98).concat("bad\nworse\n"));
  assert.equal(await problemsOf(path), [
    "LOG: expected at most 1 % of the lines to be unreadable as common; got 2 of 100 (2 %); " +
      "maxBad, or --max-bad, allows more",
    'LOG: line 99: expected host ident user [time]; got none: "bad"',
    'LOG: line 100: expected host ident user [time]; got none: "worse"',
  ]);
});

test("what is no log is an error that says what it is", async ({ folder }) => {
  const path = join(folder, "x");
  assert.equal(await problemsOf(path), ["LOG: expected a file; got nothing of that name"]);
  assert.equal(await problemsOf(folder), ["LOG: expected a file; got a directory"]);

  const problems = (content: string | Buffer) => {
    writeFileSync(path, content);
    return problemsOf(path);
  };
  const packed = gzipSync(`${LINE}\n`.repeat(1000));
  const empty = ["LOG: expected an access log; got an empty file"];
  assert.equal(await problems(""), empty);
  assert.equal(await problems(gzipSync("")), empty);
  assert.equal(await problems(Buffer.from([127, 69, 76, 70, 0, 1])), [
    "LOG: expected text; got a binary file",
  ]);
  assert.equal(await problems(packed.subarray(0, packed.length - 20)), [
    "LOG: expected a whole gzip file; got one that is cut short",
  ]);
  packed.fill(0, 30, 50);
  assert.equal(await problems(packed), ["LOG: expected a sound gzip file; got a damaged one"]);
  assert.equal(await problems(LINE.replace("200 490", "404 490")), [
    "LOG: expected at least one download; got 1 × status 404",
  ]);
});

test("the logs of the project keep to addresses set aside for documentation", async () => {
  for (const line of readFileSync("traces/tiny-common.log", "utf8").trimEnd().split("\n")) {
    assert.match(line, /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+ |^2001:db8::/);
  }
});

test.run();
