import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { LogReader } from "./log-reader.ts";

const request = (second: string, host: string, path: string, status: number, bytes: number) =>
  `${host} - - [17/May/2015:08:05:${second} +0000] "GET ${path} HTTP/1.1" ${status} ${bytes}`;

function read(lines: readonly string[]): LogReader {
  const reader = new LogReader();
  for (const line of lines) reader.read(line);
  return reader;
}

test("hosts become customers and paths files, numbered by appearance, times from the first", () => {
  const { trace, catalogue, customers, window } = read([
    request("10", "b", "/x", 200, 30),
    request("12", "a", "/y", 200, 50),
    request("15", "b", "/y", 200, 50),
  ]).workload();
  assert.equal([...trace.time], [0, 2, 5]);
  assert.equal([...trace.customer], [0, 1, 0]);
  assert.equal([...trace.file], [0, 1, 1]);
  assert.equal([...trace.bytes], [30, 50, 50]);
  assert.equal([catalogue.path(0), catalogue.path(1)], ["/x", "/y"]);
  assert.equal([...catalogue.digest], [0, 1]);
  assert.equal([...catalogue.release], [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  assert.is(customers, 2);
  assert.is(window, 6);
});

test("a file is as large as the most bytes sent; a request asks for what it got", () => {
  const { trace, catalogue } = read([
    request("10", "a", "/x", 206, 30),
    request("11", "a", "/x", 200, 100),
    request("12", "a", "/x", 200, 60),
  ]).workload();
  assert.equal([...catalogue.size], [100]);
  assert.equal([...trace.bytes], [30, 100, 60]);
});

test("lines out of order are counted and sorted, equal times in their order", () => {
  const { trace, catalogue, notes } = read([
    request("12", "a", "/late", 200, 1),
    request("10", "a", "/early", 200, 1),
    request("12", "a", "/later", 200, 1),
  ]).workload();
  assert.equal([...trace.file].map(catalogue.path), ["/early", "/late", "/later"]);
  assert.equal([...trace.time], [0, 2, 2]);
  assert.ok(notes.includes("1 out of order: sorted by time"));
});

test("ignored and rejected lines are counted, the latter kept with number, reason and text", () => {
  const reader = read([
    request("10", "a", "/x", 304, 0),
    "?",
    request("10", "a", "/x", 200, 1),
    "",
  ]);
  assert.equal(
    [...reader.ignored],
    [
      ["blank line", 1],
      ["status 304", 1],
    ],
  );
  assert.is(reader.rejected.count, 1);
  assert.equal(reader.rejected.lines, [
    { line: 2, reason: "expected host ident user [time]; got none", text: "?" },
  ]);
  assert.equal(reader.workload().notes, [
    "1 of 4 lines are downloads",
    "1 ignored: blank line",
    "1 ignored: status 304",
    "1 rejected: not a line of an access log",
  ]);
});

test("the first thousand rejected lines are kept, all are counted", () => {
  const { rejected } = read(new Array(1500).fill("?"));
  assert.is(rejected.count, 1500);
  assert.is(rejected.lines.length, 1000);
});

test("a long log keeps every row", () => {
  const lines = Array.from({ length: 5000 }, (_, i) =>
    request("10", `h${i % 7}`, `/${i}`, 200, i + 1),
  );
  const { trace, catalogue } = read(lines).workload();
  assert.equal(
    [...trace.bytes],
    Array.from({ length: 5000 }, (_, i) => i + 1),
  );
  assert.is(catalogue.files, 5000);
});

const sound = request("10", "192.0.2.1", "/a/b.deb", 200, 1234);

/** A sound line with some characters replaced, doubled or left out. */
const mutated = fc
  .array(fc.tuple(fc.nat(sound.length - 1), fc.string({ unit: "binary", maxLength: 2 })), {
    maxLength: 5,
  })
  .map((changes) => {
    const characters = [...sound];
    for (const [position, text] of changes) characters[position] = text;
    return characters.join("");
  });

test("whatever the lines, each is a download, ignored or rejected, and the trace is sound", () => {
  const anyLine = fc.oneof(fc.string({ unit: "binary" }), mutated, fc.constant(sound));
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 30 }), (lines) => {
      const reader = read(lines);
      const ignored = [...reader.ignored.values()].reduce((sum, count) => sum + count, 0);
      assert.is(reader.downloads + ignored + reader.rejected.count, lines.length);
      if (reader.downloads === 0) return;

      const { trace, catalogue, customers } = reader.workload();
      assert.is(trace.time[0], 0);
      for (let i = 0; i < trace.requests; i++) {
        assert.ok(i === 0 || trace.time[i] >= trace.time[i - 1]);
        assert.ok(trace.bytes[i] >= 1 && trace.bytes[i] <= catalogue.size[trace.file[i]]);
        assert.ok(trace.customer[i] < customers);
      }
    }),
    { seed: 2008, numRuns: 1000 },
  );
});

test.run();
