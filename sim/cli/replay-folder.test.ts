import { rmSync, writeFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { JournalWriter } from "../coordinator/index.ts";
import { recordsIn, segmentFiles } from "../live/journal/segments.ts";
import { newFolder, SmallHost } from "../live/journal/testing.ts";
import { sim } from "./testing.ts";

const folder = newFolder();
test.before(async () => {
  const host = await new SmallHost(folder, { rotateEvery: 10 }).start();
  host.join(0, 1);
  for (const customer of [1, 2]) host.ask(customer);
  await host.written();
  await host.tick(10);
  host.ask(3);
  await host.store.close();
});
test.after(() => rmSync(folder, { recursive: true }));

const names = "random, everything, sampled-audit";

test("the journal of a server is replayed as a whole, a few lines for each segment", () => {
  const { code, stdout, stderr } = sim("replay", folder);
  assert.is(code, 0, stderr);
  const [one, two] = [1, 2].map((number) => segmentFiles(folder, number).journal);
  assert.is(
    stdout,
    `${one}: begins with its snapshot\n  ${names}: 2 of 2 answers agree (6 events)\n` +
      `${two}: goes on, to the byte\n  ${names}: 1 of 1 answers agree (1 events)\n` +
      "all: 3 of 3 answers agree (7 events)\n",
  );
  const { segments, notes } = JSON.parse(sim("replay", folder, "--json").stdout);
  assert.equal(notes, []);
  assert.equal(
    segments.map(({ joint, agreed }: { joint: string; agreed: number }) => [joint, agreed]),
    [
      ["first", 2],
      ["same", 1],
    ],
  );
});

test("a segment alone finds the snapshot beside it", () => {
  const { code, stdout } = sim("replay", segmentFiles(folder, 2).journal);
  assert.is(code, 0);
  assert.is(stdout, `${names}: 1 of 1 answers agree (1 events)\n`);
});

test("a segment that does not begin where the one before it ends is exit 1", () => {
  const { journal } = segmentFiles(folder, 1);
  const lines: string[] = [];
  const writer = new JournalWriter((line) => lines.push(line));
  for (const record of [...recordsIn(journal)]) {
    writer.write(record.kind === "asked" ? { ...record, bytes: 7 } : record);
  }
  writeFileSync(journal, lines.join(""));
  const { code, stdout } = sim("replay", folder);
  assert.is(code, 1);
  assert.match(stdout, /000002.journal: its snapshot differs from the state at the end of the one/);
});

test("a folder without a journal is exit 2, in one sentence", () => {
  const other = newFolder();
  const { code, stderr } = sim("replay", other);
  assert.is(code, 2);
  assert.is(stderr, `sim: ${other}: expected the journal of a server, or its state\n`);
  rmSync(other, { recursive: true });
});

test.run();
