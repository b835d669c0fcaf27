import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { InfoHashes } from "./info-hashes.ts";

const test = suite<{ path: string }>("info hashes");

test.before.each((context) => {
  context.path = join(mkdtempSync(join(tmpdir(), "mirrorlab-hashes-")), "info-hashes");
});
test.after.each(({ path }) => rmSync(join(path, ".."), { recursive: true, force: true }));

const hash = (number: number) => number.toString(16).padStart(40, "0");
const DIGEST = "d".repeat(64);
const entry = (...files: number[]) => ({ digest: DIGEST, files });

test("they are known again after a restart", ({ path }) => {
  const before = new InfoHashes(path, 10);
  before.add(hash(1), entry(7));
  before.add(hash(2), entry(8, 9));
  const after = new InfoHashes(path, 10);
  assert.equal(after.get(hash(1)), entry(7));
  assert.equal(after.get(hash(2)), entry(8, 9));
  assert.is(after.get(hash(3)), undefined);
});

test("a torn end costs its line and no other", ({ path }) => {
  new InfoHashes(path, 10).add(hash(1), entry(7));
  appendFileSync(path, `${hash(2)} ${DIGEST} `);
  const torn = new InfoHashes(path, 10);
  assert.is(torn.get(hash(2)), undefined);
  torn.add(hash(3), entry(9));
  const after = new InfoHashes(path, 10);
  assert.equal(after.get(hash(1)), entry(7));
  assert.equal(after.get(hash(3)), entry(9));
});

test("those made first are forgotten when there are too many, and the text stays short", ({
  path,
}) => {
  const hashes = new InfoHashes(path, 3);
  for (let number = 0; number < 100; number++) hashes.add(hash(number), entry(number));
  for (const known of [hashes, new InfoHashes(path, 3)]) {
    assert.is(known.get(hash(96)), undefined);
    assert.equal(known.get(hash(97)), entry(97));
    assert.equal(known.get(hash(99)), entry(99));
  }
  assert.ok(readFileSync(path, "latin1").split("\n").length <= 7);
  const { size } = statSync(path);
  new InfoHashes(path, 1);
  assert.ok(statSync(path).size <= size);
});

test("what the disk does not take is known all the same, and told", ({ path }) => {
  const hashes = new InfoHashes(path, 10);
  rmSync(join(path, ".."), { recursive: true });
  assert.throws(() => hashes.add(hash(1), entry(7)), "ENOENT");
  assert.equal(hashes.get(hash(1)), entry(7));
});

test.run();
