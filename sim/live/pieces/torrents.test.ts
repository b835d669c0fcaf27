import { createHash } from "node:crypto";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PIECE_LIMITS } from "./piece-parts.ts";
import { bytesOf, chunkSizes, sha256, type TestFolder, testFolder } from "./testing.ts";

const test = suite<{ all: TestFolder }>("torrents");

const LARGE = bytesOf("large", 40_000);
const PATH = "pool/main/a b#ü.deb";

test.before.each((context) => {
  context.all = testFolder({
    [PATH]: LARGE,
    "pool/small.deb": bytesOf("small", 9_999),
    "dists/large.deb": bytesOf("other", 20_000),
  });
});
test.after.each(({ all }) => all.end());

const sha1 = (...parts: Uint8Array[]) => createHash("sha1").update(Buffer.concat(parts)).digest();
/** A text as bencode has it, in bytes. */
const text = (value: string) => `${Buffer.byteLength(value)}:${value}`;

/** The info dictionary of a single file, put together by hand. */
function infoOf(bytes: Buffer, name: string, length: number): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += length)
    pieces.push(sha1(bytes.subarray(at, at + length)));
  const head = `d6:lengthi${bytes.length}e4:name${text(name)}12:piece lengthi${length}e6:pieces`;
  return Buffer.concat([Buffer.from(`${head}${20 * pieces.length}:`), ...pieces, Buffer.from("e")]);
}

const ANNOUNCE = text("http://server.example/-/tracker/announce");
const SELF = text("http://server.example/pool/main/a%20b%23%C3%BC.deb");

test("a torrent to the byte (BEP 3 and 19), and its info hash", async ({ all }) => {
  const { torrents } = all.start({ mirrorsOf: () => ["https://v1.example/debian/"] });
  const info = infoOf(LARGE, "a b#ü.deb", 16_384);
  const seeds = `${text("https://v1.example/debian/pool/main/a%20b%23%C3%BC.deb")}${SELF}`;
  const expected = [
    Buffer.from(`d8:announce${ANNOUNCE}4:info`),
    info,
    Buffer.from(`8:url-listl${seeds}ee`),
  ];
  const torrent = await torrents.torrentOf(0);
  assert.is(torrent?.toString("latin1"), Buffer.concat(expected).toString("latin1"));
  assert.equal(torrents.filesOf(sha1(info).toString("hex")), [0]);
  assert.is(torrents.filesOf("0".repeat(40)), null);
});

test("pieces for Metalink are SHA-256, of the same length", async ({ all }) => {
  const { torrents } = all.start();
  const pieces = await torrents.piecesOf(0);
  const parts = [LARGE.subarray(0, 16_384), LARGE.subarray(16_384, 32_768), LARGE.subarray(32_768)];
  assert.is(pieces?.length, 16_384);
  assert.equal(
    pieces?.sha256.map((each) => Buffer.from(each)),
    parts.map(sha256),
  );
});

test("small files and those that are gone have none", async ({ all }) => {
  const { torrents } = all.start();
  for (const file of [1, -1, 3]) {
    assert.is(await torrents.torrentOf(file), null);
    assert.is(await torrents.piecesOf(file), null);
  }
  all.remove(0);
  assert.is(await torrents.torrentOf(0), null);
  assert.is(all.seen.tasks.length, 0);
});

test("a file is read once, however many ask, and not again after a restart", async ({ all }) => {
  const { torrents } = all.start();
  const same = [torrents.torrentOf(0), torrents.piecesOf(0), torrents.torrentOf(0)];
  assert.ok((await Promise.all(same)).every((each) => each !== null));
  await torrents.torrentOf(0);
  assert.is(all.seen.tasks.length, 1);
  const later = all.start().torrents;
  assert.equal(await later.torrentOf(0), await torrents.torrentOf(0));
  assert.is(all.seen.tasks.length, 1);
});

test("after a restart an info hash is known before anybody has asked for its torrent", async ({
  all,
}) => {
  await all.start().torrents.torrentOf(0);
  const infoHash = sha1(infoOf(LARGE, "a b#ü.deb", 16_384)).toString("hex");
  rmSync(join(all.state, readdirSync(all.state).find((name) => name.endsWith(".pieces")) ?? ""));
  const { torrents } = all.start();
  assert.equal(torrents.filesOf(infoHash), [0]);
  await torrents.torrentOf(0); // Computed again, though known.
  assert.is(all.seen.tasks.length, 2);
  assert.is(all.start({ limits: { ...PIECE_LIMITS, torrents: 1 } }).torrents.filesOf("ab"), null);
});

test("a file that has changed has another torrent, and the old one is unknown", async ({ all }) => {
  const { torrents } = all.start();
  const before = await torrents.torrentOf(0);
  const infoHash = sha1(infoOf(LARGE, "a b#ü.deb", 16_384)).toString("hex");
  const changed = bytesOf("changed", 40_000);
  all.put(0, changed);
  assert.is(torrents.filesOf(infoHash), null);
  assert.not.equal(await torrents.torrentOf(0), before);
  assert.is(all.seen.tasks.length, 2);
  all.put(0, LARGE);
  assert.equal(torrents.filesOf(infoHash), [0]);
  all.remove(0);
  assert.is(torrents.filesOf(infoHash), null);
});

