import { test } from "uvu";
import * as assert from "uvu/assert";
import { announceAnswer, compactForm, failureAnswer, scrapeAnswer } from "./answers.ts";
import type { TrackedPeer } from "./swarm.ts";

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

function peer(address: string, port: number): TrackedPeer {
  return {
    ...{ peer: 0, complete: false, origin: false, site: "", at: 0, corrupt: 0 },
    ...{ peerId: "-XX0001-\0\xff..........", address, port, isIPv6: address.includes(":") },
    compact: compactForm(address, port),
  };
}

const COUNTS = { interval: 1800, minInterval: 60, complete: 1, incomplete: 2 };
const HEAD = "d8:completei1e10:incompletei2e8:intervali1800e12:min intervali60e";

test("a failure is its reason and nothing else", () => {
  assert.is(textOf(failureAnswer("unknown torrent")), "d14:failure reason15:unknown torrente");
});

test("compact peers are address and port in network order (BEP 23)", () => {
  // 10.0.0.5:128, as BEP 5 writes it: 0a 00 00 05 00 80.
  const peers = [peer("10.0.0.5", 128), peer("192.0.2.255", 6881)];
  const form = { isCompact: true, withoutPeerIds: false };
  const bytes = "\x0a\x00\x00\x05\x00\x80\xc0\x00\x02\xff\x1a\xe1";
  assert.is(textOf(announceAnswer(COUNTS, peers, form)), `${HEAD}5:peers12:${bytes}e`);
  assert.is(textOf(announceAnswer(COUNTS, [], form)), `${HEAD}5:peers0:e`);
});

test("IPv6 peers have a key of their own, and 18 bytes (BEP 7)", () => {
  const peers = [peer("2001:db8::1", 6881), peer("10.0.0.5", 128)];
  const form = { isCompact: true, withoutPeerIds: true };
  const bytes = `\x20\x01\x0d\xb8${"\0".repeat(11)}\x01\x1a\xe1`;
  const expected = `${HEAD}5:peers6:\x0a\x00\x00\x05\x00\x806:peers618:${bytes}e`;
  assert.is(textOf(announceAnswer(COUNTS, peers, form)), expected);
});

test("dictionaries have peer ids, unless they may be without (BEP 3)", () => {
  const peers = [peer("10.0.0.5", 128), peer("2001:db8::1", 1)];
  const id = "7:peer id20:-XX0001-\0\xff..........";
  const answer = (withoutPeerIds: boolean) =>
    textOf(announceAnswer(COUNTS, peers, { isCompact: false, withoutPeerIds }));
  assert.is(
    answer(false),
    `${HEAD}5:peersld2:ip8:10.0.0.5${id}4:porti128eed2:ip11:2001:db8::1${id}4:porti1eeee`,
  );
  assert.is(
    answer(true),
    `${HEAD}5:peersld2:ip8:10.0.0.54:porti128eed2:ip11:2001:db8::14:porti1eeee`,
  );
});

test("scraped torrents are sorted by the bytes of their info hashes (BEP 48)", () => {
  const torrents = new Map([
    ["ff".repeat(20), { complete: 11, downloaded: 13772, incomplete: 19 }],
    ["7f".repeat(20), { complete: 0, downloaded: 0, incomplete: 0 }],
  ]);
  const low = `20:${"\x7f".repeat(20)}d8:completei0e10:downloadedi0e10:incompletei0ee`;
  const high = `20:${"\xff".repeat(20)}d8:completei11e10:downloadedi13772e10:incompletei19ee`;
  assert.is(textOf(scrapeAnswer(torrents)), `d5:filesd${low}${high}ee`);
  assert.is(textOf(scrapeAnswer(new Map())), "d5:filesdee");
});

test.run();
