import { bad, type NoRow } from "../outcome.ts";
import { secondsIso, secondsUnix } from "../text/utc.ts";
import { jsonCount, jsonObject, jsonText } from "./json-line.ts";

/** What a peer tells a tracker now and then (BEP 3, "Trackers"). */
export interface Announce {
  readonly kind: "announce";
  /** Seconds since 1970. */
  readonly time: number;
  readonly node: string;
  /** The peer's own name, new each time it is started; its address where it has none. */
  readonly peer: string;
  readonly torrent: string;
  /** Bytes since the peer said `started`. */
  readonly downloaded: number;
  /** Bytes it lacks. */
  readonly left: number;
  /** `started`, `completed`, `stopped`, or nothing for one of the announces between. */
  readonly event: string;
}

/** Names of fields: those of the protocol first, then those of JavaScript trackers. */
const TIME = ["time", "timestamp", "ts"];
const TORRENT = ["info_hash", "infoHash"];
const PEER = ["peer_id", "peerId"];
const ADDRESS = ["ip", "addr", "address"];

export function parseAnnounce(line: string): Announce | NoRow {
  const fields = jsonObject(line);
  if (fields === null) return bad("expected a JSON object; got another text");
  const torrent = jsonText(fields, TORRENT);
  const node = jsonText(fields, ADDRESS) ?? jsonText(fields, PEER);
  if (torrent === null || node === null)
    return bad("expected info_hash and ip; got neither or one");
  const text = jsonText(fields, TIME) ?? "";
  const time = [secondsUnix(text), secondsIso(text)].find((seconds) => !Number.isNaN(seconds));
  if (time === undefined) return bad("expected a time in seconds since 1970 or ISO 8601; got none");
  const downloaded = jsonCount(fields, ["downloaded"]);
  const left = jsonCount(fields, ["left"]);
  if (Number.isNaN(downloaded + left))
    return bad("expected downloaded and left in bytes; got others");
  const peer = jsonText(fields, PEER) ?? node;
  const event = jsonText(fields, ["event"]) ?? "";
  return { kind: "announce", time, node, peer, torrent, downloaded, left, event };
}
