import { test } from "uvu";
import * as assert from "uvu/assert";
import { isForbidden, isNotModified, isRangeOfThis } from "./conditions.ts";
import { MODIFIED } from "./testing.ts";

const SAME = "Sun, 06 Nov 1994 08:49:37 GMT";
const BEFORE = "Sun, 06 Nov 1994 08:49:36 GMT";
const LATER = "Sun, 06 Nov 1994 08:49:38 GMT";
const TAG = '"ab+/="';

test("If-None-Match is compared weakly, with each of a list", () => {
  const is = (tags: string) => isNotModified({ "if-none-match": tags }, TAG, MODIFIED);
  for (const tags of [TAG, `W/${TAG}`, "*", ` "x,y" , ${TAG}`, `"",${TAG}`])
    assert.ok(is(tags), tags);
  for (const tags of ["", '"x"', "ab+/=", '"ab+/=', '"x, "ab+/="', '"*"'])
    assert.not(is(tags), tags);
});

test("If-Modified-Since counts only without If-None-Match", () => {
  const since = (date: string) => isNotModified({ "if-modified-since": date }, TAG, MODIFIED);
  assert.equal([BEFORE, SAME, LATER, "yesterday"].map(since), [false, true, true, false]);
  assert.not(isNotModified({}, TAG, MODIFIED));
  const both = { "if-modified-since": LATER, "if-none-match": '"x"' };
  assert.not(isNotModified(both, TAG, MODIFIED));
});

test("If-Match is compared strongly, and goes before If-Unmodified-Since", () => {
  const forbids = (tags: string) => isForbidden({ "if-match": tags }, TAG, MODIFIED);
  assert.equal([TAG, "*", `"x", ${TAG}`].map(forbids), [false, false, false]);
  assert.equal(['"x"', `W/${TAG}`].map(forbids), [true, true]);
  const since = (date: string) => isForbidden({ "if-unmodified-since": date }, TAG, MODIFIED);
  assert.equal([BEFORE, SAME, LATER, "x"].map(since), [true, false, false, false]);
  assert.not(isForbidden({ "if-match": TAG, "if-unmodified-since": BEFORE }, TAG, MODIFIED));
  assert.not(isForbidden({}, TAG, MODIFIED));
});

test("If-Range is this very file by tag or time, or there is none", () => {
  const is = (condition: string) => isRangeOfThis({ "if-range": condition }, TAG, MODIFIED);
  assert.ok(isRangeOfThis({}, TAG, MODIFIED));
  assert.equal([TAG, SAME].map(is), [true, true]);
  assert.equal([`W/${TAG}`, '"x"', BEFORE, LATER, ""].map(is), [false, false, false, false, false]);
});

test.run();
