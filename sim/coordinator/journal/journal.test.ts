import { deepStrictEqual as same } from "node:assert";
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { anyRecords } from "./arbitrary/testing.ts";
import { base64, bytesOfBase64 } from "./base64.ts";
import { crc32, crc32OfText } from "./crc32.ts";
import { JournalReader } from "./journal-reader.ts";
import { hexOf, JournalWriter } from "./journal-writer.ts";
import type { JournalRecord } from "./records.ts";
import { HEAD, journalOf, readJournal } from "./testing.ts";

test("all records come back, with every number, text and bitmap", () => {
  fc.assert(
    fc.property(anyRecords, (records) => {
      const text = journalOf(records);
      const read = readJournal(text);
      same(read.records, records);
      same(read.header, { kind: "began", version: 1, head: HEAD });
      assert.equal(read.ending, { lines: records.length + 1, bytes: text.length, torn: null });
    }),
  );
});

test("numbers that JSON has not come back, in every place", () => {
  const all = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e21, 5e-324];
  for (const number of all) {
    const look = {
      pendingFiles: 0,
      pendingBytes: 0,
      releasedAt: number,
      capacity: 1,
      delivering: 0,
    };
    const records: JournalRecord[] = [
      { kind: "probed", at: number, volunteer: 0, seconds: number },
      { kind: "sync-paced", at: 1, volunteer: 0, look },
    ];
    const read = readJournal(journalOf(records));
    same(read.records, records);
  }
});

test("writer and reader tell how far they are", () => {
  const lines: string[] = [];
  const writer = new JournalWriter((line) => lines.push(line));
  writer.begin(HEAD);
  writer.write(asked(1));
  assert.is(writer.lines, 2);
  const reader = new JournalReader();
  const at = lines.map((line) => [...reader.read(line)].map(() => reader.line));
  assert.equal(at, [[1], [2]]);
});

test("a line without an end is not kept for ever", () => {
  const reader = new JournalReader();
  for (const _ of reader.read(journalOf([asked(1)])));
  const most = "x".repeat(67_108_864);
  assert.equal([...reader.read(most)], []);
  assert.throws(() => [...reader.read("x")], /^3: expected a line of less than 67108864 bytes$/);
});

test("a journal that comes in pieces is the same", () => {
  fc.assert(
    fc.property(anyRecords, fc.integer({ min: 1, max: 99 }), (records, length) => {
      const text = journalOf(records);
      const reader = new JournalReader();
      const read: JournalRecord[] = [];
      for (let at = 0; at < text.length; at += length) {
        for (const record of reader.read(text.slice(at, at + length))) read.push(record);
      }
      same(read.slice(1), records);
      assert.is(reader.end().torn, null);
    }),
  );
});

test("cut at any byte, a journal has the events before, and says where it is whole", () => {
  const few = fc.property(anyRecords, (records) => {
    const text = journalOf(records);
    for (let cut = 0; cut <= text.length; cut++) {
      const { records: read, ending } = readJournal(text.slice(0, cut));
      const whole = text.slice(0, cut).lastIndexOf("\n") + 1;
      const lines = text.slice(0, whole).split("\n").length - 1;
      same(read, records.slice(0, Math.max(0, lines - 1)));
      const torn = whole === cut ? null : { line: lines + 1, problem: "the line has no end" };
      assert.equal(ending, { lines, bytes: whole, torn });
    }
  });
  fc.assert(few, { numRuns: 20 });
});

test("a torn journal that is cut to what is whole can be gone on with", () => {
  const records = [asked(1), asked(2), asked(3)];
  const torn = journalOf(records).slice(0, -20);
  const { ending } = readJournal(torn);
  assert.is(ending.lines, 3);
  let text = torn.slice(0, ending.bytes);
  const writer = new JournalWriter((line) => {
    text += line;
  }, ending.lines);
  writer.write(records[2]);
  assert.is(text, journalOf(records));
});

