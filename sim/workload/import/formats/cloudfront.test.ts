import { test } from "uvu";
import * as assert from "uvu/assert";
import { kinds, readAccess, reasons } from "../testing.ts";
import { cloudfront } from "./cloudfront.ts";

const AT = Date.UTC(2026, 1, 3, 11, 20, 7) / 1000;

/** In the order of a log with 33 fields. */
const FIELDS = [
  "2026-02-03",
  "11:20:07",
  "FRA56-P1",
  "1000490",
  "192.0.2.1",
  "GET",
  "d111.example.net",
  "/pool/a%2520b.deb",
  "200",
  "-",
  "Debian%20APT-HTTP/1.3",
  "-",
  "-",
  "Hit",
  "id",
  "cdn.example.org",
  "https",
  "23",
  "1.500",
  "-",
  "TLSv1.3",
  "TLS_AES_128_GCM_SHA256",
  "Hit",
  "HTTP/2.0",
  "-",
  "-",
  "11040",
  "0.001",
  "Hit",
  "application/octet-stream",
  "1000000",
  "-",
  "-",
];
const HEADER =
  "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status";

const line = (changes: Readonly<Record<number, string>> = {}, count = FIELDS.length) =>
  FIELDS.map((field, at) => changes[at] ?? field)
    .slice(0, count)
    .join("\t");

test("33 fields without header, the body's bytes and the request's time", () => {
  assert.is(FIELDS.length, 33);
  assert.equal(readAccess(cloudfront, line()).rows, [
    [AT - 1.5, "192.0.2.1", "/pool/a%20b.deb", 1_000_000, 200],
  ]);
});

test("a header tells the fields of a log, old or rearranged", () => {
  const old = readAccess(cloudfront, `${HEADER}\n${line({}, 9)}`);
  assert.equal(reasons(old.outcomes), ["comment", "comment", "row"]);
  assert.equal(old.rows, [[AT, "192.0.2.1", "/pool/a%20b.deb", 1_000_490, 200]]);
  const other = "#Fields: cs-uri-stem c-ip sc-status cs-method sc-bytes date time";
  const row = ["/b", "2001:db8::1", "206", "GET", "7", "2026-02-03", "11:20:07"].join("\t");
  assert.equal(readAccess(cloudfront, `${other}\n${row}`).rows, [
    [AT, "2001:db8::1", "/b", 7, 206],
  ]);
});

test("a part of a file has its own bytes", () => {
  const aborted = line({ 3: "500", 30: "1000000" });
  assert.is(readAccess(cloudfront, aborted).rows[0][3], 500);
});

test("no downloads, and no lines", () => {
  const lines = [
    line({ 8: "403" }),
    line({ 5: "HEAD" }),
    line({ 3: "0" }),
    line({ 0: "2026-02-30" }),
    line({ 3: "-1" }),
    line({ 4: "" }),
    line({}, 8),
    line({ 8: "000x" }),
  ];
  assert.equal(kinds(readAccess(cloudfront, lines.join("\n")).outcomes), [
    ...new Array(3).fill("ignored"),
    ...new Array(5).fill("bad"),
  ]);
});

test.run();
