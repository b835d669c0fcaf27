import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Handler } from "../parts.ts";
import { matchBlocks } from "./block-matcher.ts";
import { PIECE_LIMITS } from "./piece-parts.ts";
import { readSignatures } from "./signatures.ts";
import { bytesOf, chunkSizes, sha256, type TestFolder, testFolder } from "./testing.ts";

interface Context {
  all: TestFolder;
  server: Server;
  handler: Handler;
  get: (path: string, method?: string) => Promise<Response>;
}
const test = suite<Context>("signatures");

const LARGE = bytesOf("signed", 100_000);

test.before.each(async (context) => {
  const all = testFolder({ "pool/a b.iso": LARGE, "pool/small": bytesOf("small", 9_999) });
  context.all = all;
  context.handler = all.start().signaturesHandler;
  context.server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://server");
    if (!(await context.handler(request, response, url))) response.writeHead(418).end();
  });
  context.server.listen(0, "127.0.0.1");
  await once(context.server, "listening");
  const { port } = context.server.address() as AddressInfo;
  context.get = (path, method = "GET") => fetch(`http://127.0.0.1:${port}${path}`, { method });
});
test.after.each(({ all, server }) => {
  server.close();
  server.closeAllConnections();
  all.end();
});

const PATH = "/-/signatures/pool/a%20b.iso";
const bodyOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

test("a head of text, then 20 bytes a block; kept for the next time", async ({ get, all }) => {
  for (const _ of [1, 2]) {
    const response = await get(PATH);
    const body = await bodyOf(response);
    assert.is(response.status, 200);
    assert.is(response.headers.get("content-length"), String(body.length));
    // √100,000 is 316: rsync's least block is 700. 142 whole ones and one of 600 bytes.
    const hex = sha256(LARGE).toString("hex");
    const head = `mirrorlab block signatures 1\nsize 100000\nblock 700\nsha256 ${hex}\n\n`;
    assert.is(body.subarray(0, head.length).toString(), head);
    assert.is(body.length, head.length + 143 * 20);
    // Block 1, by hand: Σ xᵢ and Σ (l − i + 1)·xᵢ.
    const block = LARGE.subarray(700, 1400);
    const a = block.reduce((sum, byte) => sum + byte, 0) % 65_536;
    const b = block.reduce((sum, byte, at) => sum + (700 - at) * byte, 0) % 65_536;
    const entry = body.subarray(head.length + 20, head.length + 40);
    assert.is(entry.readUInt16BE(0), b);
    assert.is(entry.readUInt16BE(2), a);
    assert.equal(entry.subarray(4), sha256(block).subarray(0, 16));
    const offsets = matchBlocks(readSignatures(body), [LARGE]);
    assert.ok(offsets.every((offset, number) => offset === 700 * number));
  }
  assert.is(all.seen.tasks.length, 1);
});

test("HEAD has the length and no body", async ({ get }) => {
  const response = await get(PATH, "HEAD");
  assert.is(response.status, 200);
  assert.is((await bodyOf(response)).length, 0);
  const whole = await bodyOf(await get(PATH));
  assert.is(response.headers.get("content-length"), String(whole.length));
});

test("a block as long as the file, and longer than what is read at a time", async (context) => {
  const bytes = Buffer.alloc(3_000_000, "text");
  context.all.put(0, bytes);
  const blockSizes = chunkSizes("fixed", { chunkSize: 2_000_000 });
  context.handler = context.all.start({ blockSizes }).signaturesHandler;
  const signatures = readSignatures(await bodyOf(await context.get(PATH)));
  assert.is(signatures.block, 2_000_000);
  assert.equal([...matchBlocks(signatures, [bytes])], [0, 2_000_000]);
});

test("what there is not has one line", async ({ get, all }) => {
  const lines = async (path: string, method?: string) => {
    const response = await get(path, method);
    return `${response.status} ${await response.text()}`;
  };
  assert.is(await lines("/-/signatures/pool/none"), "404 no such file\n");
  assert.is(await lines("/-/signatures/"), "404 no such file\n");
  assert.is(await lines("/-/signatures/..%2f..%2fetc%2fpasswd"), "404 no such file\n");
  assert.is(
    await lines("/-/signatures/%ff"),
    "400 expected a path that is percent-encoded UTF-8\n",
  );
  assert.is(
    await lines("/-/signatures/pool/small"),
    "404 no signatures: smaller than 10000 bytes\n",
  );
  assert.is(await lines(PATH, "POST"), "405 expected GET\n");
  assert.is(await lines("/-/other"), "418 ");
  writeFileSync(all.catalogue.location(0), bytesOf("lies", 100_000));
  assert.is(await lines(PATH), "404 no signatures: the file is changing\n");
  assert.equal(all.seen.differs, [0]);
});

test("where too many wait it says when to ask again", async (context) => {
  const limits = { ...PIECE_LIMITS, smallest: 1, waiting: 0 };
  context.handler = context.all.start({ limits }).signaturesHandler;
  const response = await context.get(PATH);
  assert.is(response.status, 503);
  assert.is(response.headers.get("retry-after"), "60");
  assert.is(await response.text(), "too many files wait for their signatures\n");
});

test("a disk that is full costs the cache, not the answer", async ({ get, all }) => {
  rmSync(all.state, { recursive: true });
  const signatures = readSignatures(await bodyOf(await get(PATH)));
  assert.is(matchBlocks(signatures, [LARGE]).indexOf(-1), -1);
  assert.is((await bodyOf(await get(PATH, "HEAD"))).length, 0);
  assert.ok(all.seen.failures.length > 0);
});

test("of a changed file of 10 MB only the changed blocks are needed", async (context) => {
  const old = Buffer.alloc(10_000_000);
  for (let at = 0; at < old.length; at += 4)
    old.writeUInt32LE(Math.imul(at, 2_654_435_761) >>> 0, at);
  const changed = Buffer.concat([
    ...[old.subarray(0, 2_000_000), Buffer.from("inserted"), old.subarray(2_000_000, 6_000_000)],
    ...[Buffer.from("exchanged"), old.subarray(6_000_009)],
  ]);
  context.all.put(0, changed);
  const signatures = readSignatures(await bodyOf(await context.get(PATH)));
  assert.is(signatures.block, 3160); // √10,000,008 is 3162, down to a multiple of 8.
  const offsets = matchBlocks(signatures, [old]);
  const missing = [...offsets.keys()].filter((number) => offsets[number] < 0);
  // 2,000,000 and 6,000,008 lie in these blocks.
  assert.equal(missing, [Math.floor(2_000_000 / 3160), Math.floor(6_000_008 / 3160)]);
});

test.run();
