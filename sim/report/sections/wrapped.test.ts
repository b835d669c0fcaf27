import { test } from "uvu";
import * as assert from "uvu/assert";
import { wrapped } from "./wrapped.ts";

const lines = (text: string, columns: number) =>
  wrapped(text, columns, "name").map((line) => line.text);

test("a text is broken between words into lines that fit", () => {
  assert.equal(lines("one two three", 7), ["one two", "three"]);
  assert.equal(lines("one", 7), ["one"]);
  assert.equal(lines("", 7), []);
  assert.equal(wrapped("one", 7, "trait"), [{ text: "one", kind: "trait" }]);
});

test("what does not fit two lines is cut, and so is a word that does not fit one", () => {
  assert.equal(lines("one two three four", 7), ["one two", "three …"]);
  assert.equal(lines("department", 6), ["depar…"]);
});

test.run();
