import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../../../engine/input-error.ts";
import { LineCutter, LONGEST_LINE } from "./lines.ts";

/** The lines of bytes that come in chunks of these lengths; what is left comes at once. */
function linesOf(text: Buffer, lengths: readonly number[]): readonly string[] {
  const lines: string[] = [];
  const cutter = new LineCutter("x", (bytes, start, end) => {
    lines.push(bytes.toString("latin1", start, end));
  });
  const buffer = Buffer.alloc(text.length); // One for all chunks, as files are read.
  let at = 0;
  for (const length of [...lengths, text.length]) {
    const copied = text.copy(buffer, 0, at, Math.min(text.length, at + length));
    at += copied;
    if (copied > 0) cutter.chunk(buffer.subarray(0, copied));
  }
  cutter.end();
  return lines;
}

test("line ends are LF or CRLF, the last may be missing, a byte order mark is none of the text", () => {
  const lines = (text: string) => linesOf(Buffer.from(text, "latin1"), []);
  assert.equal(lines("a\r\nb\n\nc"), ["a", "b", "", "c"]);
  assert.equal(lines("a\n"), ["a"]);
  assert.equal(lines("\xef\xbb\xbfa\rb\r\n"), ["a\rb"]);
  assert.equal(lines(""), []);
});

test("lines are the same however the text is cut into chunks", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "\r", "\n", "\xff"), maxLength: 60 });
  fc.assert(
    fc.property(text, fc.array(fc.nat(9)), (latin1, lengths) => {
      const expected = latin1 === "" ? [] : latin1.replace(/\n$/, "").split("\n");
      assert.equal(
        linesOf(Buffer.from(latin1, "latin1"), lengths),
        expected.map((line) => line.replace(/\r$/, "")),
      );
    }),
    { seed: 2008, numRuns: 2000 },
  );
});

test("what is kept of a line is bounded, wherever it is cut", () => {
  const long = "x".repeat(LONGEST_LINE + 5000);
  for (const lengths of [[], [10], [1000, LONGEST_LINE, 1, 1]]) {
    const lines = linesOf(Buffer.from(`a\n${long}\nb\n${long}`), lengths);
    assert.equal(
      lines.map((line) => line.length),
      [1, LONGEST_LINE + 1, 1, LONGEST_LINE + 1],
    );
  }
});

test("a binary file is none", () => {
  assert.throws(
    () => linesOf(Buffer.from("a\0b"), []),
    (error: unknown) => {
      return error instanceof InputError && error.message === "x: expected text; got a binary file";
    },
  );
});

test.run();
