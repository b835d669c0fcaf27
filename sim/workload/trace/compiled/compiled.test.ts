import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { crc32 as portable } from "../../../coordinator/journal/crc32.ts";
import { InputError } from "../../../engine/input-error.ts";
import { traceOfRows } from "../../profile/testing.ts";
import { namesOf } from "../names.ts";
import { anyTrace, plain } from "../testing.ts";
import type { AccessTrace, SyncTrace, Trace } from "../trace.ts";
import { crc32 } from "./crc32.ts";
import { headerSchema, PREFIX } from "./layout.ts";
import { isCompiledTrace, readCompiled, readTrace } from "./read.ts";
import { writeTrace } from "./write.ts";

const test = suite("compiled", { folder: "", path: "" });
test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "compiled-"));
  context.path = join(context.folder, "x.mlt");
});
test.after(({ folder }) => rmSync(folder, { recursive: true }));

const SMALL: SyncTrace = {
  kind: "sync",
  syncs: 3,
  time: Float64Array.of(0, 1, 2.5),
  node: Uint32Array.of(0, 1, 0),
  files: Uint32Array.of(1, 2, 3),
  bytes: Float64Array.of(10, 20, 2 ** 52),
  duration: Float64Array.of(1, 0, 9.25),
  nodes: namesOf(["mirror-ä", "b"]),
  window: 12,
  epoch: 1770117607,
};

function problemOf(path: string, content?: Uint8Array): string {
  if (content !== undefined) writeFileSync(path, content);
  try {
    readTrace(path);
  } catch (error) {
    if (error instanceof InputError) return error.problems.join("\n").replace(path, "FILE");
    throw error;
  }
  return "";
}

test("any trace is read as it was written", ({ path }) => {
  fc.assert(
    fc.property(anyTrace, (trace) => {
      writeTrace(path, trace);
      assert.ok(isCompiledTrace(path));
      assert.equal(plain(readTrace(path)), plain(trace));
    }),
    { seed: 2008, numRuns: 300 },
  );
});

test("equal traces give equal bytes, however their columns lie in memory", ({ path, folder }) => {
  writeTrace(path, SMALL);
  const again = join(folder, "again.mlt");
  writeTrace(again, readTrace(path));
  assert.ok(readFileSync(path).equals(readFileSync(again)));
  const longer = { ...SMALL, time: Float64Array.of(9, 0, 1, 2.5, 9).subarray(1) };
  writeTrace(again, longer);
  assert.ok(readFileSync(path).equals(readFileSync(again)));
});

test("columns are views, eight bytes apart or a multiple", ({ path }) => {
  writeTrace(path, SMALL);
  const file = readFileSync(path);
  const start = PREFIX + file.readUInt32LE(12);
  assert.is(start % 8, 0);
  const { columns } = headerSchema.parse(JSON.parse(file.toString("utf8", PREFIX, start)));
  for (const { offset } of columns) assert.is(offset % 8, 0);
  const time = columns.find(({ name }) => name === "syncs.time");
  assert.is(file.readDoubleLE(start + (time?.offset ?? 0) + 16), 2.5);
});

test("a file is written whole or not at all", ({ folder }) => {
  const path = join(folder, "atomic", "x.mlt");
  writeTrace(path, SMALL);
  const before = readFileSync(path);
  const broken = {
    ...SMALL,
    nodes: {
      length: 1,
      at: () => {
        throw new Error("no name");
      },
    },
  };
  assert.throws(() => writeTrace(path, broken), "no name");
  assert.ok(readFileSync(path).equals(before));
  assert.equal(readdirSync(join(folder, "atomic")), ["x.mlt"]);
});

test("a change of any byte is an error", ({ path }) => {
  writeTrace(path, SMALL);
  const sound = readFileSync(path);
  for (let at = 0; at < sound.length; at++) {
    const flipped = Buffer.from(sound);
    flipped[at] ^= 1 << (at % 8);
    assert.match(problemOf(path, flipped), /^FILE: expected /, `byte ${at}`);
  }
});

test("a file that is cut short anywhere is an error, as is one that goes on", ({ path }) => {
  writeTrace(path, SMALL);
  const sound = readFileSync(path);
  for (let length = 0; length < sound.length; length++) {
    assert.match(problemOf(path, sound.subarray(0, length)), /^FILE: expected /, `${length}`);
  }
  const { length } = sound;
  assert.is(
    problemOf(path, sound.subarray(0, length - 1)),
    `FILE: expected ${length} bytes; got ${length - 1}: it is cut short`,
  );
  assert.is(
    problemOf(path, Buffer.concat([sound, Buffer.of(0)])),
    `FILE: expected ${length} bytes; got ${length + 1}: something was added`,
  );
});

test("any damage to any trace is an error or does no harm", ({ path }) => {
  const change = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }));
  fc.assert(
    fc.property(anyTrace, fc.array(change, { minLength: 1, maxLength: 4 }), (trace, changes) => {
      writeTrace(path, trace);
      const sound = readFileSync(path);
      const damaged = Buffer.from(sound);
      for (const [at, bits] of changes) damaged[at % damaged.length] ^= bits;
      const problem = problemOf(path, damaged);
      assert.ok(problem !== "" || damaged.equals(sound));
    }),
    { seed: 7, numRuns: 300 },
  );
});

