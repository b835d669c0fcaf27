import { test } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../engine/input-error.ts";
import { endOf, marksOf } from "./mark.ts";

test("a mark tells its kind, what it says and where, and what is inside of it", () => {
  const text = "# T\n\n<!-- table\nrows: a\n-->\n\n| a |\n\n<!-- end: flash 12, sync-full 34 -->\n";
  const [mark, ...more] = marksOf("t.md", text);
  assert.equal(more, []);
  const { kind, says, line, content } = mark;
  assert.equal(
    { kind, says, line, content },
    {
      ...{ kind: "table", says: "\nrows: a\n", line: 3, content: "\n\n| a |\n\n" },
    },
  );
  assert.equal(
    [...mark.origins],
    [
      ["flash", "12"],
      ["sync-full", "34"],
    ],
  );
  assert.is(text.slice(mark.from, mark.to), `${content}${endOf(mark.origins)}`);
});

test("marks stand inside sentences too", () => {
  const text =
    "It (<!-- fingerprint: x -->`12`<!-- end -->) takes <!-- value: a as 0 -->1<!-- end -->.";
  assert.equal(
    marksOf("t.md", text).map(({ kind, says, content }) => [kind, says.trim(), content]),
    [
      ["fingerprint", "x", "`12`"],
      ["value", "a as 0", "1"],
    ],
  );
  assert.is(endOf(new Map()), "<!-- end -->");
});

test("marks in code are examples", () => {
  assert.equal(marksOf("t.md", "as `<!-- fingerprint -->` says\n\n```\n<!-- table\n```\n"), []);
});

const MISTAKES: readonly (readonly [text: string, problem: string])[] = [
  [
    "<!-- tabel\n-->\n<!-- end -->",
    "t.md:1: unknown mark: tabel; known: table, figure, standing, fingerprint, value; did you mean 'table'?",
  ],
  ["\n<!-- table -->\n", "t.md:2: expected <!-- end -->; got none"],
  ["<!-- end -->", "t.md:1: expected a mark before <!-- end -->; got none"],
  [
    "a <!-- value: a --> b\n\nc <!-- value: b -->1<!-- end -->",
    "t.md:1: expected <!-- end -->; got a mark",
  ],
  [
    "a <!-- table --> b\n<!-- end -->",
    "t.md:1: expected a table on lines of its own; got it inside a line",
  ],
  [
    "a\n  <!-- value: a as 0 -->1<!-- end -->",
    "t.md:2: expected a value inside a line; got it at the beginning of one, or over several",
  ],
];

for (const [text, problem] of MISTAKES) {
  test(`of ${JSON.stringify(text)} is said: ${problem}`, () => {
    try {
      marksOf("t.md", text);
      assert.unreachable();
    } catch (error) {
      assert.ok(error instanceof InputError);
      assert.is(error.problems[0], problem);
    }
  });
}

test.run();
