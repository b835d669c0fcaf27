import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { BLOCK_ROWS, OpenTable } from "./open-table.ts";
import { blocksIn, isWholePart, PartWriter } from "./part.ts";
import { plainRows } from "./testing.ts";

let room = "";
let path = "";
test.before.each(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-part-"));
  path = join(room, "a.rows");
});
test.after.each(() => rmSync(room, { recursive: true }));

/** Writes so many audits, each with its number, the outcome a word of three or none. */
function write(rows: number, words: readonly (string | null)[] = ["passed", "failed", null]): void {
  const writer = new PartWriter(path, "audits");
  const table = new OpenTable("audits", (block) => writer.write(block));
  const { columns } = table;
  for (let i = 0; i < rows; i++) {
    const row = table.next();
    columns.volunteer[row] = i % 7;
    columns.end_s[row] = i / 3;
    columns.sent_bytes[row] = i;
    columns.outcome.set(row, words[i % words.length]);
  }
  table.flush();
  writer.end();
  writer.close();
}

function read() {
  const rows = [];
  for (const block of blocksIn(path, "audits")) rows.push(...plainRows("audits", block));
  return rows;
}

const audit = (i: number) => ({
  ...{ volunteer: i % 7, end_s: i / 3, sent_bytes: i },
  outcome: ["passed", "failed", null][i % 3],
});

test("a part gives back its rows, block by block", () => {
  for (const rows of [0, 1, BLOCK_ROWS, BLOCK_ROWS + 1]) {
    write(rows);
    assert.ok(isWholePart(path, "audits"));
    assert.equal(
      read(),
      Array.from({ length: rows }, (_, i) => audit(i)),
    );
    const blocks = [...blocksIn(path, "audits")].map((block) => block.rows);
    assert.equal(blocks, rows > BLOCK_ROWS ? [BLOCK_ROWS, 1] : rows === 0 ? [] : [rows]);
  }
});

test("words belong to their block: what one has used up is forgotten", () => {
  const words = Array.from({ length: BLOCK_ROWS + 3 }, (_, i) => `word ${i}`);
  write(words.length, words);
  const known = [...blocksIn(path, "audits")].map(({ columns }) => {
    const [, , , outcome] = columns;
    return "words" in outcome ? outcome.words.length : 0;
  });
  assert.equal(known, [BLOCK_ROWS, 3]);
  assert.is(read().at(-1)?.["outcome"], words.at(-1));
});

test("no changed byte, no cut and nothing more is believed, nor another table", () => {
  write(50);
  const bytes = readFileSync(path);
  assert.not.ok(isWholePart(path, "copies"));
  const place = fc.integer({ min: 0, max: bytes.length - 1 });
  fc.assert(
    fc.property(place, fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(bytes);
      changed[at] ^= change;
      writeFileSync(path, changed);
      assert.not.ok(isWholePart(path, "audits"));
      writeFileSync(path, bytes.subarray(0, at));
      assert.not.ok(isWholePart(path, "audits"));
    }),
    { seed: 1 },
  );
  writeFileSync(path, bytes);
  assert.ok(isWholePart(path, "audits"));
  appendFileSync(path, "\n");
  assert.not.ok(isWholePart(path, "audits"));
});

test("a part of more than a few reads is checked to its end", () => {
  write(100_000);
  const bytes = readFileSync(path);
  assert.ok(bytes.length > 2 ** 21 && isWholePart(path, "audits"));
  bytes[bytes.length - 40] ^= 1;
  writeFileSync(path, bytes);
  assert.not.ok(isWholePart(path, "audits"));
});

test.run();
