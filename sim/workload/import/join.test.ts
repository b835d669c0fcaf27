import { test } from "uvu";
import * as assert from "uvu/assert";
import { joinCatalogue } from "./join.ts";
import { FileTable } from "./tables/file-table.ts";

function table(files: Readonly<Record<string, number | null>>): FileTable {
  const made = new FileTable();
  for (const [path, size] of Object.entries(files)) {
    const file = made.paths.numberOf(path);
    if (size !== null) made.state(file, { size });
  }
  return made;
}

test("a log's file is that of the catalogue at the end of its path; others are added", () => {
  const log = table({ "/debian/pool/a.deb": null, "/pool/b.deb": null, "/x": null, y: null });
  const joined = joinCatalogue(
    log,
    table({ "pool/a.deb": 1, "/pool/b.deb": 2, y: 3, "pool/c.deb": 4 }),
  );
  assert.equal(joined, { found: 3, notFound: 1 });
  assert.equal(
    [0, 1, 2, 3, 4].map((file) => log.size(file)),
    [1, 2, Number.NaN, 3, 4],
  );
  assert.is(log.paths.at(4), "pool/c.deb");
  assert.is(log.length, 5);
});

test("the longest end counts, and no part of a name does", () => {
  const log = table({ "/a/b/c": null, "/xa": null });
  joinCatalogue(log, table({ c: 1, "b/c": 2, a: 3 }));
  assert.is(log.size(0), 2);
  assert.ok(Number.isNaN(log.size(1)));
});

test.run();
