import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { TestTree } from "../testing.ts";
import { ThreadedReader } from "./threaded-reader.ts";

const test = suite<{ tree: TestTree }>("ThreadedReader");

test.before.each((context) => {
  context.tree = new TestTree();
});
test.after.each(({ tree }) => tree.delete());

/** A thread runs what is built. */
const SCRIPT = pathToFileURL(join(process.cwd(), "dist/live/catalogue/tree/worker.js"));

test("a thread of its own walks and digests, and tells what it has read", async ({ tree }) => {
  assert.ok(existsSync(SCRIPT), "npm run build");
  tree.write("a", "abc");
  const heard: number[] = [];
  const options = { root: tree.root, md4: true };
  const reader = new ThreadedReader(options, (bytes) => heard.push(bytes), SCRIPT);
  const part = await reader.next();
  assert.equal(part?.paths, ["a"]);
  assert.equal(part && [...part.sizes], [3]);
  const { sha256, md4, readings } = await reader.digest(["a", "none"]);
  assert.equal([...readings], [0, 1]);
  assert.match(Buffer.from(sha256).toString("hex"), /^ba7816bf8f01cfea414140de5dae2223/);
  assert.match(Buffer.from(md4 ?? []).toString("hex"), /^a448017aaf21d8525fc10ae87aa6729d/);
  assert.equal(heard, [3]);
  assert.is(await reader.next(), null);
  await reader.close();
});

test("what goes wrong in the thread is told, and its end, too", async ({ tree }) => {
  const options = { root: join(tree.root, "none"), md4: false };
  const reader = new ThreadedReader(options, () => {}, SCRIPT);
  const failure = (of: Promise<unknown>) =>
    of.then(
      () => "none",
      (error) => error.message,
    );
  assert.match(await failure(reader.next()), /^ENOENT/);
  const asking = failure(reader.next().then(() => reader.next()));
  await reader.close();
  assert.ok((await asking) !== "none");
  assert.is(await failure(reader.digest([])), "the thread that reads the tree has ended");
  const missing = new ThreadedReader(options, () => {}, new URL("none.js", SCRIPT));
  assert.match(await failure(missing.next()), /Cannot find module/);
  await missing.close();
});

test.run();