test("a broken line with good ones behind it is an error that names it; the last is torn off", () => {
  const lines = journalOf([asked(1), asked(2), asked(3)])
    .trim()
    .split("\n");
  const damage = fc.tuple(fc.nat(lines.length - 1), fc.nat(), fc.nat(6));
  fc.assert(
    fc.property(damage, ([line, place, bit]) => {
      const column = place % lines[line].length;
      const turned = String.fromCharCode(lines[line].charCodeAt(column) ^ (1 << bit));
      const broken = lines[line].slice(0, column) + turned + lines[line].slice(column + 1);
      const text = `${lines.with(line, broken).join("\n")}\n`;
      if (line < lines.length - 1) {
        assert.throws(() => readJournal(text), new RegExp(`^${line + 1}: expected checksum`));
        return;
      }
      const { records, ending } = readJournal(text);
      assert.is(records.length, 2);
      assert.is(ending.torn?.line, 4);
    }),
    { numRuns: 1000 },
  );
});

test("what a disk leaves of a block that was not written is torn off too", () => {
  const text = journalOf([asked(1)]);
  for (const tail of ["\0".repeat(4096), `\0${asked(2)}\n\n\0\0`, "\ufffd\n"]) {
    const { records, ending } = readJournal(text + tail);
    assert.equal(records, [asked(1)]);
    assert.is(ending.bytes, text.length);
    assert.is(ending.torn?.line, 3);
  }
});

test("a line that was lost, or stands twice, is noticed by its number", () => {
  const lines = journalOf([asked(1), asked(2), asked(3)])
    .trim()
    .split("\n");
  const read = (...order: readonly number[]) =>
    readJournal(`${order.map((line) => lines[line]).join("\n")}\n`);
  assert.is(read(0, 1, 2, 3).records.length, 3);
  assert.throws(() => read(0, 1, 3), /^3: expected line 3; got 4$/);
  assert.throws(() => read(0, 1, 1), /^3: expected line 3; got 2$/);
  assert.throws(() => read(1, 2), /^1: expected line 1; got 2$/);
});

/** A journal whose lines after the header are these, with right checksums and numbers. */
function crafted(...lines: readonly string[]): string {
  return lines
    .map((json, at) => `${at + 1} ${json}`)
    .map((body) => `${hexOf(crc32OfText(body))} ${body}\n`)
    .join("");
}

test("what this version did not write is an error that says what was expected", () => {
  const [header] = journalOf([]).split("\n");
  const good = header.slice("01234567 1 ".length);
  const problem = (...lines: readonly string[]) => {
    try {
      readJournal(crafted(...lines));
    } catch (error) {
      return (error as Error).message;
    }
    return undefined;
  };
  assert.is(problem(good), undefined);
  assert.is(problem('["J",2,{}]'), "1: unknown version of the journal: 2; known: 1");
  assert.is(problem('["t",1]'), "1: expected the header first, and only there");
  assert.is(problem(good, good), "2: expected the header first, and only there");
  assert.is(
    problem(good, '["z",1]'),
    '2: unknown kind of record: "z"; known: J, N, f, c, r, v, n, l, w, a, x, b, e, u, q, p, s, d, y, t, i, o',
  );
  assert.is(problem(good, "{}"), problem(good, "[]"));
  assert.is(problem(good, '["t",1,2]'), "2: ticked: expected 1 fields; got 2");
  assert.is(problem(good, '["t","x"]'), '2: ticked.at: expected a number; got "x"');
  assert.is(problem(good, '["f",1,2,3,4,5]'), "2: file-added.path: expected a text; got 5");
  assert.is(
    problem(good, '["v",1,0,{"uplink":"#5"}]'),
    "2: registered.offer: expected a bitmap; got #5",
  );
  assert.match(problem(good, "[") ?? "", /^2: .*JSON/);
});

