import { test } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../engine/input-error.ts";
import { parseExtract } from "./extract.ts";
import { readText } from "./files/text.ts";

const HEADER = "suite\tpackage\tversion\tarchitecture\tsize\tsha256_16\tpriority\tset\tupdates";
const OLD = "bookworm\tapt\t2.6.1\tamd64\t1372852\t6ea03cbbc7a7bfce\trequired\tbase\t";
const NEW = "bookworm-security\tapt\t2.6.2\tamd64\t1373116\t796fc7fe18866f5b\trequired\tbase\tapt";

const debian12 = readText("traces/debian-12.tsv.gz");
const rows = debian12
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => line.split("\t"));

function problemsOf(text: string): readonly string[] {
  try {
    parseExtract(text, "x.tsv");
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

test("an update names the package it replaces and becomes its row", () => {
  assert.equal(parseExtract(`${[HEADER, OLD, NEW].join("\n")}\n`, "x.tsv"), [
    {
      package: "apt",
      version: "2.6.1",
      architecture: "amd64",
      size: 1372852,
      digest: "6ea03cbbc7a7bfce",
      base: true,
    },
    {
      package: "apt",
      version: "2.6.2",
      architecture: "amd64",
      size: 1373116,
      digest: "796fc7fe18866f5b",
      base: true,
      updates: 0,
    },
  ]);
});

test("every problem is reported with its line", () => {
  const broken = [OLD.replace("1372852", "0"), NEW.replace(/apt$/, "atp"), "a\tb", OLD];
  assert.equal(problemsOf([HEADER, ...broken].join("\n")), [
    'x.tsv: line 2: expected a size in bytes; got "0"',
    "x.tsv: line 3: unknown package: atp",
    "x.tsv: line 4: expected 9 fields; got 2",
    "x.tsv: line 5: duplicate package: apt",
  ]);
  assert.match(problemsOf("size\n1")[0], "x.tsv: line 1: expected the columns suite, package");
  assert.equal(problemsOf(`${HEADER}\n`), ["x.tsv: expected at least one package; got none"]);
});

test("the Debian 12 extract has 265 base packages, 27 of them updated", () => {
  const extract = parseExtract(debian12, "traces/debian-12.tsv.gz");
  const base = extract.filter((file) => file.base);
  assert.is(base.filter((file) => file.updates === undefined).length, 265);
  assert.is(base.filter((file) => file.updates !== undefined).length, 27);
});

test("an update of the Debian 12 extract is another file than what it replaces", () => {
  const extract = parseExtract(debian12, "traces/debian-12.tsv.gz");
  const updates = extract.filter((file) => file.updates !== undefined);
  assert.is(updates.length, 165);
  for (const { updates: old, version, digest } of updates) {
    assert.is.not(version, extract[old ?? -1].version);
    assert.is.not(digest, extract[old ?? -1].digest);
  }
});

// Expected: the whole index, 63,436 packages of bookworm for amd64 and all. Printed by
// `zcat catalog.tsv.gz | awk '$1 == "bookworm"'` and sorting by size.
test("the sample's sizes are distributed as the index's", () => {
  const sizes = rows
    .filter(([suite, , , , , , , set]) => suite === "bookworm" && set === "sample")
    .map(([, , , , size]) => Number(size))
    .sort((a, b) => a - b);
  const isNear = (actual: number, expected: number, tolerance: number) =>
    assert.ok(Math.abs(actual / expected - 1) < tolerance, `${actual} is not ${expected}`);

  isNear(sizes.filter((size) => size < 1_000_000).length / sizes.length, 0.8722, 0.01);
  isNear(sizes.reduce((sum, size) => sum + size) / sizes.length, 1_498_846, 0.05);
  const quantiles = [
    [0.1, 7_824],
    [0.25, 17_824],
    [0.5, 59_164],
    [0.75, 295_848],
    [0.9, 1_452_308],
    [0.99, 21_925_104],
  ] as const;
  for (const [share, expected] of quantiles) {
    isNear(sizes[Math.floor(sizes.length * share)], expected, 0.05);
  }
});

test.run();