test("what the file is instead is said", ({ folder, path }) => {
  assert.is(
    problemOf(path, Buffer.from("a log\n")),
    "FILE: expected a compiled trace; got another file",
  );
  assert.not.ok(isCompiledTrace(path));
  assert.is(problemOf(folder).replace(folder, "FILE"), "FILE: expected a file; got a directory");
  assert.match(problemOf(join(folder, "none")), "expected a file; got nothing of that name");
  assert.throws(() => isCompiledTrace(join(folder, "none")), /expected a file; got nothing/);
});

/** The file with its first bytes changed and summed again, as another program would write it. */
function rewritten(path: string, change: (file: Buffer) => Buffer): Buffer {
  writeTrace(path, SMALL);
  const file = change(readFileSync(path));
  const end = PREFIX + file.readUInt32LE(12);
  file.writeUInt32LE(crc32(file.subarray(PREFIX, end)), 16);
  file.writeUInt32LE(crc32(file.subarray(0, 20)), 20);
  return file;
}

test("another version is said to be newer or older", ({ path }) => {
  for (const [version, age] of [
    [2, "a newer"],
    [0, "an older"],
  ] as const) {
    const file = rewritten(path, (sound) => {
      sound.writeUInt32LE(version, 8);
      return sound;
    });
    assert.is(
      problemOf(path, file),
      `FILE: expected a trace of version 1; got version ${version}, of ${age} mirrorlab`,
    );
  }
});

test("a header that another program wrote wrongly is an error", ({ path }) => {
  const replaced = (from: string, to: string) =>
    problemOf(
      path,
      rewritten(path, (sound) => {
        const text = sound.toString("latin1");
        assert.ok(from.length === to.length && text.includes(from), from);
        return Buffer.from(text.replace(from, to), "latin1");
      }),
    );
  const other = "FILE: expected a header of version 1; got another";
  assert.is(replaced('"kind"', '"kinb"'), other);
  assert.is(replaced("{", "["), other);
  assert.is(replaced('"length":3', '"length":9'), other);
  assert.is(replaced('"offset":24', '"offset":16'), other);
  assert.is(replaced('"syncs.time"', '"syncs.tyme"'), "FILE: missing column: syncs.time");
  assert.is(
    replaced('"u32","length":3', '"u32","length":4'),
    "FILE: column syncs.node: expected 3 values; got 4",
  );
  assert.match(replaced('"syncs.node"', '"syncs.tome"'), "FILE: missing column: syncs.node");
});

test("columns that do not fit each other are an error", ({ path }) => {
  const problem = (changes: Partial<SyncTrace>) => {
    writeTrace(path, { ...SMALL, ...changes } as Trace);
    return problemOf(path);
  };
  assert.is(
    problem({ node: Uint32Array.of(0, 2, 0) }),
    "FILE: column syncs.node: expected numbers below 2; got 2",
  );
  assert.is(
    problem({ bytes: Float64Array.of(1) }),
    "FILE: column syncs.bytes: expected 3 values; got 1",
  );
  assert.is(
    problem({ files: Float64Array.of(1, 2, 3) as unknown as Uint32Array }),
    "FILE: column syncs.files: expected Uint32Array; got Float64Array",
  );
});

const VISITS = traceOfRows(
  [{ size: 9 }],
  [
    [0, 0, 0],
    [1, 1, 0],
    [2, 0, 0],
  ],
);

function withVisits(visit: Uint32Array): AccessTrace {
  return { ...VISITS, requests: { ...VISITS.requests, visit } };
}

test("visits are a column where the trace tells them, in memory that threads share", ({ path }) => {
  const columnIn = (trace: AccessTrace) => {
    writeTrace(path, trace);
    return readCompiled(path).columns.get("requests.visit");
  };
  assert.is(columnIn(VISITS), undefined);
  const column = columnIn(withVisits(Uint32Array.of(0, 1, 0)));
  assert.equal([...(column ?? [])], [0, 1, 0]);
  assert.instance(column?.buffer, SharedArrayBuffer);
});

test("visits that are not numbered by their first requests, or of two customers, are an error", ({
  path,
}) => {
  const problem = (visit: Uint32Array) => {
    writeTrace(path, withVisits(visit));
    return problemOf(path);
  };
  const column = "FILE: column requests.visit: ";
  assert.is(problem(Uint32Array.of(0, 1, 2)), "");
  assert.is(
    problem(Uint32Array.of(0, 2, 0)),
    `${column}expected numbers by first requests, here at most 1; got 2`,
  );
  assert.is(
    problem(Uint32Array.of(1, 0, 1)),
    `${column}expected numbers by first requests, here at most 0; got 1`,
  );
  assert.is(
    problem(Uint32Array.of(0, 1, 1)),
    `${column}expected one customer of visit 1; got 1 and 0`,
  );
  assert.is(problem(Uint32Array.of(0, 1)), `${column}expected 3 values; got 2`);
  assert.is(
    problem(Float64Array.of(0, 1, 0) as unknown as Uint32Array),
    `${column}expected Uint32Array; got Float64Array`,
  );
});

test("the checksum is gzip's, by Node and by the table, whole and in pieces", () => {
  const check = Buffer.from("123456789"); // The check value of every catalogue of CRCs.
  for (const sum of [crc32, portable]) {
    assert.is(sum(check), 0xcbf43926);
    assert.is(sum(check.subarray(4), sum(check.subarray(0, 4))), 0xcbf43926);
    assert.is(sum(Buffer.alloc(0)), 0);
  }
});

test.run();
