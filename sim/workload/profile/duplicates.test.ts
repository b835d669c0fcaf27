import { test } from "uvu";
import * as assert from "uvu/assert";
import { profileDuplicates } from "./duplicates.ts";
import { traceOfRows } from "./testing.ts";

const MB = 1e6;

test("both of a pair are identical to another; one of their two copies is redundant", () => {
  const { catalogue } = traceOfRows(
    [
      { size: 2 * MB, digest: 7 },
      { size: 2 * MB, digest: 7 },
      { size: 3 * MB, digest: 1 },
      { size: 20 * MB, digest: 2 },
      { size: 100, digest: 3 },
      { size: 100, digest: 3 },
      { size: 100, digest: 3 },
    ],
    [],
  );
  const [all, large, larger, largest] = profileDuplicates(catalogue) ?? [];
  assert.equal(
    { ...all, redundantBytes: Math.round(all.redundantBytes) },
    {
      from: 1,
      files: 7,
      bytes: 27 * MB + 300,
      identical: 5,
      identicalBytes: 4 * MB + 300,
      redundantBytes: 2 * MB + 200,
    },
  );
  assert.equal([large.files, large.identical], [4, 2]);
  assert.equal([larger.files, larger.identical, largest.files], [1, 0, 0]);
});

test("a log that knows no contents does not claim that there are no duplicates", () => {
  assert.is(profileDuplicates(traceOfRows([{ size: 1 }, { size: 1 }], []).catalogue), null);
});

test.run();
