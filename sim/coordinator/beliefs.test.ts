import { deepStrictEqual as same } from "node:assert";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Beliefs } from "./beliefs.ts";
import { ALL_FILES, NO_FILES } from "./file-set.ts";

/** So many files, but for one that was removed. */
const catalogueOf = (count: number, removed = -1) => ({
  count,
  has: (file: number) => file < count && file !== removed,
});

/** The volunteers below `volunteers` of whom something is believed about the file, each with what. */
function believed(beliefs: Beliefs, file: number, volunteers = 100): string[] {
  const all: string[] = [];
  for (let volunteer = 0; volunteer < Math.min(volunteers, 32 * beliefs.words); volunteer++) {
    const isBelieved = (beliefs.believed(file, volunteer >> 5) & (1 << (volunteer & 31))) !== 0;
    if (isBelieved) all.push(`${volunteer} ${beliefs.of(volunteer, file)}`);
  }
  return all;
}

test("nothing is believed of what nobody has told", () => {
  const beliefs = new Beliefs();
  assert.equal(believed(beliefs, 7), []);
  beliefs.reserve(1000, 100);
  assert.equal(believed(beliefs, 7), []);
});

test("a volunteer that has told of the file has listed it, until it is known not to have it", () => {
  const beliefs = new Beliefs();
  beliefs.list(1, 7);
  beliefs.list(40, 7);
  beliefs.list(1, 8);
  assert.equal(believed(beliefs, 7), ["1 listed", "40 listed"]);
  beliefs.forget(1, 7);
  beliefs.forget(2, 7); // Was never believed.
  assert.equal(believed(beliefs, 7), ["40 listed"]);
  assert.equal(believed(beliefs, 8), ["1 listed"]);
});

test("a copy that the server has compared is verified, until a comparison fails or it is gone", () => {
  const beliefs = new Beliefs();
  beliefs.list(1, 7);
  beliefs.list(2, 7);
  beliefs.compare(1, 7, true);
  assert.equal(believed(beliefs, 7), ["1 verified", "2 listed"]);
  beliefs.compare(1, 7, false);
  assert.equal(believed(beliefs, 7), ["1 listed", "2 listed"]);
  beliefs.compare(2, 7, true);
  beliefs.forget(2, 7);
  beliefs.list(2, 7); // Another copy.
  assert.equal(believed(beliefs, 7), ["1 listed", "2 listed"]);
});

test("when the file changes, who had it has an older one, until it tells of the file again", () => {
  const beliefs = new Beliefs();
  for (const volunteer of [1, 2, 3]) beliefs.list(volunteer, 7);
  beliefs.list(1, 8);
  beliefs.compare(1, 7, true);
  beliefs.compare(1, 8, true);
  beliefs.change(7);
  assert.equal(believed(beliefs, 7), ["1 stale", "2 stale", "3 stale"]);
  assert.equal(believed(beliefs, 8), ["1 verified"]);
  beliefs.list(1, 7);
  beliefs.forget(2, 7);
  assert.equal(believed(beliefs, 7), ["1 listed", "3 stale"]);
  beliefs.change(7);
  assert.equal(believed(beliefs, 7), ["1 stale", "3 stale"]);
});

test("who was told to hold the file has it in part, until it tells of it", () => {
  const beliefs = new Beliefs();
  assert.is(beliefs.isAssigned(1, 7), false);
  beliefs.assign(1, 7);
  beliefs.assign(2, 7);
  assert.is(beliefs.isAssigned(1, 7), true);
  assert.is(beliefs.isAssigned(1, 8), false);
  assert.equal(believed(beliefs, 7), ["1 partial", "2 partial"]);
  beliefs.list(1, 7);
  beliefs.unassign(2, 7);
  assert.equal(believed(beliefs, 7), ["1 listed"]);
  beliefs.change(7);
  assert.equal(believed(beliefs, 7), ["1 stale"]);
  beliefs.forget(1, 7); // It is still to hold it.
  assert.equal(believed(beliefs, 7), ["1 partial"]);
});

test("a cache can be asked for everything, as if it had listed it", () => {
  const beliefs = new Beliefs();
  beliefs.caches(70, true);
  beliefs.caches(3, false);
  assert.equal(believed(beliefs, 7), ["70 listed"]);
  beliefs.list(70, 7);
  beliefs.compare(70, 7, true);
  assert.equal(believed(beliefs, 7), ["70 verified"]);
  beliefs.change(7);
  assert.equal(believed(beliefs, 7), ["70 listed"]); // It fetches the new one.
  beliefs.caches(69, true);
  beliefs.caches(70, false);
  assert.equal(believed(beliefs, 7), ["69 listed", "70 stale"]);
  assert.equal(believed(beliefs, 8), ["69 listed"]);
});

