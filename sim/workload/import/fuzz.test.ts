/** Whatever is in a file, importers end, count every line and make a sound trace of the rest. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../../engine/input-error.ts";
import type { AccessTrace, SyncTrace, Trace } from "../trace/trace.ts";
import type { Account } from "./account.ts";
import { CATALOGUE_FORMATS } from "./catalogues.ts";
import { LOG_FORMATS } from "./formats.ts";
import { importTrace } from "./import-trace.ts";
import { readCatalogue } from "./read-catalogue.ts";
import { FileTable } from "./tables/file-table.ts";

const test = suite("fuzz", { path: "" });
test.before((context) => {
  context.path = join(mkdtempSync(join(tmpdir(), "fuzz-")), "x");
});
test.after(({ path }) => rmSync(join(path, ".."), { recursive: true }));

/** Sound lines of each format, and some that belong to it and give no row. */
const SEEDS: Readonly<Record<string, readonly string[]>> = {
  common: [
    '192.0.2.1 - - [03/Feb/2026:11:20:07 +0000] "GET /pool/a%2b.deb HTTP/1.1" 200 1372852 "-" "apt"',
    '2001:db8::7 - - [03/Feb/2026:11:20:08 +0100] "GET /a.iso HTTP/1.1" 206 10',
  ],
  "nginx-json": [
    '{"msec":"1770117607.250","remote_addr":"192.0.2.1","request":"GET /a HTTP/1.1","status":"206","body_bytes_sent":"7","request_time":"0.1","sent_http_content_range":"bytes 0-6/70"}',
  ],
  rsyncd: [
    "2026/02/03 11:20:00 [17] connect from mirror.example (192.0.2.1)",
    "2026/02/03 11:20:01 [17] send mirror.example [192.0.2.1] debian () pool/a 7",
    "2026/02/03 11:20:02 [17] sent 346 bytes  received 99 bytes  total size 32",
  ],
  xferlog: ["Thu Sep  4 09:57:00 2008 10 192.0.2.1 1234 /pub/a.iso b _ o a user@x ftp 0 * c"],
  squid: ["1286536309.586 921 192.0.2.1 TCP_MISS/200 507 GET http://x.example/a - HIER_DIRECT/- -"],
  cloudfront: [
    "#Fields: date time sc-bytes c-ip cs-method cs-uri-stem sc-status time-taken",
    "2026-02-03\t11:20:07\t490\t192.0.2.1\tGET\t/a\t200\t0.5",
  ],
  cran: [
    "date,time,size,package,version,ip_id",
    '"2012-10-01","00:30:13",35165,"quadprog","1.5-4",1',
  ],
  "mirrorlab-access": [
    "unix_time,customer,path,bytes,size,kind,release,visit",
    "1770117607,c,/a,9,40,package,1770117600,3",
    "1770117608,d,/b,9,,,,",
  ],
  "mirrorlab-sync": ["time,node,files,bytes,duration", "5,m,1,1000,2.5"],
  announces: [
    '{"time":100,"info_hash":"a","peer_id":"p","ip":"192.0.2.1","downloaded":0,"left":9}',
    '{"time":130,"info_hash":"a","peer_id":"p","ip":"192.0.2.1","downloaded":9,"left":0}',
  ],
};

const CATALOGUE_SEEDS: Readonly<Record<string, readonly string[]>> = {
  "debian-packages": ["Package: a", "Filename: pool/a.deb", "Size: 7", ""],
  "rpm-primary": [
    '<?xml version="1.0"?>',
    '<metadata><package type="rpm"><name>a</name><size package="7"/><location href="a.rpm"/></package>',
    "</metadata>",
  ],
  "rsync-list": ["-rw-r--r--      1,372,852 2023/05/20 12:14:03 pool/a.deb"],
  "ls-lr": ["./pool:", "total 4", "-rw-r--r-- 1 root root 7 May 20  2023 a.deb"],
};

/** Numbers, bytes and names that programs stumble over. */
const ODD = [
  "0",
  "-1",
  "9".repeat(30),
  "1e400",
  "NaN",
  "\xff\xfe",
  "\u2028",
  "%00",
  "%",
  "\\",
  '"',
  "__proto__",
  "../..",
  " ".repeat(40),
  "{",
  "[",
  "\t",
  ",",
  "a".repeat(300),
];

