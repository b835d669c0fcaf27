import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { MODIFIED, TestTree } from "../testing.ts";
import { Digester } from "./digester.ts";
import { Reading } from "./tree-reader.ts";

const test = suite<{ tree: TestTree }>("Digester");

test.before.each((context) => {
  context.tree = new TestTree();
});
test.after.each(({ tree }) => tree.delete());

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** RFC 1320, appendix A.5. */
const MD4 = {
  "": "31d6cfe0d16ae931b73c59d7e0c089c0",
  a: "bde52cb31de33e46245e05fbdbd6fb24",
  abc: "a448017aaf21d8525fc10ae87aa6729d",
  "message digest": "d9130a8164549fe818874806e1c7014b",
  abcdefghijklmnopqrstuvwxyz: "d79e1c308aa5bbcdeea8ed63df412da9",
  ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:
    "043f8582f241db351ce627e153e7f0e4",
  "12345678901234567890123456789012345678901234567890123456789012345678901234567890":
    "e33b4ddc9c38f2199c3e7b164fcc0536",
};

/** FIPS 180-2, appendix B, and the digest of nothing. */
const SHA256 = {
  "": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  abc: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq:
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
};
const A_MILLION = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

test("MD4 and SHA-256 are those of the standards", async ({ tree }) => {
  const texts = [...Object.keys(MD4), ...Object.keys(SHA256), "a".repeat(1e6)];
  for (const [i, text] of texts.entries()) tree.write(`${i}`, text);
  const digester = await Digester.create({ root: tree.root, md4: true }, () => {});
  const { md4, sha256, readings, sizes, seconds } = digester.digest(texts.map((_, i) => `${i}`));
  assert.equal(readings, new Uint8Array(texts.length));
  assert.equal(
    [...sizes],
    texts.map((text) => text.length),
  );
  assert.equal(new Set(seconds), new Set([MODIFIED]));
  texts.forEach((text, i) => {
    const known = { md4: (MD4 as Record<string, string>)[text], ...sha256Of(text) };
    const got = {
      md4: known.md4 && hex((md4 as Uint8Array).subarray(16 * i, 16 * i + 16)),
      sha256: known.sha256 && hex(sha256.subarray(32 * i, 32 * i + 32)),
    };
    assert.equal(got, { md4: known.md4, sha256: known.sha256 });
  });
});

function sha256Of(text: string): { sha256: string | undefined } {
  return { sha256: text.length === 1e6 ? A_MILLION : (SHA256 as Record<string, string>)[text] };
}

test("files beyond a chunk are digested whole, and bytes are told as they are read", async ({
  tree,
}) => {
  const bytes = Buffer.alloc((1 << 20) + 1, "a");
  tree.write("large", bytes);
  const heard: number[] = [];
  const digester = await Digester.create({ root: tree.root, md4: false }, (n) => heard.push(n));
  const { sha256, md4 } = digester.digest(["large"]);
  assert.equal(heard, [1 << 20, 1]);
  assert.is(md4, null);
  const said = execFileSync(process.execPath, [
    "-e",
    `console.log(crypto.createHash("sha256").update("a".repeat(${bytes.length})).digest("hex"))`,
  ]);
  assert.is(hex(sha256), `${said}`.trim());
});

test("a file that is written to once meanwhile is read again", async ({ tree }) => {
  tree.write("log", "one");
  let times = 0;
  const digester = await Digester.create({ root: tree.root, md4: false }, () => {
    if (times++ === 0) appendFileSync(join(tree.root, "log"), "more");
  });
  const { readings, sizes } = digester.digest(["log"]);
  assert.equal([readings[0], sizes[0]], [Reading.DIGESTED, 7]);
});

test("a file that is written to again and again is not settled", async ({ tree }) => {
  tree.write("log", "one");
  tree.write("other", "abc");
  const append = () => appendFileSync(join(tree.root, "log"), "more");
  const digester = await Digester.create({ root: tree.root, md4: true }, append);
  assert.is(digester.digest(["log"]).readings[0], Reading.UNSETTLED);
  const quiet = await Digester.create({ root: tree.root, md4: true }, () => {});
  const { sha256, md4 } = quiet.digest(["other"]); // What was begun leaves no trace.
  assert.is(hex(sha256), SHA256.abc);
  assert.is(hex(md4 as Uint8Array), MD4.abc);
});

test("a file that has other bytes of the same number by then is not settled", async ({ tree }) => {
  tree.write("log", "one");
  let times = 0;
  const digester = await Digester.create({ root: tree.root, md4: false }, () => {
    tree.write("log", "two", MODIFIED + ++times);
  });
  assert.is(digester.digest(["log"]).readings[0], Reading.UNSETTLED);
});

test("what is gone, or no file any more, is no error; what cannot be read is told", async ({
  tree,
}) => {
  mkdirSync(join(tree.root, "folder"));
  execFileSync("mkfifo", [join(tree.root, "pipe")]);
  symlinkSync("itself", join(tree.root, "itself"));
  tree.write("file", "abc");
  const digester = await Digester.create({ root: tree.root, md4: false }, () => {});
  const paths = ["none", "file/none", "folder", "pipe", "itself", "file"];
  assert.equal(
    [...digester.digest(paths).readings],
    [
      ...[Reading.GONE, Reading.GONE, Reading.GONE, Reading.GONE],
      ...[Reading.UNREADABLE, Reading.DIGESTED],
    ],
  );
});

test.run();
