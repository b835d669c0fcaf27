import { test } from "uvu";
import * as assert from "uvu/assert";
import { kinds, readAccess, reasons } from "../testing.ts";
import { squid } from "./squid.ts";

const LINE =
  "1286536309.586    921 192.0.2.1 TCP_MISS/200 507 GET http://deb.example.org/pool/a%2b.deb?x - HIER_DIRECT/198.51.100.9 application/octet-stream";

test("a line begins when the request came, and its path has the host", () => {
  assert.equal(readAccess(squid, LINE).rows, [
    [1286536308.665, "192.0.2.1", "deb.example.org/pool/a+.deb", 507, 200],
  ]);
});

test("lines as squid writes them in other cases", () => {
  const read = (line: string) => reasons(readAccess(squid, line).outcomes)[0];
  assert.is(read(LINE.replace("192.0.2.1", "2001:db8::1").replace(" - H", " alice H")), "row");
  assert.is(read(LINE.replace("TCP_MISS/200", "TCP_REFRESH_UNMODIFIED_ABORTED/206")), "row");
  assert.is(read(LINE.replace("pool/", "pool /")), "row"); // With uri_whitespace allow.
  assert.is(read(LINE.replace("/200 507 GET", "/304 298 GET")), "status 304");
  assert.is(read(LINE.replace("/200 507 GET", "/000 0 GET")), "status 0");
  assert.is(read(LINE.replace("GET http", "CONNECT http")), "not a GET");
  assert.is(read(LINE.replace(" 507 ", " 0 ")), "no bytes");
});

test("what is no line of squid's", () => {
  const lines = [
    "",
    LINE.slice(0, -30),
    LINE.replace(" 507 ", " -507 "),
    LINE.replace(" 507 ", " 9007199254740993 "),
    LINE.replace("1286536309.586", "yesterday"),
    LINE.replace("1286536309.586", "999999999999.586"),
    LINE.replace("TCP_MISS/200", "TCP_MISS"),
  ];
  assert.equal(kinds(readAccess(squid, lines.join("\n")).outcomes), [
    "ignored",
    ...new Array(6).fill("bad"),
  ]);
});

test.run();
