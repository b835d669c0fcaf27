import { test } from "uvu";
import * as assert from "uvu/assert";
import type { HandoutView } from "../../policies/index.ts";
import {
  type Answer,
  announceTarget,
  endpointsOf,
  escapedBytes,
  OTHER,
  TORRENT,
  testTracker,
} from "./testing.ts";
import { TRACKER_LIMITS } from "./tracker-parts.ts";

const failure = (answer: Answer) =>
  Buffer.from(answer["failure reason"] ?? new Uint8Array()).toString();
const scrape = (...torrents: Uint8Array[]) =>
  `/-/tracker/scrape?${torrents.map((torrent) => `info_hash=${escapedBytes(torrent)}`).join("&")}`;
const scraped = (
  infoHash: Uint8Array,
  complete: number,
  downloaded: number,
  incomplete: number,
) => {
  const counts = `8:completei${complete}e10:downloadedi${downloaded}e10:incompletei${incomplete}e`;
  return `20:${Buffer.from(infoHash).toString("latin1")}d${counts}e`;
};

test("an answer to the byte: the first peer is alone, the second hears of it", () => {
  const { raw } = testTracker();
  const head = "d8:completei0e10:incompletei";
  const rest = "e8:intervali1800e12:min intervali60e5:peers";
  const first = announceTarget({ peerId: "a", more: "event=started" });
  assert.is(raw(first), `${head}1${rest}0:e`);
  const second = announceTarget({ peerId: "b", port: 7000 });
  assert.is(raw(second, "10.0.0.2"), `${head}2${rest}6:\x0a\0\0\x01\x1a\xe1e`);
});

test("only torrents of the repository are tracked; a file that changes ends its swarm", () => {
  const { announce, files, tracker, raw } = testTracker();
  const unknown = Buffer.alloc(20, 1);
  assert.is(failure(announce({ torrent: unknown })), "unknown torrent");
  assert.is(tracker.size.peers, 0);
  announce();
  assert.equal(tracker.size, { torrents: 1, peers: 1 });
  files.delete(TORRENT.toString("hex"));
  assert.is(failure(announce()), "unknown torrent");
  assert.equal(tracker.size, { torrents: 0, peers: 0 });
  assert.is(raw(scrape(TORRENT)), "d5:filesdee");
});

test("a peer is where it announces itself from, whatever it says", () => {
  const { announce } = testTracker();
  announce({ peerId: "a", more: "ip=192.0.2.1&ipv4=192.0.2.1&ipv6=2001:db8::1" });
  assert.equal(endpointsOf(announce({ peerId: "b" }, "10.0.0.2")), ["10.0.0.1:6881"]);
});

test("nobody but the peer itself can change or end what is known of it", () => {
  const { announce } = testTracker();
  announce({ peerId: "a", left: 0 });
  announce({ peerId: "a", more: "event=stopped" }, "10.6.6.6");
  const { complete, peers } = announce({ peerId: "b" }, "10.0.0.2");
  assert.is(complete, 1);
  assert.equal(endpointsOf({ peers: peers ?? [] }), ["10.0.0.1:6881"]);
  announce({ peerId: "a", more: "event=stopped" });
  assert.equal(endpointsOf(announce({ peerId: "b" }, "10.0.0.2")), []);
});

test("a peer that stops is told of nobody, and forgotten", () => {
  const { announce, tracker } = testTracker();
  announce({ peerId: "a" });
  announce({ peerId: "b" }, "10.0.0.2");
  const { peers, incomplete } = announce({ peerId: "b", more: "event=stopped" }, "10.0.0.2");
  assert.is(Buffer.from(peers as Uint8Array).length, 0);
  assert.is(incomplete, 1);
  assert.is(tracker.size.peers, 1);
});

