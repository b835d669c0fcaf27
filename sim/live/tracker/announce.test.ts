import { test } from "uvu";
import * as assert from "uvu/assert";
import { announceOf } from "./announce.ts";
import { queryOf } from "./query.ts";

const BEST = "info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=bbbbbbbbbbbbbbbbbbbb&port=6881&left=5";

/** The announce with some fields exchanged. */
function announced(changes: Readonly<Record<string, string>> = {}) {
  const fields = new Map(BEST.split("&").map((field) => field.split("=") as [string, string]));
  for (const [name, value] of Object.entries(changes)) fields.set(name, value);
  const query = queryOf(`/?${Array.from(fields, (field) => field.join("=")).join("&")}`);
  return query === null ? "no query" : announceOf(query, 200);
}

test("an announce without what is optional", () => {
  assert.equal(announced(), {
    infoHash: "61".repeat(20),
    peerId: "b".repeat(20),
    ...{ port: 6881, left: 5, event: "", wanted: 50, isCompact: true, withoutPeerIds: false },
    ...{ corrupt: 0, redundant: 0 },
  });
});

test("what is missing or wrong is named", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["info_hash", "a", "invalid info_hash: expected 20 bytes"],
    ["info_hash", "a".repeat(21), "invalid info_hash: expected 20 bytes"],
    ["info_hash", "61".repeat(20), "invalid info_hash: expected 20 bytes"],
    ["peer_id", "", "invalid peer_id: expected 20 bytes"],
    ["port", "0", "invalid port: expected 1 to 65535"],
    ["port", "65536", "invalid port: expected 1 to 65535"],
    ["port", "-1", "invalid port: expected 1 to 65535"],
    ["port", "", "invalid port: expected 1 to 65535"],
    ["port", "0x50", "invalid port: expected 1 to 65535"],
    ["left", "-5", "invalid left: expected bytes"],
    ["left", "1.5", "invalid left: expected bytes"],
    ["left", "1e3", "invalid left: expected bytes"],
    ["uploaded", "many", "invalid uploaded: expected bytes"],
    ["downloaded", "-1", "invalid downloaded: expected bytes"],
  ];
  for (const [name, value, problem] of cases) assert.is(announced({ [name]: value }), problem);
  assert.is(announceOf(new Map(), 200), "invalid info_hash: expected 20 bytes");
});

/** One field of what is announced. */
function heard(name: string, value: string, field: string): unknown {
  const announce = announced({ [name]: value });
  assert.type(announce, "object");
  return (announce as unknown as Readonly<Record<string, unknown>>)[field];
}

test("peers wanted are bounded, and usual where a client does not say or care", () => {
  assert.is(heard("numwant", "0", "wanted"), 0);
  assert.is(heard("numwant", "7", "wanted"), 7);
  assert.is(heard("numwant", "201", "wanted"), 200);
  assert.is(heard("numwant", "-1", "wanted"), 50);
  assert.is(heard("numwant", "", "wanted"), 50);
});

test("events are those of BEP 3, others are none", () => {
  for (const event of ["started", "stopped", "completed", ""]) {
    assert.is(heard("event", event, "event"), event);
  }
  assert.is(heard("event", "paused", "event"), "");
  assert.is(heard("event", "Started", "event"), "");
});

test("compact is the rule, and dictionaries what is asked for", () => {
  assert.is(heard("compact", "1", "isCompact"), true);
  assert.is(heard("compact", "0", "isCompact"), false);
  assert.is(heard("no_peer_id", "1", "withoutPeerIds"), true);
  assert.is(heard("no_peer_id", "0", "withoutPeerIds"), false);
});

test("numbers beyond what is exact count as the greatest that is", () => {
  assert.is(heard("left", "9223372036854775807", "left"), Number.MAX_SAFE_INTEGER);
  assert.is(announced({ left: "9".repeat(21) }), "invalid left: expected bytes");
  assert.is(heard("corrupt", "67840", "corrupt"), 67_840);
  assert.is(heard("redundant", "32768", "redundant"), 32_768);
  assert.is(heard("corrupt", "x", "corrupt"), 0);
});

test.run();
