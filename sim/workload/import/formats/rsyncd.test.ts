import { test } from "uvu";
import * as assert from "uvu/assert";
import { kinds, readAccess, readSync, reasons } from "../testing.ts";
import { rsyncd } from "./rsyncd.ts";

const AT = Date.UTC(2026, 1, 3, 11, 20, 0) / 1000;
const at = (second: number, process: number, text: string) =>
  `2026/02/03 11:20:${String(second).padStart(2, "0")} [${process}] ${text}`;

/** Two sessions that overlap, one of a client whose name is known. */
const LOG = [
  at(0, 17, "connect from mirror.example (192.0.2.1)"),
  at(0, 17, "rsync on debian/ from mirror.example (192.0.2.1)"),
  at(1, 18, "connect from 2001:db8::7"),
  at(1, 17, "building file list"),
  at(1, 18, "rsync on debian/dists/ from 2001:db8::7"),
  at(
    5,
    17,
    "send mirror.example [192.0.2.1] debian () pool/main/a/apt/apt_2.6.1_amd64.deb 1372852",
  ),
  at(6, 17, "send mirror.example [192.0.2.1] debian (sync) pool/a file with spaces 7"),
  at(7, 18, "sent 346 bytes  received 99 bytes  total size 32"),
  at(9, 17, "sent 1400000 bytes  received 55750 bytes  total size 302215840"),
].join("\n");

test("each file sent is a download", () => {
  const { rows, outcomes } = readAccess(rsyncd, LOG);
  assert.equal(rows, [
    [AT + 5, "192.0.2.1", "/debian/pool/main/a/apt/apt_2.6.1_amd64.deb", 1372852, 0],
    [AT + 6, "192.0.2.1", "/debian/pool/a file with spaces", 7, 0],
  ]);
  assert.is(reasons(outcomes).filter((reason) => reason === "message of the daemon").length, 7);
});

test("each session is a synchronisation", () => {
  const { rows, outcomes } = readSync(rsyncd, LOG);
  assert.equal(rows, [
    [AT + 1, "2001:db8::7", 0, 346, 6],
    [AT, "192.0.2.1", 2, 1400000, 9],
  ]);
  assert.equal(reasons(outcomes), [
    "start of a session",
    "within a session",
    "start of a session",
    ...new Array(4).fill("within a session"),
    "row",
    "row",
  ]);
});

test("what a client sends counts as received", () => {
  const lines = [
    at(0, 17, "connect from 192.0.2.1"),
    at(0, 17, "rsync to upload/ from alice@192.0.2.1 (192.0.2.1)"),
    at(2, 17, "recv host [192.0.2.1] upload (alice) a.deb 500"),
    at(3, 17, "sent 40 bytes  received 600 bytes  total size 500"),
  ].join("\n");
  assert.equal(readSync(rsyncd, lines).rows, [[AT, "192.0.2.1", 1, 600, 3]]);
  assert.equal(readAccess(rsyncd, lines).rows, []);
});

test("sessions without an end, a start or success give no row", () => {
  const reasonsOf = (...lines: readonly string[]) =>
    reasons(readSync(rsyncd, lines.join("\n")).outcomes);
  assert.equal(reasonsOf(at(0, 17, "connect from 192.0.2.1")), ["start of a session"]);
  assert.equal(reasonsOf(at(0, 17, "sent 1 bytes  received 1 bytes  total size 1")), [
    "end of a session whose start is missing",
  ]);
  assert.equal(
    reasonsOf(
      at(0, 17, "connect from 192.0.2.1"),
      at(1, 17, "rsync error: received SIGINT, SIGTERM, or SIGHUP (code 20) at rsync.c(644)"),
      at(2, 17, "rsyncd version 3.1.3 starting, listening on port 873"),
    ),
    ["start of a session", "end of a broken session", "message of the daemon"],
  );
});

test("a process number that comes again is another session", () => {
  const lines = [0, 1].flatMap((day) => [
    at(10 * day, 17, `connect from 192.0.2.${day}`),
    at(10 * day + 1, 17, "rsync on debian/ from 192.0.2.9"),
    at(10 * day + 2, 17, "sent 9 bytes  received 1 bytes  total size 1"),
  ]);
  assert.equal(
    readSync(rsyncd, lines.join("\n")).rows.map((row) => row.slice(0, 2)),
    [
      [AT, "192.0.2.0"],
      [AT + 10, "192.0.2.1"],
    ],
  );
});

test("a session that ends before it began, for lines are out of order, takes no time", () => {
  const lines = [
    at(5, 17, "connect from 192.0.2.1"),
    at(4, 17, "sent 9 bytes  received 1 bytes  total size 1"),
  ];
  assert.equal(readSync(rsyncd, lines.join("\n")).rows, [[AT + 5, "192.0.2.1", 0, 9, 0]]);
});

test("uploads, deletions and empty files are no downloads; other texts are bad", () => {
  const lines = [
    at(0, 1, "recv host [192.0.2.1] debian () a 5"),
    at(0, 1, "del. host [192.0.2.1] debian () a 5"),
    at(0, 1, "send host [192.0.2.1] debian () a 0"),
    at(0, 1, "send host [192.0.2.1] debian () a 9007199254740993"),
    at(0, 1, "send host [192.0.2.1] debian () a").replace("/02/", "/13/"),
    "2026-02-03 11:20:00 [1] connect from 192.0.2.1",
  ];
  const { outcomes } = readAccess(rsyncd, lines.join("\n"));
  assert.equal(reasons(outcomes).slice(0, 3), ["upload", "deletion", "no bytes"]);
  assert.equal(kinds(outcomes).slice(3), ["bad", "bad", "bad"]);
  assert.equal(kinds(readSync(rsyncd, "x").outcomes), ["bad"]);
});

test.run();