test("peers that are silent for two intervals are forgotten", () => {
  const { announce, clock, tracker } = testTracker();
  announce({ peerId: "a" });
  announce({ peerId: "c", torrent: OTHER }, "10.0.0.3");
  clock.now += 3600;
  assert.equal(endpointsOf(announce({ peerId: "b" }, "10.0.0.2")), ["10.0.0.1:6881"]);
  clock.now += 1;
  assert.equal(endpointsOf(announce({ peerId: "b" }, "10.0.0.2")), []);
  assert.is(tracker.size.peers, 2); // The other torrent's is looked at once an interval.
  clock.now += 1800;
  announce({ peerId: "b" }, "10.0.0.2");
  assert.is(tracker.size.peers, 1);
});

test("a peer is told of those of its own kind of address, or of both where it has both", () => {
  const { announce } = testTracker();
  const counts = (answer: Answer) => [
    Buffer.from((answer.peers ?? []) as Uint8Array).length / 6,
    (answer.peers6 ?? []).length / 18,
  ];
  assert.equal(counts(announce({ peerId: "a" }, "10.0.0.1")), [0, 0]);
  assert.equal(counts(announce({ peerId: "b" }, "2001:db8::2")), [0, 0]);
  assert.equal(counts(announce({ peerId: "c" }, "10.0.0.3")), [1, 0]);
  assert.equal(counts(announce({ peerId: "c" }, "2001:db8::3")), [1, 1]);
  assert.equal(counts(announce({ peerId: "c" }, "10.0.0.3")), [1, 1]);
  assert.equal(counts(announce({ peerId: "a" }, "10.0.0.1")), [1, 0]);
});

test("dictionaries are there for who asks, with IPv6 among them", () => {
  const { announce } = testTracker();
  announce({ peerId: "a" }, "2001:db8::1");
  const { peers } = announce({ peerId: "b", more: "compact=0" }, "2001:db8::2");
  assert.equal(peers, [
    {
      ...{ ip: Uint8Array.from(Buffer.from("2001:db8::1")), port: 6881 },
      "peer id": Uint8Array.from(Buffer.from("a".padEnd(20, "."))),
    },
  ]);
});

test("whom a peer is told of is the policy's decision", () => {
  const views: HandoutView[] = [];
  const { announce } = testTracker({
    handout: {
      ...{ name: "last", remembers: false, memory: undefined, observe() {}, recall() {} },
      decide(view) {
        views.push(structuredClone(view));
        return { peers: [view.count - 1], reason: "the last" };
      },
    },
    siteOf: (address) => (address === "10.0.0.1" ? "campus" : ""),
    isOrigin: (address, port) => address === "10.0.0.2" && port === 6881,
  });
  announce({ peerId: "a", left: 0 });
  announce({ peerId: "b" }, "10.0.0.2");
  const answer = announce({ peerId: "c", more: "numwant=9" }, "10.0.0.3");
  assert.equal(endpointsOf(answer), ["10.0.0.2:6881"]);
  const view = views.at(-1);
  assert.is(view?.count, 2);
  assert.is(view?.wanted, 9);
  const seen = view?.known.map(({ peer, complete, origin, site }) => ({
    ...{ peer, complete, origin, site },
  }));
  assert.equal(seen, [
    { peer: 0, complete: true, origin: false, site: "campus" },
    { peer: 1, complete: false, origin: true, site: "" },
  ]);
  assert.is(view?.asking.peer, 2);
});

test("no more are told of than are wanted, and none where none is wanted", () => {
  const { announce } = testTracker();
  for (let host = 1; host <= 9; host++) announce({ peerId: `${host}` }, `10.0.1.${host}`);
  assert.is(endpointsOf(announce({ more: "numwant=4" })).length, 4);
  assert.is(endpointsOf(announce({ more: "numwant=0" })).length, 0);
  assert.is(endpointsOf(announce()).length, 9);
});

