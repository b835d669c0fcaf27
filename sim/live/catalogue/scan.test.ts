import { existsSync, mkdirSync, renameSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { OpenReader } from "./catalogue.ts";
import { failure, MODIFIED, NOW, syntheticCatalogue, syntheticPath, TestTree } from "./testing.ts";
import { LocalReader } from "./tree/local-reader.ts";

const test = suite<{ tree: TestTree }>("a scan");

test.before.each((context) => {
  context.tree = new TestTree();
});
test.after.each(({ tree }) => tree.delete());

const unreadable = (path: string) => ({ reason: "unreadable" as const, path });

test("the same bytes with another time are read, but nothing that others need hear of", async ({
  tree,
}) => {
  tree.write("a", "abc");
  const first = await tree.open();
  await first.scan();
  utimesSync(join(tree.root, "a"), MODIFIED + 9, MODIFIED + 9);
  tree.told(first);
  const { touched, changed, bytes } = await first.scan();
  assert.equal([touched, changed, bytes], [1, 0, 3]);
  assert.equal(tree.changes, []);
  assert.equal([first.modified(0), first.version], [MODIFIED + 9, NOW + 1]);
  await first.close();
  const second = await tree.open();
  assert.equal([second.modified(0), second.version], [MODIFIED + 9, NOW + 1]);
  assert.equal([...(second.changedSince(NOW + 1) ?? [])], []);
  assert.is((await second.scan()).bytes, 0);
  await second.close();
});

test("a file that was written to a moment ago waits, and stays as it was", async ({ tree }) => {
  tree.write("a", "abc");
  const catalogue = await tree.open({ settle: 5 });
  await catalogue.scan();
  tree.told(catalogue);
  tree.write("a", "being written", NOW);
  tree.write("b", "new", NOW - 4);
  tree.write("c", "settled", NOW - 5);
  tree.write("d", "a time to come", NOW + 5);
  assert.is((await catalogue.scan()).waiting, 2);
  assert.equal(tree.told(catalogue), ["added c", "added d"]);
  assert.equal([catalogue.size(0), catalogue.find("b")], [3, -1]);
  tree.wall = NOW + 5;
  assert.is((await catalogue.scan()).waiting, 0);
  assert.equal(tree.told(catalogue), ["changed a", "added b"]);
  await catalogue.close();
});

test("a file that is written to while it is read waits, and one that goes is no error", async ({
  tree,
}) => {
  tree.write("a", "abc");
  tree.write("b", "abc");
  const openReader: OpenReader = async (options, onBytes) => {
    const reader = await LocalReader.open(options, onBytes);
    return {
      next: () => reader.next(),
      close: () => reader.close(),
      digest: async (paths) => {
        if (existsSync(join(tree.root, "b"))) tree.remove("b");
        const digests = await reader.digest(paths);
        digests.readings[0] = 3; // Not settled.
        return digests;
      },
    };
  };
  const catalogue = await tree.open({ openReader });
  const { waiting, added, skipped } = await catalogue.scan();
  assert.equal([waiting, added, skipped.unreadable], [1, 0, 0]);
  await catalogue.close();
});

test("what cannot be looked at stays as it was; what cannot be read is not there", async ({
  tree,
}) => {
  for (const path of ["a/x", "ab", "b", "c"]) tree.write(path, path);
  let isBroken = false;
  const openReader: OpenReader = async (options, onBytes) => {
    const reader = await LocalReader.open(options, onBytes);
    return {
      next: async () => {
        const part = await reader.next();
        if (!isBroken || part === null) return part;
        return { ...part, skipped: ["a", "c"].map(unreadable) };
      },
      digest: async (paths) => {
        const digests = await reader.digest(paths);
        if (isBroken) digests.readings.fill(2);
        return digests;
      },
      close: () => reader.close(),
    };
  };
  const catalogue = await tree.open({ openReader });
  await catalogue.scan();
  tree.told(catalogue);
  isBroken = true;
  for (const gone of ["a", "ab", "c"]) tree.remove(gone);
  tree.write("b", "new bytes");
  const { skipped, examples } = await catalogue.scan();
  assert.is(skipped.unreadable, 3);
  assert.equal(examples, ["a", "c", "b"].map(unreadable));
  assert.equal(tree.told(catalogue), ["removed ab", "removed b"]);
  assert.ok(catalogue.find("a/x") >= 0 && catalogue.find("c") >= 0);
  await catalogue.close();
});

test("what is skipped is counted, and examples are few and worth mending", async ({ tree }) => {
  for (let i = 0; i < 12; i++) symlinkSync("/", join(tree.root, `out${i}`));
  tree.write(".git/config", "");
  tree.write("a", "");
  const catalogue = await tree.open();
  const { skipped, examples } = await catalogue.scan();
  assert.equal([skipped.outside, skipped.hidden, examples.length], [12, 1, 10]);
  assert.equal(examples[0], { reason: "outside", path: "out0" });
  await catalogue.close();
});

test("a tree that is empty of a sudden, or gone, takes nothing away", async ({ tree }) => {
  tree.write("a", "abc");
  const catalogue = await tree.open();
  await catalogue.scan();
  renameSync(tree.root, `${tree.root}-away`);
  assert.match(
    await failure(catalogue.scan()),
    /tree: expected a tree that can be read; got "ENOENT/,
  );
  mkdirSync(tree.root);
  assert.is(
    await failure(catalogue.scan()),
    `${tree.root}: expected some of its 1 files; got none: is its disk there?`,
  );
  assert.equal([catalogue.find("a"), catalogue.version], [0, NOW + 1]);
  assert.is(existsSync(catalogue.location(0)), false);
  await catalogue.close();
});

test("progress is told, and changes come in batches", async ({ tree }) => {
  const batches: number[] = [];
  const seen: number[] = [];
  const catalogue = await syntheticCatalogue(3000, tree.folder, {
    onChanges: (changes) => batches.push(changes.length),
    onProgress: ({ files, digested }) => seen.push(files, digested),
    wall: () => NOW,
  });
  assert.equal(
    batches.reduce((sum, each) => sum + each),
    3000,
  );
  assert.ok(batches.length > 1 && Math.max(...batches) < 2000);
  assert.equal(seen.slice(-2), [3000, 3000]);
  assert.is(catalogue.version, NOW + batches.length);
  assert.is(catalogue.find(syntheticPath(2999)), 2999);
  await catalogue.close();
});

test("what is gone is told in batches, too", async ({ tree }) => {
  await (await syntheticCatalogue(3000, tree.folder)).close();
  const batches: number[] = [];
  const onChanges = (changes: readonly unknown[]) => batches.push(changes.length);
  const catalogue = await syntheticCatalogue(1, tree.folder, { onChanges });
  assert.equal(batches, [1024, 1024, 951]);
  assert.equal([catalogue.there, catalogue.count], [1, 3000]);
  await catalogue.close();
});

test("large files are read few at a time, and another second is another file", async ({ tree }) => {
  for (const name of ["a", "b", "c", "d", "e"]) tree.write(name, name);
  const asked: number[] = [];
  const openReader: OpenReader = async (options, onBytes) => {
    const reader = await LocalReader.open(options, onBytes);
    return {
      next: async () => {
        const part = await reader.next();
        part?.sizes.fill(1e8);
        part?.stamps.fill(7); // As if the stamps of all versions were the same by chance.
        return part;
      },
      digest: async (paths) => {
        asked.push(paths.length);
        const digests = await reader.digest(paths);
        digests.sizes.fill(1e8);
        digests.stamps.fill(7);
        return digests;
      },
      close: () => reader.close(),
    };
  };
  const catalogue = await tree.open({ openReader });
  await catalogue.scan();
  assert.equal(asked, [2, 2, 1]);
  tree.write("b", "x", MODIFIED + 1);
  assert.is((await catalogue.scan()).changed, 1);
  await catalogue.close();
});

test("a batch that is old is handed out though it is small", async ({ tree }) => {
  const batches: number[] = [];
  let wall = NOW;
  const catalogue = await syntheticCatalogue(1000, tree.folder, {
    onChanges: (changes) => batches.push(changes.length),
    wall: () => {
      wall += 5;
      return wall;
    },
  });
  assert.equal(batches, [256, 256, 256, 232]); // As much as is read between two looks at the clock.
  await catalogue.close();
});

test.run();
