import { type LineParser, type LogFormat, utf8Parser } from "../log-format.ts";
import { ignored, type Outcome, ROW } from "../outcome.ts";
import { type Announce, parseAnnounce } from "./announce.ts";

/**
 * BitTorrent announces as JSON lines: `time`, `info_hash`, `peer_id`, `ip`, `downloaded`, `left` and
 * `event` of each (BEP 3), as a tracker's request hook has them.
 *
 * A torrent counts as one file, and what a peer fetches of it as one row: from the first announce
 * that lacks bytes to that which lacks none, or `stopped`, or the last one. Its bytes are how much
 * `downloaded` grew. Announces between are progress; a peer that lacks nothing from the start seeds.
 */
export const announces: LogFormat = {
  name: "announces",
  summary: "BitTorrent announces as JSON lines: a row a peer and torrent",
  gives: "sync",
  sync: (rows) =>
    sessionParser(({ first, last, bytes }) => {
      const node = rows.nodes.numberOf(first.node);
      rows.add({ time: first.time, node, files: 1, bytes, duration: last.time - first.time });
    }),
  access: (rows) =>
    sessionParser(({ first, last, bytes }) => {
      const { files } = rows;
      const file = files.paths.numberOf(first.torrent);
      const known = files.size(file);
      const whole = first.downloaded + first.left;
      if (!(known >= whole)) files.state(file, { size: whole });
      rows.add(
        first.time,
        rows.customers.numberOf(first.node),
        file,
        bytes,
        last.left > 0 ? 206 : 0,
      );
    }),
};

interface Session {
  readonly first: Announce;
  /** The latest, its time no earlier than those before. */
  last: Announce;
}

const PROGRESS = ignored("announce within a download");
const SEEDING = ignored("announce of a seeder");
const NOTHING = ignored("end of a download without bytes");

function sessionParser(add: (session: Session & { readonly bytes: number }) => void): LineParser {
  const sessions = new Map<string, Session>();
  const close = (key: string, session: Session): Outcome => {
    sessions.delete(key);
    const bytes = session.last.downloaded - session.first.downloaded;
    if (bytes <= 0) return NOTHING;
    add({ ...session, bytes });
    return ROW;
  };
  const take = (line: string): Outcome => {
    const announce = parseAnnounce(line);
    if (announce.kind !== "announce") return announce;
    const key = `${announce.peer} ${announce.torrent}`;
    let session = sessions.get(key);
    if (session !== undefined && isAnother(session, announce)) {
      close(key, session);
      session = undefined;
    }
    if (session === undefined) {
      if (announce.left === 0 || announce.event === "stopped") return SEEDING;
      sessions.set(key, { first: announce, last: announce });
      return PROGRESS;
    }
    session.last = { ...announce, time: Math.max(announce.time, session.last.time) };
    return announce.left === 0 || announce.event === "stopped" ? close(key, session) : PROGRESS;
  };
  return utf8Parser(take, () => {
    for (const [key, session] of sessions) close(key, session);
  });
}

/** Whether the peer was started anew without saying that it stopped. */
function isAnother({ last }: Session, announce: Announce): boolean {
  return announce.event === "started" || announce.downloaded < last.downloaded;
}
