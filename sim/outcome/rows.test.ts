import { readFileSync } from "node:fs";
import { csvParseRows } from "d3-dsv";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { numberedRuns, variedExperiment } from "../runner/testing.ts";
import { rowFiles } from "./rows.ts";

const experiment = variedExperiment(
  "{ dispatch: origin-only }",
  `  interval: { field: system.tracker.interval, values: [1 min, 30 min] }
  count: { field: system.volunteers.a.count, values: [2, 9] }
`.replace("count:", "machines:"),
);
const runs = numberedRuns(experiment);
const undefinedOnce = runs.map((cellRuns, at) =>
  at > 0
    ? cellRuns
    : {
        ...cellRuns,
        runs: cellRuns.runs.map((run) => ({
          ...run,
          visits: Float64Array.of(43_200, 0.1),
          delays: Float64Array.of(0.1 + 0.2, 2 ** 60),
          metrics: { ...run.metrics, "delay.mean": null },
        })),
      },
);
const files = rowFiles(experiment, undefinedOnce);

const asBuffer = (name: string): ArrayBuffer => {
  const content = files.get(name);
  if (typeof content === "string" || content === undefined) throw new Error(`no ${name}`);
  return Uint8Array.from(content).buffer;
};

const NAMES = [
  ...["replications", "server-rate", "visit-times", "delay"],
  ...["load", "sync-hours", "decisions"],
];

test("each table is there as CSV and as Parquet", () => {
  assert.equal(
    [...files.keys()],
    NAMES.flatMap((name) => [`${name}.csv`, `${name}.parquet`]),
  );
});

test("both hold the same rows, with every digit, and nothing where nothing is defined", async () => {
  for (const name of NAMES) {
    const rows = await parquetReadObjects({ file: asBuffer(`${name}.parquet`) });
    const [header, ...lines] = csvParseRows(String(files.get(`${name}.csv`)));
    const shown = rows.map((row) => header.map((column) => String(row[column] ?? "")));
    assert.equal(shown, lines, name);
    assert.ok(rows.length > 0, name);
  }
  assert.match(String(files.get("replications.csv")), /delay\.mean,s,$/m);
  assert.match(String(files.get("delay.csv")), /,0\.30000000000000004$/m);
  assert.match(String(files.get("visit-times.csv")), /,0,43200\n.*,0\.005,0\.1$/m);
});

test("columns have types: an axis of numbers is one, an axis with units is text", () => {
  const typesOf = (name: string) => {
    const [, ...columns] = parquetMetadata(asBuffer(name)).schema;
    return columns.map((column) => `${column.name} ${column.type}`);
  };
  const head = [
    "interval BYTE_ARRAY",
    "machines DOUBLE",
    "policies BYTE_ARRAY",
    "replication INT64",
  ];
  assert.equal(typesOf("delay.parquet"), [...head, "share DOUBLE", "delay_s DOUBLE"]);
  assert.equal(typesOf("decisions.parquet"), [...head, "reason BYTE_ARRAY", "count INT64"]);
  assert.equal(typesOf("load.parquet").slice(4), [
    "volunteer INT64",
    "class BYTE_ARRAY",
    "load DOUBLE",
  ]);
});

test("experiments/rows.md tells of every table and column", () => {
  const page = readFileSync(new URL("../../experiments/rows.md", import.meta.url), "utf8");
  const axes = ["interval", "machines"];
  for (const name of NAMES) {
    const [header] = csvParseRows(String(files.get(`${name}.csv`)));
    for (const word of [name, ...header.filter((column) => !axes.includes(column))]) {
      assert.ok(page.includes(`\`${word}\``), word);
    }
  }
});

test("the same runs give the same bytes", () => {
  assert.equal(rowFiles(experiment, undefinedOnce), files);
});

test.run();
