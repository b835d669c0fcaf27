/** The committed texts: what can be said of them without simulating anything. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { disagreements, strangeHeaders, unknownNames } from "./check.ts";
import { readTexts } from "./text.ts";

const texts = readTexts();

test("texts name what there is", () => assert.equal(unknownNames(texts), []));

test("tables have the columns that their marks ask for", () => {
  assert.equal(strangeHeaders(texts), []);
});

test("tables, figures, texts and baselines are of the same runs", () => {
  assert.equal(disagreements(texts), []);
});

test.run();
