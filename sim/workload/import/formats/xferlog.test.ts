import { test } from "uvu";
import * as assert from "uvu/assert";
import { kinds, readAccess, reasons } from "../testing.ts";
import { xferlog } from "./xferlog.ts";

const AT = Date.UTC(2008, 8, 4, 9, 57, 0) / 1000;
const LINE =
  "Thu Sep  4 09:57:00 2008 10 192.0.2.1 1234 /pub/a.iso b _ o a user@example.org ftp 0 * c";

test("a transfer begins when it did and counts as whole or, broken off, as a part", () => {
  assert.equal(readAccess(xferlog, LINE).rows, [[AT - 10, "192.0.2.1", "/pub/a.iso", 1234, 0]]);
  assert.is(readAccess(xferlog, LINE.replace(/c$/, "i")).rows[0][4], 206);
});

test("names may have spaces and any bytes, clients may be names or IPv6", () => {
  const path = (line: string | Buffer) => readAccess(xferlog, line).rows[0]?.[2];
  assert.is(path(LINE.replace("a.iso", "a b _ o a x.iso")), "/pub/a b _ o a x.iso");
  assert.is(path(LINE.replace("a.iso", "ä.iso")), "/pub/ä.iso");
  assert.is(path(Buffer.from(LINE.replace("a.iso", "ä.iso"), "latin1")), "/pub/%E4.iso");
  assert.is(path(LINE.replace("a.iso", "100%25.iso")), "/pub/100%25.iso"); // No URL.
  assert.is(
    readAccess(xferlog, LINE.replace("192.0.2.1", "2001:db8::1")).rows[0][1],
    "2001:db8::1",
  );
});

test("no downloads, and no lines", () => {
  const lines = [
    LINE.replace(" o a", " i r"),
    LINE.replace(" o a", " d r"),
    LINE.replace(" 1234 ", " 0 "),
    LINE.replace("Sep  4", "Sep 31"),
    LINE.replace(" 1234 ", " -1 "),
    LINE.replace(" 1234 ", " 9007199254740993 "),
    LINE.replace(" o a", " x a"),
    LINE.slice(0, 40),
  ];
  const { outcomes } = readAccess(xferlog, lines.join("\n"));
  assert.equal(reasons(outcomes).slice(0, 3), ["upload", "deletion", "no bytes"]);
  assert.equal(kinds(outcomes).slice(3), new Array(5).fill("bad"));
});

test.run();
