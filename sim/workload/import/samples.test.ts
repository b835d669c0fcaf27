/**
 * Logs that nobody here wrote. They lie beside the checkout and are no part of it: where they are
 * absent, these tests say so and check nothing. Figures are those of whoever prepared them.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readText } from "../files/text.ts";
import { type ImportOptions, importTrace } from "./import-trace.ts";

const SHARED = "../shared/data";

const OPTIONS: ImportOptions = {
  format: null,
  as: null,
  catalogues: [],
  maxBad: 0.01,
  mergeWithin: 0,
  key: null,
};

function sample(name: string, path: string, check: (path: string) => Promise<void>): void {
  test(`${name} (skipped where it is absent)`, async () => {
    const full = `${SHARED}/${path}`;
    if (!existsSync(full)) return console.log(`  skipped: no ${full}`);
    await check(full);
  });
}

async function logOf(path: string, options: Partial<ImportOptions> = {}) {
  const { trace, logs } = await importTrace([path], { ...OPTIONS, ...options });
  return { trace, log: logs[0] };
}

sample(
  "every row of the log of an APT server parses; its last line is cut short",
  "apt-download-server-2015/access.log.gz",
  async (path) => {
    const { trace, log } = await logOf(path);
    assert.equal([log.format, log.lines - log.bad, log.bad], ["common", 29_480, 1]);
    if (trace.kind !== "access") throw new Error("no downloads");
    assert.is(trace.catalogue.files, 3);
    assert.is(Math.round(trace.window / 86_400), 10);
  },
);

sample(
  "every row of a web site's log parses, that with an unclosed quote too",
  "web-site-combined-2015/access.log.gz",
  async (path) => {
    const { trace, log } = await logOf(path);
    assert.equal([log.format, log.lines, log.bad], ["common", 10_000, 0]);
    assert.is(Math.ceil(trace.window / 86_400), 4);
  },
);

sample(
  "an rsync daemon's log with sessions that overlap, of IPv6 clients too",
  "rsyncd-logs/rsyncd_gentoo_style.log",
  async (path) => {
    const { trace, log } = await logOf(path, { as: "sync" });
    assert.equal([log.format, log.lines, log.bad], ["rsyncd", 21, 0]);
    if (trace.kind !== "sync") throw new Error("no synchronisations");
    // By hand: of six that begin, four end; five end whose beginning is missing.
    assert.is(trace.syncs, 4);
    const [first] = trace.node;
    assert.is(trace.nodes.at(first), "2001:db8:4f8:191:1056::2");
    assert.equal([...trace.bytes].sort(), [346, 346, 346, 6092862]);
    assert.is(Math.max(...trace.duration), 7);
    assert.is(log.ignored.get("end of a session whose start is missing"), 5);
  },
);

sample(
  "an rsync daemon's log with errors, all from one machine",
  "rsyncd-logs/rsyncd_localhost_errors.log",
  async (path) => {
    const { trace, log } = await logOf(path, { as: "sync" });
    assert.equal([log.format, log.lines, log.bad], ["rsyncd", 142, 0]);
    if (trace.kind !== "sync") throw new Error("no synchronisations");
    assert.is(trace.nodes.length, 1);
    assert.is(trace.syncs, readText(path).match(/ sent \d+ bytes {2}received/g)?.length);
  },
);

sample(
  "the index of a distribution, written again as its Packages files have it",
  "debian-catalog/catalog.tsv.gz",
  async (path) => {
    const folder = mkdtempSync(join(tmpdir(), "samples-"));
    try {
      const rows = readText(path).trimEnd().split("\n").slice(1);
      const packages = join(folder, "Packages");
      writeFileSync(packages, rows.map(paragraph).join("\n"));
      const { trace, catalogues } = await importTrace([], { ...OPTIONS, catalogues: [packages] });
      if (trace.kind !== "access") throw new Error("no catalogue");
      assert.is(rows.length, 68_884);
      assert.equal([catalogues[0].rows + 1, catalogues[0].bad], [68_884, 0]); // The last one's end is the file's.
      const sizes = rows.map((row) => Number(row.split("\t")[5]));
      assert.is(trace.catalogue.size.reduce(sum), sizes.reduce(sum));
      const contents = new Set(rows.map((row) => row.split("\t")[6]));
      assert.is(new Set(trace.catalogue.digest).size, contents.size);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

function paragraph(row: string, number: number): string {
  const [suite, , name, version, architecture, size, digest] = row.split("\t");
  const path = `pool/${suite}/${number}/${name}_${version}_${architecture}.deb`;
  return `Package: ${name}\nArchitecture: ${architecture}\nFilename: ${path}\nSize: ${size}\nSHA256: ${digest}\n`;
}

function sum(all: number, each: number): number {
  return all + each;
}

test.run();
