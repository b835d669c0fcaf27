import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { codedName, Paths } from "./paths.ts";
import { syntheticPath } from "./testing.ts";

const utf8 = new TextEncoder();

/** As the index does it. */
function add(paths: Paths, path: string): number {
  const slash = path.lastIndexOf("/");
  const folder = utf8.encode(slash < 0 ? "" : path.slice(0, slash));
  const name = codedName(paths.addFolder(folder, 0, folder.length), path.slice(slash + 1));
  const bytes = utf8.encode(name);
  return paths.add(bytes, 0, bytes.length);
}

test("100,000 paths of 85 characters are found and told as by a Map", () => {
  const paths = new Paths();
  const oracle = new Map<string, number>();
  let characters = 0;
  for (let i = 0; i < 100_000; i++) {
    const path = syntheticPath(i);
    characters += path.length;
    assert.is(add(paths, path), i);
    oracle.set(path, i);
  }
  assert.is(Math.round(characters / 100_000), 82); // 85 with 2.2 million, whose numbers are longer.
  assert.is(paths.length, 100_000);
  assert.is(paths.folders, 10_000);
  for (const [path, number] of oracle) {
    assert.is(paths.find(path), number);
    assert.is(paths.at(number), path);
  }
  for (let i = 100_000; i < 101_000; i++) assert.is(paths.find(syntheticPath(i)), -1);
});

test("any paths, with and without folders", () => {
  const part = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !text.includes("/"));
  const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
  fc.assert(
    fc.property(fc.array(path), fc.array(path), (added, others) => {
      const paths = new Paths();
      const oracle = new Map<string, number>();
      for (const each of added) {
        if (!oracle.has(each)) oracle.set(each, oracle.size);
        assert.is(add(paths, each), oracle.get(each));
      }
      for (const each of [...added, ...others]) assert.is(paths.find(each), oracle.get(each) ?? -1);
      for (const [each, number] of oracle) assert.is(paths.at(number), each);
    }),
  );
});

test("a folder is no path, and names alike in other folders are others", () => {
  const paths = new Paths();
  assert.equal(
    ["a/b", "b", "c/b", "a/b/c"].map((path) => add(paths, path)),
    [0, 1, 2, 3],
  );
  for (const none of ["a", "c", "", "/b", "a/", "a/b/", "c/b/c"]) assert.is(paths.find(none), -1);
});

test("numbers of folders of any size are kept", () => {
  const paths = new Paths();
  for (let i = 0; i < 16_500; i++) add(paths, `${i}/x`); // 16,384 is the first with three digits.
  for (const i of [0, 127, 128, 16_383, 16_384, 16_499]) {
    assert.is(paths.at(i), `${i}/x`);
    assert.is(paths.find(`${i}/x`), i);
  }
});

test.run();
