import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../../../engine/input-error.ts";
import type { OpenReader } from "../catalogue.ts";
import { NOW, TestTree } from "../testing.ts";
import { LocalReader } from "../tree/local-reader.ts";

const test = suite<{ tree: TestTree }>("the index on disk");

test.before.each((context) => {
  context.tree = new TestTree();
});
test.after.each(({ tree }) => tree.delete());

/** What a catalogue knows from its index alone. */
async function known(tree: TestTree) {
  const catalogue = await tree.open({ md4: true });
  const files = Array.from({ length: catalogue.count }, (_, file) => [
    ...[catalogue.path(file), catalogue.has(file), catalogue.size(file), catalogue.modified(file)],
    ...[hex(catalogue.sha256(file)), hex(catalogue.md4(file))],
  ]);
  const { version } = catalogue;
  await catalogue.close();
  return { version, files };
}

const hex = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString("hex");

async function scanned(tree: TestTree): Promise<void> {
  const catalogue = await tree.open({ md4: true });
  await catalogue.scan();
  await catalogue.close();
}

async function failure(tree: TestTree): Promise<string> {
  try {
    await (await tree.open()).close();
  } catch (error) {
    assert.instance(error, InputError);
    return (error as Error).message.replace(tree.folder, "");
  }
  return "none";
}

const REMEDY = "put a copy of it in its place, or begin with an empty state folder";

test("an end that is torn at any byte is cut off, and all before it kept", async ({ tree }) => {
  tree.write("a/one", "1");
  await scanned(tree);
  const before = await known(tree);
  const file = join(tree.index, "index");
  const start = readFileSync(file).length;
  tree.write("b/two", "2");
  await scanned(tree);
  const after = await known(tree);
  const whole = readFileSync(file);
  assert.is(whole.length - start, 16 + 8 + 88); // Frame, folder, file.
  for (let end = start; end < whole.length; end++) {
    writeFileSync(file, whole.subarray(0, end));
    assert.equal(await known(tree), before, `torn at ${end}`);
    assert.is(readFileSync(file).length, start);
  }
  // As a file system may leave it: as long as it was to be, with zeros where nothing was written.
  for (let end = start; end < whole.length - 8; end += 16) {
    const holed = Buffer.from(whole);
    holed.fill(0, end);
    writeFileSync(file, holed);
    assert.equal(await known(tree), before);
  }
  await scanned(tree); // And it goes on from there.
  assert.equal(await known(tree), after);
});

test("a wrong byte gives an error or what was before, never another digest", async ({ tree }) => {
  const file = join(tree.index, "index");
  const states = [await known(tree)];
  let last = 0;
  for (let i = 0; i < 2; i++) {
    last = readFileSync(file).length;
    tree.write(`file${i}`, `${i}`);
    await scanned(tree);
    states.push(await known(tree));
  }
  const whole = readFileSync(file);
  const property = fc.asyncProperty(
    fc.nat(whole.length - 1),
    fc.integer({ min: 1, max: 255 }),
    async (at, bits) => {
      const wrong = Buffer.from(whole);
      wrong[at] ^= bits;
      writeFileSync(file, wrong);
      try {
        assert.equal(await known(tree), states[1]);
        assert.ok(at >= last, `byte ${at} is before ${last}`);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        assert.ok(at < last, `byte ${at} is not before ${last}`);
      }
    },
  );
  await fc.assert(property, { numRuns: 100 });
});

test("damage before the last batch is an error, for numbers would be given twice", async ({
  tree,
}) => {
  tree.write("a", "1");
  await scanned(tree);
  const file = join(tree.index, "index");
  const first = readFileSync(file).length;
  tree.write("b", "2");
  await scanned(tree);
  const bytes = readFileSync(file);
  bytes[first - 1] ^= 1;
  writeFileSync(file, bytes);
  const head = first - (16 + 8 + 88); // Frame, folder, file.
  assert.is(await failure(tree), `/state/index: damaged at byte ${head}; ${REMEDY}`);
  assert.equal(readFileSync(file), bytes); // Nothing was cut off.
});

test("an index of another root, another format or none at all is a clear error", async ({
  tree,
}) => {
  await scanned(tree);
  const file = join(tree.index, "index");
  const other = join(tree.folder, "other");
  mkdirSync(other);
  const good = readFileSync(file);
  const got = await tree.open({ root: other }).catch((error) => error);
  assert.instance(got, InputError);
  assert.is(
    got.message,
    `${file}: expected the files of ${other}; got those of ${tree.root}: give that root, or another folder for the index`,
  );
  writeFileSync(file, good.toString("latin1").replace("index 1", "index 2"), "latin1");
  assert.is(
    await failure(tree),
    '/state/index: expected "mirrorlab-index 1" at its start; got "mirrorlab-index 2"',
  );
  for (const bytes of ["", "a\nb"]) {
    writeFileSync(file, bytes);
    assert.match(
      await failure(tree),
      /^\/state\/index: expected "mirrorlab-index 1" at its start; got "/,
    );
  }
  truncateSync(file, 0);
  appendFileSync(file, good.subarray(0, good.length - 1));
  assert.is(await failure(tree), `/state/index: its head is damaged; ${REMEDY}`);
});