test("who tells all that it holds is believed to hold that, and nothing else", () => {
  const beliefs = new Beliefs();
  for (const file of [1, 2, 3, 4]) beliefs.list(5, file);
  for (const file of [1, 3]) beliefs.compare(5, file, true);
  beliefs.list(6, 1);
  beliefs.compare(6, 1, true);
  beliefs.change(2);
  beliefs.change(4);
  beliefs.listAll(5, { bitmap: Uint32Array.of(0b111000) }, catalogueOf(5)); // 3, 4 and what is no file yet.
  assert.equal(believed(beliefs, 1), ["6 verified"]);
  assert.equal(believed(beliefs, 2), []);
  assert.equal(believed(beliefs, 3), ["5 verified"]);
  assert.equal(believed(beliefs, 4), ["5 listed"]);
  assert.equal(believed(beliefs, 5), []);
  beliefs.list(5, 1); // Another copy than the one that was compared.
  assert.equal(believed(beliefs, 1), ["5 listed", "6 verified"]);
});

test("a volunteer may hold everything, or nothing any more", () => {
  const beliefs = new Beliefs();
  beliefs.listAll(40, ALL_FILES, catalogueOf(200, 100));
  for (const file of [0, 63, 64, 199]) assert.equal(believed(beliefs, file), ["40 listed"]);
  for (const file of [100, 200]) assert.equal(believed(beliefs, file), []); // Those are no files.
  beliefs.listAll(40, NO_FILES, catalogueOf(200));
  assert.equal(believed(beliefs, 0), []);
});

test("of a file that is removed nothing is believed, but that caches can be asked", () => {
  const beliefs = new Beliefs();
  beliefs.caches(0, true);
  for (const volunteer of [1, 2]) beliefs.list(volunteer, 7);
  beliefs.compare(1, 7, true);
  beliefs.change(7);
  beliefs.list(1, 7);
  beliefs.compare(1, 7, true);
  beliefs.assign(3, 7);
  beliefs.list(1, 8);
  beliefs.removeFile(7);
  assert.equal(believed(beliefs, 7), ["0 listed"]);
  assert.equal(believed(beliefs, 8), ["0 listed", "1 listed"]);
  assert.is(beliefs.isAssigned(3, 7), false);
  beliefs.list(1, 7);
  assert.equal(believed(beliefs, 7), ["0 listed", "1 listed"]);
});

test("those that have listed a file and are not verified can be told 32 at a time", () => {
  const beliefs = new Beliefs();
  for (const volunteer of [0, 3, 31, 32]) beliefs.list(volunteer, 7);
  beliefs.list(1, 8);
  beliefs.assign(2, 7);
  beliefs.compare(3, 7, true);
  const words = [0, 1, 2].map((word) => beliefs.listed(7, word) >>> 0);
  assert.equal(words, [2 ** 31 + 1, 1, 0]);
});

test("as many words may be asked for as any table has", () => {
  const words = (act: (beliefs: Beliefs) => void): number => {
    const beliefs = new Beliefs();
    act(beliefs);
    return beliefs.words;
  };
  assert.is(
    words(() => {}),
    1,
  );
  assert.is(
    words((beliefs) => beliefs.list(32, 1)),
    2,
  );
  assert.is(
    words((beliefs) => beliefs.assign(70, 1)),
    3,
  );
  assert.is(
    words((beliefs) => beliefs.caches(100, false)),
    4,
  );
  assert.is(
    words((beliefs) => beliefs.reserve(1, 33)),
    2,
  );
  const stale = new Beliefs();
  stale.list(40, 1);
  stale.change(1);
  const copy = new Beliefs();
  copy.load(stale.save()); // Without room for who has listed something: nobody has.
  assert.is(copy.words, 2);
  assert.equal(believed(copy, 1), ["40 stale"]);
});

test("the tables take four bytes for each 32 volunteers of a file", () => {
  const beliefs = new Beliefs();
  assert.is(beliefs.bytes, 4 * 64 * 4);
  beliefs.reserve(1000, 64); // What is rarer is not reserved for.
  assert.is(beliefs.bytes, 2 * 1000 * 2 * 4 + 2 * 64 * 4);
  beliefs.list(33, 1);
  beliefs.compare(33, 1, true);
  assert.is(beliefs.bytes, 2 * 1000 * 2 * 4 + 64 * 2 * 4 + 64 * 4);
});

test("what is saved is believed elsewhere, and shares nothing", () => {
  const here = new Beliefs();
  here.caches(33, true);
  for (let volunteer = 0; volunteer < 40; volunteer++) here.list(volunteer, volunteer % 7);
  here.compare(8, 1, true);
  here.change(2);
  here.assign(9, 1);
  const there = new Beliefs();
  there.caches(1, true);
  there.list(3, 3);
  there.load(here.save());
  for (let file = 0; file < 8; file++) assert.equal(believed(there, file), believed(here, file));
  assert.is(there.isAssigned(9, 1), true);
  same(there.save(), here.save());
  there.caches(33, false);
  there.list(50, 5);
  assert.ok(believed(here, 7).includes("33 listed"));
  assert.not(believed(here, 5).includes("50 listed"));
});

test("a copy that was compared and is not announced is not verified: the file may have changed", () => {
  const beliefs = new Beliefs();
  beliefs.list(2, 1);
  beliefs.change(1);
  beliefs.compare(2, 1, true); // The audit had begun before.
  beliefs.list(2, 1);
  assert.equal(believed(beliefs, 1), ["2 listed"]);
});

test.run();
