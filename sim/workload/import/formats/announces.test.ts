import { test } from "uvu";
import * as assert from "uvu/assert";
import { kinds, readAccess, readSync, reasons } from "../testing.ts";
import { announces } from "./announces.ts";

const announce = (time: number, downloaded: number, left: number, more: object = {}) =>
  JSON.stringify({
    time,
    info_hash: "a1",
    peer_id: "p1",
    ip: "192.0.2.1",
    uploaded: 0,
    downloaded,
    left,
    ...more,
  });
const text = (...lines: readonly string[]) => lines.join("\n");

test("a peer's download is one row, from the first announce to that which lacks nothing", () => {
  const log = text(
    announce(100, 0, 900, { event: "started" }),
    announce(130, 400, 500),
    announce(160, 950, 0, { event: "completed" }),
    announce(190, 950, 0),
  );
  const { rows, outcomes } = readSync(announces, log);
  assert.equal(rows, [[100, "192.0.2.1", 1, 950, 60]]);
  assert.equal(reasons(outcomes), [
    "announce within a download",
    "announce within a download",
    "row",
    "announce of a seeder",
  ]);
  const { rows: downloads, access } = readAccess(announces, log);
  assert.equal(downloads, [[100, "192.0.2.1", "a1", 950, 0]]);
  assert.is(access.files.size(0), 900);
});

test("a download that is given up has the bytes it got", () => {
  const log = text(announce(100, 0, 900), announce(130, 400, 500, { event: "stopped" }));
  assert.equal(readSync(announces, log).rows, [[100, "192.0.2.1", 1, 400, 30]]);
  assert.is(readAccess(announces, log).rows[0][4], 206);
});

test("a log that begins or ends within a download has what it saw", () => {
  assert.equal(readSync(announces, text(announce(100, 300, 600), announce(130, 400, 500))).rows, [
    [100, "192.0.2.1", 1, 100, 30],
  ]);
});

test("peers, torrents and new starts are kept apart", () => {
  const log = text(
    announce(100, 0, 900),
    announce(101, 0, 900, { peer_id: "p2", ip: "192.0.2.2" }),
    announce(102, 0, 900, { info_hash: "b2" }),
    announce(110, 300, 600),
    announce(120, 0, 600, { event: "started" }),
    announce(130, 600, 0),
    announce(131, 900, 0, { peer_id: "p2", ip: "192.0.2.2" }),
    announce(132, 900, 0, { info_hash: "b2" }),
  );
  assert.equal(readSync(announces, log).rows, [
    [100, "192.0.2.1", 1, 300, 10],
    [120, "192.0.2.1", 1, 600, 10],
    [101, "192.0.2.2", 1, 900, 30],
    [102, "192.0.2.1", 1, 900, 30],
  ]);
});

test("who gets no bytes gives no row", () => {
  const log = text(announce(100, 0, 900), announce(130, 0, 900, { event: "stopped" }));
  assert.equal(reasons(readSync(announces, log).outcomes)[1], "end of a download without bytes");
});

test("names of fields as trackers in JavaScript have them, and peers without a name", () => {
  const line = (downloaded: number, left: number, ts: string) =>
    JSON.stringify({ ts, infoHash: "a", addr: "2001:db8::1", downloaded, left });
  const log = text(line(0, 5, "2026-02-03T11:20:07Z"), line(5, 0, "2026-02-03T11:20:08Z"));
  assert.equal(readSync(announces, log).rows[0].slice(1), ["2001:db8::1", 1, 5, 1]);
});

test("what is no announce is bad", () => {
  const lines = [
    "{",
    announce(-1, 0, 1),
    announce(1, -1, 1),
    announce(1, 0, 2 ** 60),
    announce(1, 0, 1, { info_hash: undefined }),
    announce(1, 0, 1, { ip: undefined, peer_id: undefined }),
  ];
  assert.equal(kinds(readSync(announces, text(...lines)).outcomes), new Array(6).fill("bad"));
});

test.run();
