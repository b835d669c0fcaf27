import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Outcome } from "../outcome.ts";
import { type AccessRow, kinds, readAccess, reasons } from "../testing.ts";
import { common } from "./common.ts";
import { parseCommon } from "./common-line.ts";

const AT = Date.UTC(2026, 1, 3, 11, 20, 7) / 1000;

test("lines as servers write them", () => {
  const { rows, outcomes } = readAccess(
    common,
    [
      '192.0.2.1 - - [03/Feb/2026:11:20:07 +0000] "GET /debian/pool/main/a/apt/apt_2.6.1_amd64.deb HTTP/1.1" 200 1372852 "-" "Debian APT-HTTP/1.3 (2.6.1)"',
      '2001:db8::7 - alice [03/Feb/2026:12:20:07 +0100] "GET /iso/a.iso?mirror=1 HTTP/2.0" 206 1048576 "https://example.org/" "Mozilla/5.0 \\"quoted\\""',
      'client.example - - [03/Feb/2026:11:20:07 +0000] "GET /pool/libstdc%2b%2b6.deb HTTP/1.1" 200 9 "-" "-"',
      '192.0.2.1 - - [03/Feb/2026:11:20:08 +0000] "GET /debian/dists/bookworm/InRelease HTTP/1.1" 304 0 "-" "-"',
      '192.0.2.1 - - [03/Feb/2026:11:20:08 +0000] "HEAD /a HTTP/1.1" 200 0 "-" "-"',
      '203.0.113.9 - - [03/Feb/2026:11:20:09 +0000] "\\x16\\x03\\x01\\x00" 400 157 "-" "-"',
      '192.0.2.1 - - [03/Feb/2026:11:20:08 +0000] "GET /a HTTP/1.1" 200 -5 "-" "-"',
      "192.0.2.1 - - [03/Feb/2026:11:20:08 +00",
    ].join("\n"),
  );
  assert.equal(rows, [
    [AT, "192.0.2.1", "/debian/pool/main/a/apt/apt_2.6.1_amd64.deb", 1372852, 200],
    [AT, "2001:db8::7", "/iso/a.iso", 1048576, 206],
    [AT, "client.example", "/pool/libstdc++6.deb", 9, 200],
  ]);
  assert.equal(reasons(outcomes).slice(3, 6), ["status 304", "not a GET", "not an HTTP request"]);
  assert.equal(kinds(outcomes).slice(6), ["bad", "bad"]);
});

test("a path is one file however it is written", () => {
  const line = (target: string) =>
    `192.0.2.1 - - [03/Feb/2026:11:20:07 +0000] "GET ${target} HTTP/1.1" 200 9`;
  const targets = ["/c++", "/c%2b%2B", "/c%2b%2b?x", "http://example.org/c++", "/c\\x2b+"];
  const { rows, access } = readAccess(common, targets.map(line).join("\n"));
  assert.is(rows.length, targets.length);
  assert.is(access.files.length, 1);
});

/** Lines that are almost right, or exactly: pieces of lines put together. */
const piece = <Text>(usual: Text, ...others: readonly Text[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, fc.constantFrom(usual, ...others));
const anyText = fc.string({ unit: "binary", maxLength: 4 });
const line = fc
  .tuple(
    piece("192.0.2.1", "2001:db8::1", "", "host\u00e4", "a b"),
    piece(" - - [", " - jo do [", " [", " - -["),
    piece("03/Feb/2026", "29/Feb/2025", "3/Feb/2026", "03/feb/2026", "31/Dec/1969", "03/Feb/20260"),
    piece(":11:20:07 ", ":24:00:00 ", ":11:60:00 ", ":23:59:60 ", ":11:20 ", ":1\u00011:20:07 "),
    piece("+0000", "-0830", "+1260", "0000", "+000"),
    piece('] "', ']"', "] ", '] "" '),
    piece("GET ", "HEAD ", "GET", "get ", "GET  ", ""),
    piece(
      "/a/b.deb",
      "/a%2b",
      "/a%ff",
      "/\u00e4",
      "/a?b=%22",
      "/a#b",
      "a",
      "http://x/y",
      "/a b",
      '/a\\"b',
      "/a\\",
      "",
      "/%4",
    ),
    piece(" HTTP/1.1", "", " HTTP/", " HTTP/1.1 HTTP/2", " http/1.1", " HTTP/1.\\"),
    piece('" ', '"', '"  ', '\\" '),
    piece("200", "206", "304", "20", "2000", "2x0", "-"),
    piece(
      " 490",
      " 0",
      " -",
      " -1",
      "",
      " 999999999999999",
      " 9007199254740991",
      " 9007199254740992",
      " 4 9",
      " 49x",
    ),
    piece("", ' "-" "agent"', " ", '"', ' "\\"'),
    fc.oneof({ weight: 9, arbitrary: fc.constant("") }, anyText),
    fc.nat(200),
  )
  .map(([...parts]) => {
    const at = parts.pop() as number;
    const noise = parts.pop() as string;
    const text = parts.join("");
    return noise === "" ? text : text.slice(0, at) + noise + text.slice(at + noise.length);
  });

test("the fast parser does what the plain one says, whatever the line", () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const bytes = Buffer.from(lines.map((each) => each.replace(/[\0\r\n]/g, "")).join("\n"));
      const expectedRows: AccessRow[] = [];
      const expected = split(bytes).map((each): Outcome => {
        const parsed = parseCommon(each);
        if (parsed.kind !== "download") return parsed;
        const { time, host, path, bytes: sent, status } = parsed;
        expectedRows.push([time, host, path, sent, status]);
        return { kind: "row" };
      });
      const { outcomes, rows } = readAccess(common, bytes);
      assert.equal(outcomes, expected);
      assert.equal(rows, expectedRows);
    }),
    { seed: 2008, numRuns: 3000 },
  );
});

function split(bytes: Buffer): readonly string[] {
  if (bytes.length === 0) return [];
  return bytes.toString("latin1").replace(/\n$/, "").split("\n");
}

test.run();
