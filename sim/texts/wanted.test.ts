import { test } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../engine/input-error.ts";
import { textOf } from "./text.ts";
import { wantedSources } from "./wanted.ts";

const fingerprint = (says: string) => `x <!-- fingerprint${says} -->\`1\`<!-- end -->\n`;
const value = (of: string) => `x <!-- value: delay.mean of ${of} as 0 s -->1 s<!-- end -->\n`;
const both = "x <!-- value: delay.mean of a / delay.mean of b as 0 % -->1 %<!-- end -->\n";

const TEXTS = [
  textOf("README.md", value("a")),
  textOf("experiments/a.md", fingerprint("")),
  textOf("experiments/b.md", fingerprint("") + both + fingerprint(": b-full, long")),
];

function wanted(...names: string[]): string[] {
  return wantedSources(TEXTS, { names, all: false });
}

test("without names all are run but those that take long", () => {
  assert.equal(wanted(), ["a", "b"]);
  assert.equal(wantedSources(TEXTS, { names: [], all: true }), ["a", "b", "b-full"]);
});

test("the name of a text stands for all that its marks need, long or not", () => {
  assert.equal(wanted("b"), ["a", "b", "b-full"]);
  assert.equal(wanted("README"), ["a", "b"]);
});

test("what a mark needs beside an experiment that is named is run too", () => {
  assert.equal(wanted("a"), ["a", "b"]);
  assert.equal(wanted("b-full"), ["b-full"]);
});

test("a name that is none is told", () => {
  assert.throws(
    () => wanted("b-ful"),
    (error: unknown) =>
      error instanceof InputError &&
      error.message ===
        "unknown experiment: b-ful; known: README, a, b, b-full; did you mean 'b-full'?",
  );
});

test.run();
