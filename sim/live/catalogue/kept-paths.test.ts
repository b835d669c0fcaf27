import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { keptPaths } from "./kept-paths.ts";
import { TestTree } from "./testing.ts";

test("paths are read from an index that is being written, which stays as it is", async () => {
  const tree = new TestTree();
  tree.write("pool/a.deb", "a");
  tree.write("pool/b.deb", "b");
  const catalogue = await tree.open();
  await catalogue.scan();
  tree.remove("pool/a.deb");
  await catalogue.scan();
  const file = join(tree.index, "index");
  appendFileSync(file, "half a frame");
  const bytes = readFileSync(file);
  const pathOf = keptPaths(tree.index);
  const all = [0, 1, 2].map((number) => pathOf(number));
  assert.equal(all, [catalogue.path(0), catalogue.path(1), undefined]);
  assert.equal(all.slice(0, 2).sort(), ["pool/a.deb", "pool/b.deb"]);
  assert.equal(readFileSync(file), bytes);
  await catalogue.close();
  tree.delete();
});

test.run();