/** A sound line with some pieces replaced, doubled or left out. */
function mutated(seeds: readonly string[]): fc.Arbitrary<Buffer> {
  const change = fc.record({
    at: fc.nat(400),
    length: fc.oneof(fc.constant(0), fc.nat(12)),
    text: fc.oneof(
      fc.constant(""),
      fc.constantFrom(...ODD),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
  });
  return fc
    .tuple(fc.constantFrom(...seeds), fc.array(change, { maxLength: 3 }), fc.boolean())
    .map(([line, changes, isLatin1]) => {
      let text = line;
      for (const { at, length, text: piece } of changes) {
        const place = at % (text.length + 1);
        text = text.slice(0, place) + piece + text.slice(place + length);
      }
      return Buffer.from(text, isLatin1 ? "latin1" : "utf8");
    });
}

/** A file of sound lines, mutated ones and noise. */
function file(seeds: readonly string[]): fc.Arbitrary<Buffer> {
  const sound = fc.constantFrom(...seeds).map((line) => Buffer.from(line));
  const noise = fc.uint8Array({ min: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes));
  const huge = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.constantFrom(...'a %-/.,"{1\\'.split("")),
      fc.nat(80),
      fc.nat(70_000),
    )
    .map(([line, character, at, count]) =>
      Buffer.from(line.slice(0, at) + character.repeat(count) + line.slice(at)),
    );
  const line = fc.oneof(
    { weight: 8, arbitrary: sound },
    { weight: 8, arbitrary: mutated(seeds) },
    { weight: 3, arbitrary: noise },
    { weight: 1, arbitrary: huge },
  );
  return fc
    .tuple(fc.constant(seeds.map((each) => Buffer.from(each))), fc.array(line, { maxLength: 12 }))
    .map(([start, rest]) => Buffer.concat([...start, ...rest].flatMap((each) => [each, NEWLINE])));
}

const NEWLINE = Buffer.from("\n");

const OPTIONS = { as: null, catalogues: [], maxBad: 1, mergeWithin: 600, key: null };

function assertCounted({ lines, rows, ignored, bad, badLines }: Account): void {
  const sum = [...ignored.values()].reduce((all, count) => all + count, rows + bad);
  assert.is(sum, lines);
  assert.is(badLines.length, Math.min(bad, 1000));
}

function assertSound(trace: Trace): void {
  if (trace.kind === "access") assertSoundAccess(trace);
  else assertSoundSync(trace);
}

function assertSoundAccess({ requests, catalogue, customers, window }: AccessTrace): void {
  const { time, file: files, bytes, customer, visit } = requests;
  const customerOf: number[] = []; // By visit.
  for (let row = 0; row < requests.requests; row++) {
    assert.ok(time[row] >= (row === 0 ? 0 : time[row - 1]) && time[row] < window, "time");
    assert.ok(bytes[row] >= 1 && bytes[row] <= catalogue.size[files[row]], "bytes");
    assert.ok(files[row] < catalogue.files && customer[row] < customers.length, "numbers");
    if (visit.length === 0) continue;
    if (visit[row] === customerOf.length) customerOf.push(customer[row]);
    assert.is(customerOf[visit[row]], customer[row], "visit");
  }
  for (let each = 0; each < catalogue.files; each++) {
    assert.ok(Number.isSafeInteger(catalogue.size[each]), "size");
    assert.type(catalogue.path(each), "string");
  }
}

function assertSoundSync({ syncs, time, node, nodes, bytes, duration, window }: SyncTrace): void {
  for (let row = 0; row < syncs; row++) {
    assert.ok(time[row] >= (row === 0 ? 0 : time[row - 1]) && time[row] < window, "time");
    assert.ok(bytes[row] >= 0 && duration[row] >= 0 && node[row] < nodes.length, "numbers");
  }
}

async function unlessWrong(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
}

for (const format of LOG_FORMATS) {
  test(`any file is read as ${format.name} without harm`, async ({ path }) => {
    for (const as of ["access", "sync"] as const) {
      if (format[as] === undefined) continue;
      await fc.assert(
        fc.asyncProperty(file(SEEDS[format.name]), fc.boolean(), async (content, isNamed) => {
          writeFileSync(path, content);
          await unlessWrong(async () => {
            const named = isNamed ? format : null;
            const { trace, logs } = await importTrace([path], { ...OPTIONS, as, format: named });
            logs.forEach(assertCounted);
            assertSound(trace);
          });
        }),
        { seed: 2008, numRuns: 150 },
      );
    }
  });
}

for (const format of CATALOGUE_FORMATS) {
  test(`any file is read as ${format.name} without harm`, async ({ path }) => {
    await fc.assert(
      fc.asyncProperty(file(CATALOGUE_SEEDS[format.name]), async (content) => {
        writeFileSync(path, content);
        await unlessWrong(async () => {
          const files = new FileTable();
          assertCounted(await readCatalogue(path, files, 1));
          for (let each = 0; each < files.length; each++) {
            assert.ok(Number.isSafeInteger(files.size(each)));
          }
        });
      }),
      { seed: 2008, numRuns: 150 },
    );
  });
}

test("every format is known by lines of its own", async ({ path }) => {
  for (const format of LOG_FORMATS) {
    writeFileSync(path, `${SEEDS[format.name].join("\n")}\n`);
    const { logs, trace } = await importTrace([path], { ...OPTIONS, format: null });
    assert.is(logs[0].format, format.name);
    assert.is(trace.kind, format.gives);
    assert.is(logs[0].bad, 0);
  }
  for (const format of CATALOGUE_FORMATS) {
    writeFileSync(path, `${CATALOGUE_SEEDS[format.name].join("\n")}\n`);
    const account = await readCatalogue(path, new FileTable(), 0);
    assert.equal([account.format, account.rows], [format.name, 1]);
  }
});

test.run();
