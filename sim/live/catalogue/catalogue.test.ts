import { existsSync, renameSync, symlinkSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { OpenReader } from "./catalogue.ts";
import { failure, MODIFIED, NOW, TestTree } from "./testing.ts";
import { LocalReader } from "./tree/local-reader.ts";

const test = suite<{ tree: TestTree }>("Catalogue");

test.before.each((context) => {
  context.tree = new TestTree();
});
test.after.each(({ tree }) => tree.delete());

const hex = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString("hex");
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const MD4_OF_ABC = "a448017aaf21d8525fc10ae87aa6729d";

test("files are numbered in the order of the walk, with all that is known of them", async ({
  tree,
}) => {
  tree.write("b", "abc");
  tree.write("a/c", "defg", MODIFIED + 1);
  const catalogue = await tree.open({ md4: true });
  assert.equal([catalogue.count, catalogue.version, catalogue.find("b")], [0, NOW, -1]);
  const { seconds, ...summary } = await catalogue.scan();
  assert.is(seconds, 0);
  assert.equal(summary, {
    ...{ files: 2, added: 2, changed: 0, removed: 0, touched: 0, waiting: 0, bytes: 7 },
    ...{ examples: [] },
    skipped: { hidden: 0, name: 0, outside: 0, loop: 0, dangling: 0, special: 0, unreadable: 0 },
  });
  assert.equal(tree.changes, [
    { kind: "added", file: 0 },
    { kind: "added", file: 1 },
  ]);
  assert.equal([catalogue.count, catalogue.there, catalogue.version], [2, 2, NOW + 1]);
  assert.equal(
    ["a/c", "b", "a", "c", ""].map((path) => catalogue.find(path)),
    [0, 1, -1, -1, -1],
  );
  assert.equal(
    [catalogue.path(0), catalogue.size(0), catalogue.modified(0)],
    ["a/c", 4, MODIFIED + 1],
  );
  assert.is(catalogue.location(0), join(tree.root, "a/c"));
  assert.is(hex(catalogue.sha256(1)), ABC);
  assert.is(hex(catalogue.md4(1)), MD4_OF_ABC);
  assert.equal(
    [-1, 0, 1, 2].map((file) => catalogue.has(file)),
    [false, true, true, false],
  );
  assert.is(catalogue.md4(2), null);
  await catalogue.close();
});

test("what changes, goes and comes again is told, and keeps its number", async ({ tree }) => {
  for (const name of ["a", "b", "c"]) tree.write(name, name);
  const catalogue = await tree.open();
  await catalogue.scan();
  tree.told(catalogue);

  tree.write("a", "other");
  tree.remove("b");
  tree.write("aa", "new");
  const { added, changed, removed } = await catalogue.scan();
  assert.equal([added, changed, removed], [1, 1, 1]);
  assert.equal(tree.told(catalogue), ["changed a", "added aa", "removed b"]);
  assert.equal([catalogue.find("b"), catalogue.has(1), catalogue.there], [-1, false, 3]);
  assert.equal([catalogue.size(0), catalogue.find("aa"), catalogue.path(1)], [5, 3, "b"]);

  tree.write("b", "again");
  await catalogue.scan();
  assert.equal(tree.told(catalogue), ["added b"]);
  assert.equal([catalogue.find("b"), catalogue.size(1), catalogue.count], [1, 5, 4]);
  assert.is(catalogue.version, NOW + 3); // One more with each batch.
  assert.is((await catalogue.scan()).bytes, 0);
  assert.is(catalogue.version, NOW + 3);
  await catalogue.close();
});

test("after a restart nothing is read that has not changed", async ({ tree }) => {
  for (let i = 0; i < 20; i++) tree.write(`folder/${i}`, `${i}`.repeat(10));
  const first = await tree.open({ md4: true });
  assert.is((await first.scan()).bytes, 10 * 10 + 10 * 20);
  await first.close();
  tree.changes.length = 0;

  tree.write("folder/7", "another");
  const second = await tree.open({ md4: true });
  assert.equal([second.count, second.version], [20, NOW + 1]);
  const file = second.find("folder/12");
  assert.equal([second.size(file), second.modified(file)], [20, MODIFIED]);
  assert.is(hex(second.sha256(file)), hex(first.sha256(file)));
  assert.is(hex(second.md4(file))?.length, 32);
  assert.is((await second.scan()).bytes, 7);
  assert.equal(tree.told(second), ["changed folder/7"]);
  await second.close();
});

test("a file of the same size and time that is another file is noticed", async ({ tree }) => {
  tree.write("a", "abc");
  const catalogue = await tree.open();
  await catalogue.scan();
  tree.write("b", "xyz");
  renameSync(join(tree.root, "b"), join(tree.root, "a"));
  await catalogue.scan();
  assert.equal(tree.told(catalogue), ["added a", "changed a"]);
  await catalogue.close();
});

test("MD4 that is asked for later is taken then, and told to nobody", async ({ tree }) => {
  tree.write("a", "abc");
  const first = await tree.open();
  await first.scan();
  assert.is(first.md4(0), null);
  await first.close();
  tree.changes.length = 0;
  const second = await tree.open({ md4: true });
  assert.is(second.md4(0), null);
  assert.is((await second.scan()).touched, 1);
  assert.is(hex(second.md4(0)), MD4_OF_ABC);
  assert.equal([tree.changes, second.version], [[], NOW + 1]);
  assert.is((await second.scan()).bytes, 0);
  await second.close();
  const third = await tree.open({ md4: false });
  assert.is(third.md4(0), null);
  await third.close();
});

test("files with the same bytes are found, as they come, change and go", async ({ tree }) => {
  for (const path of ["a1", "c1", "d1"]) tree.write(path, "0");
  tree.write("b2", "1");
  tree.write("empty1", "");
  tree.write("empty2", "");
  const catalogue = await tree.open();
  await catalogue.scan();
  const alike = (path: string) =>
    catalogue.identical(catalogue.find(path)).map((file) => catalogue.path(file));
  assert.equal(alike("a1"), ["c1", "d1"]);
  assert.equal(alike("d1"), ["a1", "c1"]);
  assert.equal(alike("b2"), []);
  assert.equal(alike("empty1"), ["empty2"]);
  tree.write("b2", "0", MODIFIED + 1);
  tree.write("c1", "9", MODIFIED + 1);
  tree.write("e9", "9");
  tree.remove("d1");
  await catalogue.scan();
  assert.equal(
    [alike("a1"), alike("b2"), alike("c1"), alike("e9")],
    [["b2"], ["a1"], ["e9"], ["c1"]],
  );
  assert.equal(catalogue.identical(3), []); // Gone.
  tree.write("c1", "0", MODIFIED + 2);
  await catalogue.scan();
  assert.equal(alike("a1"), ["b2", "c1"]); // Once, though it was known so before.
  await catalogue.close();
});

test("what has changed since a version is told, also to who has heard of nothing", async ({
  tree,
}) => {
  for (const name of ["a", "b", "c"]) tree.write(name, name);
  const first = await tree.open();
  await first.scan();
  const [version, count] = [first.version, first.count];
  tree.write("a", "other");
  tree.remove("b");
  tree.write("d", "d");
  tree.write("e", "e");
  await first.scan();
  tree.write("b", "again");
  tree.remove("c");
  tree.remove("e");
  await first.scan();
  await first.close();

  const catalogue = await tree.open();
  const since = (from: number, known: number) => {
    const changes = catalogue.changesSince(from, known);
    return changes && [...changes].map(({ kind, file }) => `${kind} ${catalogue.path(file)}`);
  };
  assert.equal([...(catalogue.changedSince(version) ?? [])], [0, 1, 2, 3, 4]);
  assert.equal([...(catalogue.changedSince(version + 1) ?? [])], [1, 2, 4]);
  assert.equal([...(catalogue.changedSince(version + 2) ?? [])], []);
  assert.equal([...(catalogue.changedSince(NOW) ?? [])].length, 5);
  assert.is(catalogue.changedSince(NOW - 1), null);
  assert.is(catalogue.changedSince(catalogue.version + 1), null);

  assert.equal(since(version, count), [
    "changed a",
    "removed b",
    "added b",
    "removed c",
    "added d",
  ]);
  assert.equal(since(0, 0), ["added a", "added b", "added d"]);
  assert.equal(since(catalogue.version, 5), []);
  assert.is(since(NOW - 1, 3), null);
  assert.is(since(version, 6), null);
  await catalogue.close();
});

test("who asks while a scan runs shares the one behind it", async ({ tree }) => {
  tree.write("a", "abc");
  let walks = 0;
  const openReader: OpenReader = (options, onBytes) => {
    walks++;
    return LocalReader.open(options, onBytes);
  };
  const catalogue = await tree.open({ openReader });
  const first = catalogue.scan();
  const [second, third] = [catalogue.scan(), catalogue.scan()];
  assert.is(second, third);
  assert.is.not(first, second);
  assert.is((await first).added, 1);
  assert.is((await second).added, 0);
  assert.is(walks, 2);
  await catalogue.scan();
  assert.is(walks, 3);
  await catalogue.close();
});

test("a scan that fails keeps none behind it from trying", async ({ tree }) => {
  tree.write("a", "abc");
  let walks = 0;
  const openReader: OpenReader = (options, onBytes) => {
    if (walks++ === 0) throw new Error("no thread");
    return LocalReader.open(options, onBytes);
  };
  const catalogue = await tree.open({ openReader });
  const [first, second] = [catalogue.scan(), catalogue.scan()];
  assert.is(await first.catch((error) => error.message), "no thread");
  assert.is((await second).added, 1);
  await catalogue.close();
});

test("closing ends a scan that runs, and those behind it", async ({ tree }) => {
  tree.write("a", "abc");
  let end = () => {};
  const openReader: OpenReader = async () => ({
    next: () =>
      new Promise((_, reject) => {
        end = () => reject(new Error("ended"));
      }),
    digest: () => Promise.reject(new Error("never asked")),
    close: async () => end(),
  });
  const catalogue = await tree.open({ openReader });
  const scans = [catalogue.scan(), catalogue.scan()].map((scan) =>
    scan.catch((error) => error.message),
  );
  await new Promise(setImmediate);
  await catalogue.close();
  const [first, second] = await Promise.all(scans);
  assert.match(first, /got "ended"$/);
  assert.is(second, "the catalogue is closed");
});

test("changes are handed out when they are on the disk, and not before", async ({ tree }) => {
  tree.write("a", "abc");
  const order: string[] = [];
  const catalogue = await tree.open({ onChanges: () => order.push("told") });
  const probe = await open(join(tree.root, "a"));
  const handles = Object.getPrototypeOf(probe);
  await probe.close();
  const { datasync } = handles;
  handles.datasync = async function () {
    await datasync.call(this);
    order.push(`on the disk, ${catalogue.count} known`);
  };
  try {
    await catalogue.scan();
  } finally {
    handles.datasync = datasync;
  }
  assert.equal(order, ["on the disk, 0 known", "told"]);
  await catalogue.close();
});

test("folders that cannot be used are clear errors", async ({ tree }) => {
  const at = (root: string, index = tree.index) => failure(tree.open({ root, index }));
  tree.write("file", "");
  const none = join(tree.root, "none");
  const file = join(tree.root, "file");
  assert.is(await at(none), `${none}: expected a folder; got nothing`);
  assert.is(await at(file), `${file}: expected a folder; got a file`);
  for (const inside of [tree.root, join(tree.root, "x/y")]) {
    assert.is(
      await at(tree.root, inside),
      `${inside}: expected a folder outside of ${tree.root}, whose files are published`,
    );
  }
  symlinkSync(tree.root, join(tree.folder, "link"));
  assert.match(await at(tree.root, join(tree.folder, "link/x")), /expected a folder outside/);
  const catalogue = await tree.open({ index: `${tree.root}-index` }); // A neighbour is not inside.
  await catalogue.close();
  assert.not(existsSync(join(tree.root, "x")));
});

test.run();
