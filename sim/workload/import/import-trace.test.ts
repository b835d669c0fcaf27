import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../../engine/input-error.ts";
import { formatNamed } from "./detect-log.ts";
import { LOG_FORMATS } from "./formats.ts";
import { type ImportOptions, importTrace } from "./import-trace.ts";

const test = suite("import-trace", { folder: "" });
test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "import-"));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

const OPTIONS: ImportOptions = {
  format: null,
  as: null,
  catalogues: [],
  maxBad: 0,
  mergeWithin: 0,
  key: null,
};

const line = (second: number, host: string, path: string, bytes = 490) =>
  `${host} - - [17/May/2015:08:05:${second} +0000] "GET ${path} HTTP/1.1" 200 ${bytes}\n`;

function writer(folder: string) {
  return (name: string, content: string | Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
}

async function problemOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    assert.instance(error, InputError);
    return (error as Error).message.replaceAll(/\S*\/import-\w+\//g, "");
  }
  return "";
}

async function access(paths: readonly string[], options: Partial<ImportOptions> = {}) {
  const imported = await importTrace(paths, { ...OPTIONS, ...options });
  if (imported.trace.kind !== "access") throw new Error("got synchronisations");
  return { ...imported, trace: imported.trace };
}

test("rotated logs are read in order of time, whatever their names and packing", async ({
  folder,
}) => {
  const write = writer(folder);
  const paths = [
    write("a.log", line(30, "c", "/3")),
    write("b.log", gzipSync(line(10, "a", "/1"))),
    write("c.log", line(20, "b", "/2") + line(40, "b", "/4")),
  ];
  const { trace, logs, outOfOrder } = await access(paths);
  assert.equal(
    logs.map(({ path }) => path.slice(-5)),
    ["b.log", "c.log", "a.log"],
  );
  assert.equal([...trace.requests.time], [0, 10, 20, 30]);
  assert.equal([...trace.requests.file].map(trace.catalogue.path), ["/1", "/2", "/3", "/4"]);
  assert.is(outOfOrder, 1);
});

test("a session goes on in the next file", async ({ folder }) => {
  const write = writer(folder);
  const at = (second: number, text: string) => `2026/02/03 11:20:${second} [17] ${text}\n`;
  const paths = [
    write("1", at(10, "connect from a") + at(11, "rsync on debian/ from a")),
    write("2", at(20, "sent 9 bytes  received 1 bytes  total size 1") + at(30, "connect from b")),
  ];
  const { trace } = await importTrace(paths, { ...OPTIONS, as: "sync" });
  assert.is(trace.kind, "sync");
  if (trace.kind === "sync") assert.equal([trace.syncs, trace.duration[0]], [1, 10]);
});

test("numbers of visits count within their file, and lines of a log beside them by pauses", async ({
  folder,
}) => {
  const write = writer(folder);
  const start = Date.UTC(2015, 4, 17, 8, 5, 0) / 1000;
  const header = "unix_time,customer,path,bytes,visit\n";
  const paths = [
    write("late.csv", `${header}${start + 40},a,/1,9,1\n${start + 60},a,/2,9,1\n`),
    write("early.csv", `${header}${start + 10},a,/1,9,1\n${start + 50},a,/2,9,1\n`),
    write("x.log", line(20, "b", "/3") + line(30, "a", "/3")),
  ];
  const { trace } = await access(paths);
  assert.equal([...trace.requests.time], [0, 10, 20, 30, 40, 50]);
  // The early file's visit, b's and a's by pauses, the late file's.
  assert.equal([...trace.requests.visit], [0, 1, 2, 3, 0, 3]);
});

