import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as zlib from "node:zlib";
import { gzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../../../engine/input-error.ts";
import { unpacked } from "./unpack.ts";

const test = suite("unpack", { folder: "" });
test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "unpack-"));
});
test.after(({ folder }) => rmSync(folder, { recursive: true }));

/** `mirrorlab, packed by xz` and a line end, as xz 5.4.1 packs it with `--check=crc32`. */
const XZ = Buffer.from(
  "/Td6WFoAAAFpIt42AgAhARYAAAB0L+WjAQAXbWlycm9ybGFiLCBwYWNrZWQgYnkgeHoKAJRzqyAAASwY00bbCpBCmQ0BAAAAAAFZWg==",
  "base64",
);
/** The same by zstd 1.5.4. */
const ZSTD = Buffer.from("KLUv/SQYwQAAbWlycm9ybGFiLCBwYWNrZWQgYnkgeHoKx6ZaPA==", "base64");
const TEXT = "mirrorlab, packed by xz\n";

async function bytesOf(folder: string, content: Buffer): Promise<Buffer> {
  const path = join(folder, "x");
  writeFileSync(path, content);
  const chunks: Buffer[] = [];
  for await (const chunk of unpacked(path)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

async function problemOf(folder: string, content: Buffer): Promise<string> {
  try {
    await bytesOf(folder, content);
  } catch (error) {
    if (error instanceof InputError) return error.message.replace(join(folder, "x"), "FILE");
    throw error;
  }
  return "";
}

test("a plain file of any length", async ({ folder }) => {
  for (const length of [0, 1, 5, 256 * 1024, 600_001]) {
    const content = Buffer.from(Array.from({ length }, (_, at) => (at % 251) + 1));
    assert.ok((await bytesOf(folder, content)).equals(content), `${length}`);
  }
});

test("gzip is known by its content, and members one after the other are one file", async ({
  folder,
}) => {
  const members = Buffer.concat([gzipSync("a\nb"), gzipSync(""), gzipSync("c\n")]);
  assert.is((await bytesOf(folder, members)).toString(), "a\nbc\n");
});

test("xz is unpacked", async ({ folder }) => {
  assert.is((await bytesOf(folder, XZ)).toString(), TEXT);
  assert.is((await bytesOf(folder, Buffer.concat([XZ, XZ]))).toString(), TEXT + TEXT);
});

test("zstd is unpacked where Node can, and refused where it cannot", async ({ folder }) => {
  if ("createZstdDecompress" in zlib) {
    assert.is((await bytesOf(folder, ZSTD)).toString(), TEXT);
  } else {
    assert.is(
      await problemOf(folder, ZSTD),
      `FILE: expected a plain, gzip or xz file; got zstd, which Node ${process.versions.node} cannot unpack`,
    );
  }
});

test("what cannot be unpacked says why", async ({ folder }) => {
  const gzip = gzipSync(Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * at) % 251)));
  const cases: readonly (readonly [Buffer, RegExp | string])[] = [
    [gzip.subarray(0, 100), "FILE: expected a whole gzip file; got one that is cut short"],
    [Buffer.from(gzip).fill(0, 30, 50), "FILE: expected a sound gzip file; got a damaged one"],
    [XZ.subarray(0, XZ.length - 20), "FILE: expected a whole xz file; got one that is cut short"],
    [Buffer.from(XZ).fill(0, 20, 30), "FILE: expected a sound xz file; got a damaged one"],
    [Buffer.from("BZh91AY"), /^FILE: expected a plain, gzip or xz file; got bzip2/],
  ];
  for (const [content, problem] of cases) assert.match(await problemOf(folder, content), problem);
});

test("a file that is not there", async () => {
  try {
    for await (const _ of unpacked("/nowhere/x")) assert.unreachable();
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).message, "/nowhere/x: expected a file; got nothing of that name");
  }
});

test.run();
