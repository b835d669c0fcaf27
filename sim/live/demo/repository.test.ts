import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { demoFiles, digestsIn, INDEX, writeFiles } from "./repository.ts";

test("the index has the digest of every file but itself, and the files are the same every time", () => {
  const files = demoFiles();
  const digests = digestsIn(Buffer.from(files.get(INDEX) ?? []).toString());
  assert.equal([...digests.keys(), INDEX], [...files.keys()]);
  for (const [path, digest] of digests) {
    assert.is(
      createHash("sha256")
        .update(files.get(path) ?? "")
        .digest("hex"),
      digest,
      path,
    );
  }
  assert.equal(demoFiles().get(INDEX), files.get(INDEX));
  assert.is(new Set(digests.values()).size, digests.size);
});

test("there are an image of some MB and files that the server sends itself", () => {
  const sizes = Array.from(demoFiles().values(), ({ length }) => length);
  assert.is(Math.max(...sizes), 6_000_000);
  assert.ok(sizes.filter((size) => size <= 64_000).length >= 2);
});

test("files are written as they are, and as if nobody had touched them for an hour", () => {
  const folder = mkdtempSync(join(tmpdir(), "mirrorlab-demo-"));
  try {
    writeFiles(new Map([["a/b/c", Uint8Array.of(1, 2)]]), folder);
    const file = join(folder, "a/b/c");
    assert.equal([...readFileSync(file)], [1, 2]);
    assert.ok(Date.now() - statSync(file).mtimeMs >= 3_599_000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("what is no line of an index is none", () => {
  const digest = "0".repeat(64);
  assert.equal([...digestsIn(`${digest}  a b\n${digest} c\nd  e\n`)], [["a b", digest]]);
});

test.run();