test("a catalogue tells sizes, contents and the files that nobody asked for", async ({
  folder,
}) => {
  const write = writer(folder);
  const log = write("x.log", line(10, "a", "/debian/pool/a_1_all.deb", 40));
  const entry = (path: string, size: number) => `Filename: ${path}\nSize: ${size}\nSHA256: s\n\n`;
  const packages = write(
    "Packages",
    entry("pool/a_1_all.deb", 100) + entry("pool/b_1_all.deb", 100),
  );
  const { trace, joined, catalogues } = await access([log], { catalogues: [packages] });
  assert.equal(joined, { found: 1, notFound: 0 });
  assert.is(catalogues[0].rows, 2);
  assert.equal([...trace.catalogue.size], [100, 100]);
  assert.equal([...trace.catalogue.digest], [0, 0]);
  assert.equal([...trace.requests.bytes], [40]);

  const alone = (await access([], { catalogues: [packages] })).trace;
  assert.equal([alone.catalogue.files, alone.requests.requests, alone.window], [2, 0, 0]);
  assert.is(alone.epoch, null);
});

test("clients have pseudonyms by the key, or their addresses without", async ({ folder }) => {
  const log = writer(folder)("x.log", line(10, "192.0.2.1", "/a"));
  assert.is((await access([log])).trace.customers.at(0), "192.0.2.1");
  const [one, again, other] = await Promise.all(
    ["k", "k", "l"].map(async (key) => {
      return (await access([log], { key: Buffer.from(key) })).trace.customers.at(0);
    }),
  );
  assert.match(one, /^[0-9a-f]{16}$/);
  assert.is(one, again);
  assert.is.not(one, other);
});

test("what the logs are must be known, and the same", async ({ folder }) => {
  const write = writer(folder);
  const log = write("x.log", line(10, "a", "/a"));
  const syncs = write("s.csv", "time,node,files,bytes,duration\n1,n,1,1,1\n");
  const names = LOG_FORMATS.map(({ name }) => name).join(", ");
  assert.is(
    await problemOf(importTrace([write("y", "hello\n")], OPTIONS)),
    `y: expected a log of a known format; got lines like "hello"; known: ${names}`,
  );
  assert.is(
    await problemOf(importTrace([log, syncs], OPTIONS)),
    "s.csv: expected access rows as from x.log; got sync rows; see --as",
  );
  assert.is(
    await problemOf(importTrace([log], { ...OPTIONS, format: formatNamed("squid") })),
    [
      "x.log: expected at most 0 % of the lines to be unreadable as squid; got 1 of 1 (100 %); " +
        "maxBad, or --max-bad, allows more",
      `x.log: line 1: expected time elapsed client code/status bytes method URL user peer type; got others: ${JSON.stringify(line(10, "a", "/a").trim())}`,
    ].join("\n"),
  );
  assert.is(
    await problemOf(importTrace([log], { ...OPTIONS, format: formatNamed("squid"), as: "sync" })),
    "x.log: expected a format with sync rows; got squid",
  );
  assert.is(
    await problemOf(importTrace([syncs], { ...OPTIONS, catalogues: [log] })),
    "expected no catalogue with a log of synchronisations; got one",
  );
  assert.throws(() => formatNamed("apache"), `unknown format: apache; known: ${names}`);
});

test("a log without rows of one kind points to the other", async ({ folder }) => {
  const log = writer(folder)("r.log", "2026/02/03 11:20:10 [17] connect from 192.0.2.1\n");
  assert.is(
    await problemOf(importTrace([log], OPTIONS)),
    "r.log: expected at least one download; got 1 × message of the daemon; see --as sync",
  );
});

test("each file may have its share of bad lines", async ({ folder }) => {
  const write = writer(folder);
  const good = write("a.log", line(10, "a", "/a").repeat(99));
  const bad = write("b.log", `${line(20, "a", "/a")}bad\n`);
  const { logs } = await access([good, bad], { maxBad: 0.5 });
  assert.equal(
    logs.map((log) => log.bad),
    [0, 1],
  );
  assert.match(
    await problemOf(access([good, bad], { maxBad: 0.4 })),
    /^b\.log: expected at most 40 %/,
  );
});

test.run();