test("what a full disk refuses has never been, and is written when there is room", async ({
  tree,
}) => {
  tree.write("a", "1");
  const catalogue = await tree.open({ md4: true });
  await catalogue.scan();
  tree.told(catalogue);
  tree.write("folder/b", "2");
  const probe = await open(join(tree.index, "index"));
  const handles = Object.getPrototypeOf(probe);
  await probe.close();
  const { write } = handles;
  let writes = 0;
  handles.write = function (bytes: Uint8Array, offset: number, length: number, position: number) {
    if (writes++ > 0)
      return Promise.reject(Object.assign(new Error("no space"), { code: "ENOSPC" }));
    return write.call(this, bytes, offset, Math.min(length, 50), position);
  };
  try {
    assert.is(await catalogue.scan().catch((error) => error.code), "ENOSPC");
  } finally {
    handles.write = write;
  }
  assert.equal([catalogue.count, catalogue.version, tree.changes], [1, NOW + 1, []]);
  copyFileSync(join(tree.index, "index"), join(tree.folder, "killed"));
  tree.write("folder/a", "3"); // Comes before the one that was refused, and so has its number.
  await catalogue.scan();
  assert.equal(tree.told(catalogue), ["added folder/a", "added folder/b"]);
  assert.equal([catalogue.find("folder/a"), catalogue.version], [1, NOW + 2]);
  await catalogue.close();
  const { files } = await known(tree);
  assert.equal(
    files.map(([path]) => path),
    ["a", "folder/a", "folder/b"],
  );
  copyFileSync(join(tree.folder, "killed"), join(tree.index, "index"));
  assert.is((await known(tree)).files.length, 1);
});

test("an index that is mostly dead is written anew, and says the same", async ({ tree }) => {
  for (let i = 0; i < 1000; i++) tree.write(`folder${i % 3}/${i}`, `${i}`);
  tree.write("gone", "");
  let round = 0;
  // Each scan finds all files to be others than before.
  const openReader: OpenReader = async (options, onBytes) => {
    const reader = await LocalReader.open(options, onBytes);
    const turn = <T extends { readonly stamps: Uint32Array } | null>(of: T): T => {
      of?.stamps.forEach((stamp, i) => {
        of.stamps[i] = stamp + round;
      });
      return of;
    };
    return {
      next: async () => turn(await reader.next()),
      digest: async (paths) => turn(await reader.digest(paths)),
      close: () => reader.close(),
    };
  };
  const catalogue = await tree.open({ md4: true, openReader });
  await catalogue.scan();
  tree.remove("gone");
  const file = join(tree.index, "index");
  for (; readFileSync(file).length < 1_300_000; round++) await catalogue.scan();
  await catalogue.close();
  const first = await known(tree);
  const { length } = readFileSync(file);
  assert.is(length, lengthAnew(tree));
  assert.not(existsSync(`${file}.new`));
  assert.equal(await known(tree), first);
  assert.is(first.files.length, 1001);
  assert.equal(first.files.at(-1)?.slice(0, 2), ["gone", false]);
  const one = first.files.find(([path]) => path === "folder1/1");
  assert.is(one?.at(-1), "8be1ec697b14ad3a53b371436120641d"); // Carried over from the old one.

  // It goes on, and knows since when.
  round = round - 1;
  const again = await tree.open({ md4: true, openReader });
  assert.is((await again.scan()).bytes, 0);
  assert.equal([...(again.changedSince(NOW + 1) ?? [])], [1000]);
  tree.write("gone", "back");
  await again.scan();
  assert.equal([again.find("gone"), again.version], [1000, first.version + 1]);
  await again.close();
  assert.is((await known(tree)).files.length, 1001);
});

/** The head, one frame, four folders, 1001 files with names of at most 8 bytes, all of 88. */
function lengthAnew(tree: TestTree): number {
  const head = Math.ceil(JSON.stringify({ root: tree.root, born: NOW }).length / 8) * 8;
  return 24 + 16 + head + 16 + 3 * 16 + 8 + 1001 * 88;
}

test("an index that was lost is made anew, with versions that have never been", async ({
  tree,
}) => {
  tree.write("a", "1");
  await scanned(tree);
  const { version } = await known(tree);
  writeFileSync(join(tree.index, "index.new"), "half"); // Of a machine that lost power while it wrote.
  tree.wall += 10;
  const elsewhere = await tree.open({ index: join(tree.folder, "elsewhere") });
  await elsewhere.scan();
  assert.ok(elsewhere.version > version);
  await elsewhere.close();
  assert.is((await known(tree)).version, version);
});

test.run();