// Journals that were kept are to be read by later versions: a change here is one of the format.
test("golden lines", () => {
  const holds = { bitmap: Uint32Array.of(1, 0x80000000) };
  const totals = { uploaded: 5, downloaded: 0.25, left: 0, started: true };
  const records: JournalRecord[] = [
    { kind: "named", what: "volunteer", number: 0, name: "https://é.example/" },
    { kind: "file-added", at: 0, file: 0, size: 9, released: Number.NEGATIVE_INFINITY, path: "a" },
    {
      kind: "announced",
      at: 1.5,
      volunteer: 0,
      report: {
        ...{ ...totals, completed: [0], dropped: [], holds, active: 1 },
        receipts: [{ customer: 1, file: 0, bytes: 9, endedAt: 1 }],
      },
    },
    asked(2),
  ];
  assert.equal(journalOf(records).split("\n"), [
    [
      '7d96d36f 1 ["J",1,{"seed":"7","settings":{"uplink":125000000,"timeout":4500,',
      '"inFlight":"by-request","probeEvery":"#Infinity","placeEvery":3600},"policies":{"dispatch":',
      '{"name":"random","params":{}},"replication":{"name":"everything","params":{}},"trust":null,',
      '"sync":null},"snapshot":null,"host":{}}]',
    ].join(""),
    '4f3658bb 2 ["N","volunteer",0,"https://\\u00e9.example/"]',
    '4d1bdee3 3 ["f",0,0,9,"#-Infinity","a"]',
    [
      'baa91229 4 ["n",1.5,0,{"uploaded":5,"downloaded":0.25,"left":0,"started":true,',
      '"completed":[0],"dropped":[],"holds":{"bitmap":"#bits:AQAAAAAAAIA"},"active":1,',
      '"receipts":[[1,0,9,1]]}]',
    ].join(""),
    '16fd5879 5 ["a",2,3,1,1000,0,-1]',
    "",
  ]);
});

test("an ask takes less than 100 bytes with ten million customers and 2.2 million files", () => {
  const ask = {
    ...{ kind: "asked" as const, at: 12_345_678.123456789, customer: 9_999_999, file: 2_199_999 },
    ...{ bytes: 9_999_999_999, where: 1_999_999, answer: 39 },
  };
  let length = 0;
  const writer = new JournalWriter((line) => {
    length = line.length;
  }, 123_456_789);
  writer.write(ask);
  assert.ok(length < 100, `${length} bytes`);
});

test("base64 is that of RFC 4648 without padding, and nothing else is read", () => {
  for (const [text, expected] of [
    ...[
      ["", ""],
      ["f", "Zg"],
      ["fo", "Zm8"],
      ["foo", "Zm9v"],
      ["foob", "Zm9vYg"],
    ],
    ...[
      ["fooba", "Zm9vYmE"],
      ["foobar", "Zm9vYmFy"],
    ],
  ]) {
    assert.is(base64(Buffer.from(text)), expected);
    assert.is(Buffer.from(bytesOfBase64(expected)).toString(), text);
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 99 }), (bytes) => {
      const text = base64(bytes);
      assert.is(`${text}${"=".repeat(-text.length & 3)}`, Buffer.from(bytes).toString("base64"));
      assert.equal(bytesOfBase64(text), bytes);
    }),
  );
  for (const wrong of ["Zg=", "Z!", "é", "Zm9{", "\x7f"]) {
    assert.throws(() => bytesOfBase64(wrong), /^expected a digit of base64; got .$/);
  }
  for (const wrong of ["Z", "A", "Zm9vA", "Zh", "Zm9"]) {
    assert.throws(() => bytesOfBase64(wrong), /^expected whole bytes of base64$/);
  }
});

test("the checksum of a text is that of its bytes, and of no other characters", () => {
  assert.is(crc32OfText("123456789"), 0xcbf43926); // The check value of every catalogue of CRCs.
  assert.is(crc32OfText("xx123456789", 2), crc32(Buffer.from("123456789")));
  assert.is(crc32OfText("é"), -1);
  assert.is(crc32OfText("\x7f"), crc32(Uint8Array.of(0x7f)));
  assert.is(crc32OfText("\x80"), -1);
});

function asked(at: number): JournalRecord {
  return { kind: "asked", at, customer: 3, file: 1, bytes: 1000, where: 0, answer: -1 };
}

test.run();
