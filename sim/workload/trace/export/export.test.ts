import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { importTrace } from "../../import/import-trace.ts";
import { namesOf } from "../names.ts";
import { anyAccessTrace, anyTrace } from "../testing.ts";
import type { AccessTrace, SyncTrace, Trace } from "../trace.ts";
import { exportTrace } from "./export-trace.ts";
import { tableOf } from "./table.ts";

const test = suite("export", { folder: "" });
test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "export-"));
});
test.after(({ folder }) => rmSync(folder, { recursive: true }));

const ACCESS: AccessTrace = {
  kind: "access",
  catalogue: {
    files: 2,
    size: Float64Array.of(40, 2 ** 40),
    digest: Uint32Array.of(0, 1),
    release: Float64Array.of(1.5, Number.NEGATIVE_INFINITY),
    path: (file) => ['/a, "b".deb', "/c\n.iso"][file],
    kind: Uint8Array.of(1, 0),
    packageOf: Uint32Array.of(0, 1),
    distributionOf: Uint16Array.of(0, 0),
    packages: namesOf(["a.all", ""]),
    distributions: namesOf(["sid"]),
  },
  requests: {
    requests: 2,
    time: Float64Array.of(0, 2.25),
    customer: Uint32Array.of(1, 0),
    file: Uint32Array.of(0, 1),
    bytes: Float64Array.of(40, 7),
    visit: Uint32Array.of(0, 1),
    status: Uint16Array.of(200, 206),
  },
  customers: namesOf(["ä", "c1"]),
  window: 10,
  epoch: 1770117607,
};

const SYNC: SyncTrace = {
  kind: "sync",
  syncs: 1,
  time: Float64Array.of(0.125),
  node: Uint32Array.of(0),
  files: Uint32Array.of(3),
  bytes: Float64Array.of(1000),
  duration: Float64Array.of(12.5),
  nodes: namesOf(["m"]),
  window: 20,
  epoch: null,
};

test("CSV has a row a request, with all that is known", ({ folder }) => {
  const path = join(folder, "new", "x.csv");
  assert.is(exportTrace(path, ACCESS), 2);
  assert.equal(readFileSync(path, "utf8").split("\n"), [
    "unix_time,customer,path,bytes,size,digest,kind,visit,status,package,distribution,release",
    '1770117607,c1,"/a, ""b"".deb",40,40,0,package,0,200,a.all,sid,1770117608.5',
    "1770117609.25,ä,/c .iso,7,1099511627776,1,image,1,206,,sid,",
    "",
  ]);
  exportTrace(path, SYNC);
  assert.equal(readFileSync(path, "utf8"), "time,node,files,bytes,duration\n0.125,m,3,1000,12.5\n");
});

/** The rows as values; whole numbers of Parquet are bigints. */
async function parquetRows(path: string): Promise<readonly object[]> {
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path) });
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === "bigint" ? Number(value) : value,
      ]),
    ),
  );
}

function tableRows(trace: Trace): readonly object[] {
  const { rows, columns } = tableOf(trace);
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(columns.map(({ name, at }) => [name, at(row)])),
  );
}

test("Parquet has the same rows", async ({ folder }) => {
  const path = join(folder, "x.parquet");
  for (const trace of [
    ACCESS,
    SYNC,
    { ...ACCESS, requests: { ...ACCESS.requests, requests: 0 } },
  ]) {
    exportTrace(path, trace);
    assert.equal(await parquetRows(path), tableRows(trace));
  }
  await fc.assert(
    fc.asyncProperty(anyTrace, async (trace) => {
      exportTrace(path, trace);
      assert.equal(await parquetRows(path), tableRows(trace));
    }),
    { seed: 3, numRuns: 100 },
  );
});

test("Parquet of several row groups has every row", async ({ folder }) => {
  const path = join(folder, "x.parquet");
  const syncs = 250_000;
  const rows = new Uint32Array(syncs).map((_, row) => row);
  const many = {
    ...SYNC,
    syncs,
    time: Float64Array.from(rows),
    node: new Uint32Array(syncs),
    files: rows,
    bytes: Float64Array.from(rows),
    duration: Float64Array.from(rows),
  };
  assert.is(exportTrace(path, many), syncs);
  const found = await parquetReadObjects({
    file: await asyncBufferFromFile(path),
    columns: ["files"],
  });
  assert.ok(found.every(({ files }, row) => Number(files) === row));
  assert.is(found.length, syncs);
});

const CSV = { format: null, as: null, catalogues: [], maxBad: 0, mergeWithin: 0, key: null };

test("what is written as CSV is imported with the same rows", async ({ folder }) => {
  const path = join(folder, "x.csv");
  for (const trace of [ACCESS, SYNC]) {
    exportTrace(path, trace);
    const { trace: found } = await importTrace([path], CSV);
    const comparable = (each: Trace) =>
      tableRows(each).map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            typeof value === "string" ? value.replace("\n", " ") : value,
          ]),
        ),
      );
    assert.equal(comparable(found), comparable(trace));
    assert.is(found.epoch, trace.epoch);
  }
});

test("visits come back as they were told, and none where none were", async ({ folder }) => {
  const path = join(folder, "visits.csv");
  await fc.assert(
    fc.asyncProperty(anyAccessTrace, async (trace) => {
      fc.pre(trace.requests.requests > 0);
      // A customer is known by its name there, and the times are not to be rounded.
      const { length } = trace.customers;
      const names = namesOf(Array.from({ length }, (_, customer) => `c${customer}`));
      const paths = { ...trace.catalogue, path: (file: number) => `/${file}` };
      const size = paths.size.map(() => 2 ** 41);
      exportTrace(path, {
        ...trace,
        customers: names,
        catalogue: { ...paths, size },
        epoch: null,
      });
      const { trace: found } = await importTrace([path], CSV);
      assert.is(found.kind, "access");
      if (found.kind !== "access") return;
      assert.equal(found.requests.visit, trace.requests.visit);
      assert.equal(
        [...found.requests.customer].map((each) => found.customers.at(each)),
        [...trace.requests.customer].map((each) => names.at(each)),
      );
    }),
    { seed: 11, numRuns: 100 },
  );
});

test("an unknown ending is an error", ({ folder }) => {
  assert.throws(
    () => exportTrace(join(folder, "x.json"), SYNC),
    /x\.json: expected a name that ends in \.csv or \.parquet; got another/,
  );
});

test.run();
