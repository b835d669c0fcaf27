import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { JournalReader } from "../coordinator/index.ts";
import { SMALL_EXPERIMENT, sim } from "./testing.ts";

let room = "";
let journal = "";
test.before(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-explain-journal-"));
  const small = join(room, "small.yaml");
  writeFileSync(small, SMALL_EXPERIMENT);
  journal = join(room, "journal.gz");
  const plain = join(room, "journal");
  const one = ["--policy", "tracker-informed", "--replication", "1"];
  const { code, stderr } = sim("run", small, "--journal", plain, "--quiet", ...one);
  assert.is(code, 0, stderr);
  writeFileSync(journal, gzipSync(readFileSync(plain)));
});
test.after(() => rmSync(room, { recursive: true, force: true }));

test("explain: an overview of a simulated server's journal counts what the journal says", () => {
  const text = readFileSync(join(room, "journal"), "latin1");
  const asked = [...new JournalReader().read(text)].filter((record) => record.kind === "asked");
  const byServer = asked.filter(({ answer }) => answer === -1).length;
  const { code, stdout, stderr } = sim("explain", journal);
  assert.is(code, 0, stderr);
  assert.is(stderr, "");
  const [title, times] = stdout.split("\n");
  assert.is(title, `${journal}: tracker-informed, everything`);
  assert.match(times, new RegExp(`^${asked.length} decisions, from 9 h .+ to 23 h .+$`));
  assert.match(stdout, new RegExp(`^no holder +by the server +${byServer} +\\d+ %`, "m"));
  assert.match(stdout, new RegExp(`^the server +${byServer} `, "m"));
  assert.match(stdout, /^EXCLUDED because it +times +a decision$/m);

  const { overview } = JSON.parse(sim("explain", journal, "--json").stdout);
  for (const { name, kind, count } of overview.volunteers) {
    const number = kind === "serve" ? -1 : Number(name.split(" ")[1]);
    assert.is(count, asked.filter(({ answer }) => answer === number).length, name);
  }
});

test("explain: one decision of a journal, and again by its line", () => {
  const { code, stdout, stderr } = sim("explain", journal, "--at", "12 h", "--last", "2");
  assert.is(code, 0, stderr);
  assert.match(stdout, /; \d+ as asked for, of which the last 2; --last tells more\n/);
  assert.is(stdout.match(/^sent to {2,}/gm)?.length, 2);
  for (const heading of ["because ", "candidates ", "the server ", "CANDIDATE "]) {
    assert.ok(stdout.includes(`\n${heading}`), heading);
  }
  const closer = /^again: npx sim (explain .*)$/m.exec(stdout)?.[1].split(" ") ?? [];
  const again = sim(...closer);
  assert.is(again.code, 0, again.stderr);
  const parts = (text: string) => text.split("\n\n").slice(1, 4).join("\n\n");
  assert.is(parts(again.stdout), parts(stdout));
});

test("explain: options of runs are none of journals, and the other way round", () => {
  const run = sim("explain", journal, "--slowest", "3", "--jobs", "1");
  assert.equal(
    [run.code, run.stderr],
    [
      2,
      `sim: --slowest: expected a run; got ${journal}\nsim: --jobs: expected a run; got ${journal}\n`,
    ],
  );
  const small = join(room, "small.yaml");
  const other = sim("explain", small, "--customer", "3");
  assert.equal(
    [other.code, other.stderr],
    [2, `sim: --customer: expected a journal; got ${small}\n`],
  );
});

test.run();
