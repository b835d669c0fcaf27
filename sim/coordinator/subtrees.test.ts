import { test } from "uvu";
import * as assert from "uvu/assert";
import { Subtrees } from "./subtrees.ts";

const PATHS = [
  ...["pool/main/g/gcc/gcc.deb", "pool/main/b/bash/bash.deb", "pool/main/g/gawk.deb"],
  ...["README", "dists/stable/Release", "README", "pool/main/g", "pool/main/b/x", "a//b/c"],
  ...["/a/b/c.deb", "/a/b/d.deb"],
];

test("the parts of a repository are folders of three names, or what is above", () => {
  const subtrees = new Subtrees((file) => PATHS[file]);
  assert.equal(
    PATHS.map((_, file) => subtrees.of(file)),
    [0, 1, 0, 2, 3, 2, 0, 1, 4, 5, 5],
  );
});

test("parts are numbered in the order of their first files, whichever is asked for first", () => {
  const subtrees = new Subtrees((file) => PATHS[file]);
  assert.is(subtrees.of(4), 3);
  assert.is(subtrees.of(1), 1);
  assert.is(subtrees.of(7), 1);
});

test("no path is looked at before somebody asks, nor twice", () => {
  const looked: number[] = [];
  const subtrees = new Subtrees((file) => {
    looked.push(file);
    return PATHS[file];
  });
  assert.equal(looked, []);
  subtrees.of(2);
  subtrees.of(0);
  subtrees.of(3);
  assert.equal(looked, [0, 1, 2, 3]);
});

test.run();