test("a scrape counts, for the torrents that are known (BEP 48)", () => {
  const { raw, announce } = testTracker();
  announce({ peerId: "a", left: 0, more: "event=completed" });
  announce({ peerId: "b", left: 5 }, "10.0.0.2");
  announce({ peerId: "b", left: 0, more: "event=completed" }, "10.0.0.2");
  announce({ peerId: "b", left: 0, more: "event=completed" }, "10.0.0.2");
  announce({ peerId: "c", left: 5 }, "10.0.0.3");
  const one = scraped(TORRENT, 2, 2, 1);
  assert.is(raw(scrape(TORRENT)), `d5:filesd${one}ee`);
  const other = scraped(OTHER, 0, 0, 0);
  assert.is(raw(scrape(OTHER, Buffer.alloc(20), TORRENT)), `d5:filesd${one}${other}ee`);
  const refused = "invalid info_hash: expected 20 bytes, once or more";
  for (const target of ["/-/tracker/scrape", scrape(TORRENT, Buffer.alloc(3))]) {
    assert.is(raw(target), `d14:failure reason${refused.length}:${refused}e`);
  }
});

test("a scrape does not count who has been silent", () => {
  const { raw, announce, clock, tracker } = testTracker();
  announce();
  clock.now += 3601;
  assert.is(raw(scrape(TORRENT)), `d5:filesd${scraped(TORRENT, 0, 0, 0)}ee`);
  assert.is(tracker.size.peers, 0);
});

test("bytes that were corrupt are told of once", () => {
  const { announce, reports } = testTracker();
  announce({ more: "corrupt=0&redundant=5" });
  announce({ more: "corrupt=67840&redundant=32768" });
  announce({ more: "corrupt=67840&redundant=32768" });
  announce({ more: "corrupt=67841" });
  assert.equal(reports, [
    { files: [7], address: "10.0.0.1", corrupt: 67_840, redundant: 32_768 },
    { files: [7], address: "10.0.0.1", corrupt: 1, redundant: 0 },
  ]);
});

test("what is kept is bounded; whoever is beyond is told of others, but not told of", () => {
  const limits = { ...TRACKER_LIMITS, peersPerTorrent: 3, peersPerAddress: 2 };
  const { announce, tracker } = testTracker({ limits });
  for (let port = 1; port <= 9; port++) announce({ peerId: `${port}`, port }, "10.6.6.6");
  assert.is(tracker.size.peers, 2);
  announce({ peerId: "b" }, "10.0.0.2");
  assert.is(endpointsOf(announce({ peerId: "c" }, "10.0.0.3")).length, 3);
  assert.is(tracker.size.peers, 3);
  announce({ peerId: "b", left: 0 }, "10.0.0.2"); // One that is known is heard all the same.
  assert.is(announce({ peerId: "c" }, "10.0.0.3").complete, 1);
});

test("all torrents together are bounded, and an empty one makes room", () => {
  const few = { ...TRACKER_LIMITS, peers: 1 };
  const small = testTracker({ limits: few });
  small.announce();
  small.announce({ torrent: OTHER });
  assert.equal(small.tracker.size, { torrents: 1, peers: 1 });

  const { announce, tracker } = testTracker({ limits: { ...TRACKER_LIMITS, torrents: 1 } });
  announce();
  announce({ torrent: OTHER });
  assert.equal(tracker.size, { torrents: 1, peers: 1 });
  announce({ more: "event=stopped" });
  assert.equal(tracker.size, { torrents: 1, peers: 0 });
  assert.is(announce({ torrent: OTHER }).incomplete, 1);
  assert.equal(tracker.size, { torrents: 1, peers: 1 });
});

test("a torrent that only strangers stop is not in use", () => {
  const { announce, tracker } = testTracker();
  announce({ more: "event=stopped" });
  assert.equal(tracker.size, { torrents: 0, peers: 0 });
});

test("other paths are left to others, other methods refused", () => {
  const { raw } = testTracker();
  assert.is(raw("/-/tracker/other"), "not mine");
  assert.is(raw("/announce?info_hash=x"), "not mine");
  assert.is(raw(announceTarget(), "10.0.0.1", "POST"), "405 expected GET\n");
  const broken = "invalid query: expected name=value, percent-encoded";
  assert.is(raw("/-/tracker/announce?x=%"), `d14:failure reason${broken.length}:${broken}e`);
  assert.is(raw(announceTarget(), "no address"), "d14:failure reason15:unknown addresse");
});

test.run();
