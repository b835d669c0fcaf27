import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { DigestCache } from "./digest-cache.ts";

const test = suite<{ folder: string }>("digest cache");

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "mirrorlab-cache-"));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }));

const BODY = Buffer.from("twenty bytes or more");

test("what was kept is there, now and after a restart", async ({ folder }) => {
  const cache = new DigestCache(folder, 1000);
  assert.is(await cache.read("a.pieces"), null);
  await cache.keep("a.pieces", BODY);
  assert.equal(await cache.read("a.pieces"), BODY);
  assert.is(cache.bytes, 52); // And 32 of its digest.
  const later = new DigestCache(folder, 1000);
  assert.is(later.bytes, 52);
  assert.equal(await later.read("a.pieces"), BODY);
  assert.equal(readdirSync(folder), ["a.pieces"]);
});

test("what is torn or spoilt is none, and goes", async ({ folder }) => {
  const path = join(folder, "a.pieces");
  await new DigestCache(folder, 1000).keep("a.pieces", BODY);
  const whole = readFileSync(path);
  const spoilt = Buffer.from(whole);
  spoilt[3] ^= 1;
  const cut = () => truncateSync(path, 51);
  const spoil = () => writeFileSync(path, spoilt);
  const empty = () => truncateSync(path, 0);
  const lose = () => rmSync(path);
  for (const damage of [cut, spoil, empty, lose]) {
    writeFileSync(path, whole);
    const cache = new DigestCache(folder, 1000);
    damage();
    assert.is(await cache.read("a.pieces"), null);
    assert.is(cache.bytes, 0);
    assert.equal(readdirSync(folder), []);
    await cache.keep("a.pieces", BODY);
    assert.equal(await cache.read("a.pieces"), BODY);
  }
});

test("what a program that died had begun goes; what others have in the folder stays", ({
  folder,
}) => {
  writeFileSync(join(folder, "a.pieces.0a0b0c0d.part"), "torn");
  writeFileSync(join(folder, "list"), "theirs");
  assert.is(new DigestCache(folder, 1000).bytes, 0);
  assert.equal(readdirSync(folder), ["list"]);
});

test("those unused for longest go when there is too much", async ({ folder }) => {
  const cache = new DigestCache(folder, 160);
  for (const name of ["a.pieces", "b.pieces", "c.pieces"]) await cache.keep(name, BODY);
  await cache.read("a.pieces");
  await cache.keep("d.pieces", BODY);
  assert.is(cache.bytes, 156);
  assert.equal(readdirSync(folder).sort(), ["a.pieces", "c.pieces", "d.pieces"]);
  await cache.keep("e.pieces", Buffer.alloc(200)); // More than all that may be kept.
  assert.is(cache.bytes, 156);
  await cache.keep("d.pieces", BODY); // The same again is not more.
  assert.is(cache.bytes, 156);
});

test("after a restart those used last are kept, too", async ({ folder }) => {
  const before = new DigestCache(folder, 1000);
  for (const name of ["b.pieces", "a.pieces", "c.pieces"]) await before.keep(name, BODY);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await before.read("b.pieces");
  const cache = new DigestCache(folder, 160);
  await cache.keep("d.pieces", BODY);
  assert.equal(readdirSync(folder).sort(), ["b.pieces", "c.pieces", "d.pieces"]);
});

test("where it cannot be written, what is there stays", async ({ folder }) => {
  const cache = new DigestCache(folder, 1000);
  await cache.keep("a.pieces", BODY);
  rmSync(folder, { recursive: true });
  let problem = "";
  await cache.keep("b.pieces", BODY).catch((error) => {
    problem = error.code;
  });
  assert.is(problem, "ENOENT");
  assert.is(cache.bytes, 52);
});

test.run();