test("another cut is another torrent", async ({ all }) => {
  await all.start().torrents.torrentOf(0);
  const pieceSizes = chunkSizes("fixed", { chunkSize: 32_768 });
  const { torrents } = all.start({ pieceSizes });
  const info = infoOf(LARGE, "a b#ü.deb", 32_768);
  assert.ok((await torrents.torrentOf(0))?.includes(info));
  assert.equal(torrents.filesOf(sha1(info).toString("hex")), [0]);
});

test("a file that is not the catalogue's has no torrent, and is told of", async ({ all }) => {
  const { torrents } = all.start();
  const spoilt = Buffer.from(LARGE);
  spoilt[39_999] ^= 1;
  writeFileSync(all.catalogue.location(0), spoilt);
  assert.is(await torrents.torrentOf(0), null);
  assert.equal(all.seen.differs, [0]);
  assert.is(await torrents.piecesOf(0), null);
  assert.is(all.seen.tasks.length, 1); // It is not read again so soon.
  writeFileSync(all.catalogue.location(0), LARGE);
  all.clock.now = 60;
  assert.not.equal(await torrents.torrentOf(0), null);
  assert.equal(readdirSync(all.state).filter((name) => name.endsWith(".pieces")).length, 1);
});

test("nor has one of another length, or one that cannot be read", async ({ all }) => {
  const { torrents } = all.start();
  writeFileSync(all.catalogue.location(0), LARGE.subarray(1));
  assert.is(await torrents.torrentOf(0), null);
  rmSync(all.catalogue.location(2));
  assert.is(await torrents.torrentOf(2), null);
  assert.equal(all.seen.differs, [0, 2]);
  assert.is(all.seen.failures.length, 2);
});

test("where too many wait, others have none for now", async ({ all }) => {
  const waiting: (() => void)[] = [];
  const { torrents } = all.start({
    limits: { ...PIECE_LIMITS, smallest: 1, waiting: 1 },
    reader: {
      read: () => new Promise((_, reject) => waiting.push(() => reject(new Error("no thread")))),
      async close() {},
    },
  });
  const first = torrents.torrentOf(0);
  const asked = async (count: number) => {
    while (waiting.length < count) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  await asked(1);
  assert.is(await torrents.torrentOf(2), null);
  waiting[0]();
  assert.is(await first, null);
  assert.equal(all.seen.differs, []); // Neither file is to blame.
  const again = torrents.torrentOf(2);
  await asked(2);
  waiting[1]();
  await again;
});

test("a disk that is full costs the cache, not the torrent", async ({ all }) => {
  const { torrents } = all.start();
  rmSync(all.state, { recursive: true });
  assert.not.equal(await torrents.torrentOf(0), null);
  assert.is(all.seen.failures.length, 2); // Of the pieces and of the info hash.
  assert.is(torrents.filesOf(sha1(infoOf(LARGE, "a b#ü.deb", 16_384)).toString("hex"))?.length, 1);
});

test("a torrent of several files has pieces over their ends, and webseeds above their folder", async ({
  all,
}) => {
  const { torrents } = all.start({ mirrorsOf: (files) => [`http://${files.join("-")}.example/`] });
  const small = bytesOf("small", 9_999);
  const both = Buffer.concat([LARGE, small]);
  const pieces = [0, 16_384, 32_768, 49_152].map((at) => sha1(both.subarray(at, at + 16_384)));
  const head =
    `d5:filesld6:lengthi40000e4:pathl4:main${text("a b#ü.deb")}eed6:lengthi9999e4:pathl9:small.debeee` +
    "4:name4:pool12:piece lengthi16384e6:pieces80:";
  const info = Buffer.concat([Buffer.from(head), ...pieces, Buffer.from("e")]);
  const seeds = `${text("http://0-1.example/")}${text("http://server.example/")}`;
  const expected = [
    Buffer.from(`d8:announce${ANNOUNCE}4:info`),
    info,
    Buffer.from(`8:url-listl${seeds}ee`),
  ];
  const torrent = await torrents.torrentOfFiles([0, 1]);
  assert.is(torrent?.toString("latin1"), Buffer.concat(expected).toString("latin1"));
  const infoHash = sha1(info).toString("hex");
  assert.equal(torrents.filesOf(infoHash), [0, 1]);
  assert.equal(all.start().torrents.filesOf(infoHash), [0, 1]);
  all.put(1, bytesOf("another", 9_999));
  assert.is(torrents.filesOf(infoHash), null);
});

test("webseeds of several files in a deeper folder are below what is above it", async ({ all }) => {
  const { torrents } = all.start();
  const torrent = (await torrents.torrentOfFiles([0]))?.toString("latin1");
  assert.ok(torrent?.includes("4:name4:main"));
  assert.ok(torrent?.endsWith(`8:url-listl${text("http://server.example/pool/")}ee`));
});

test("several files without a folder in common, none, or one that is gone: no torrent", async ({
  all,
}) => {
  const { torrents } = all.start();
  assert.is(await torrents.torrentOfFiles([0, 2]), null);
  assert.is(await torrents.torrentOfFiles([]), null);
  assert.is(await torrents.torrentOfFiles([0, 5]), null);
});

test("of several files the one that differs is told of", async ({ all }) => {
  const { torrents } = all.start();
  writeFileSync(all.catalogue.location(1), bytesOf("lies", 9_999));
  assert.is(await torrents.torrentOfFiles([0, 1]), null);
  assert.equal(all.seen.differs, [1]);
  assert.not.equal(await torrents.torrentOf(0), null);
});

test.run();
