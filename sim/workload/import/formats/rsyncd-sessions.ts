import { type LineParser, utf8Parser } from "../log-format.ts";
import { bad, ignored, type Outcome, ROW } from "../outcome.ts";
import type { SyncRows } from "../tables/sync-rows.ts";
import { countOf } from "../text/count.ts";
import { rsyncdMessage, rsyncdTransfer } from "./rsyncd-message.ts";

/** What a process has done since it was connected to. */
interface Session {
  readonly node: string;
  /** Seconds since 1970. */
  readonly start: number;
  /** Whether the node sends files to the daemon. */
  isUpload: boolean;
  files: number;
}

const START = ignored("start of a session");
const WITHIN = ignored("within a session");
const UNSTARTED = ignored("end of a session whose start is missing");
const BROKEN = ignored("end of a broken session");
const OTHER = ignored("message of the daemon");
const NOT_RSYNCD = bad("expected year/month/day hour:minute:second [process] text; got none");

const CONNECT = /^connect from (.+)$/;
const REQUEST = /^rsync (on|to) .* from (.+)$/;
const END = /^sent (\d+) bytes {1,2}received (\d+) bytes {1,2}total size \d+$/;

/**
 * Synchronisations from an rsync daemon's log: one for each process from `connect from`, or from
 * `rsync on` where that is missing, to `sent … bytes  received … bytes`. The node is the client's
 * address, bytes are those sent to it, and files the lines of transfers between.
 *
 * A session that ends with an error, or with nothing, does not say its bytes and gives no row.
 */
export function rsyncdSessions(rows: SyncRows): LineParser {
  const sessions = new Map<string, Session>();
  return utf8Parser((line) => {
    const message = rsyncdMessage(line);
    if (message === null) return NOT_RSYNCD;
    const { time, process, text } = message;
    const session = sessions.get(process);
    const [, client] = CONNECT.exec(text) ?? [];
    if (client !== undefined) {
      sessions.set(process, started(client, time));
      return START;
    }
    const [, direction, from] = REQUEST.exec(text) ?? [];
    if (direction !== undefined) {
      const requested = session ?? started(from, time);
      requested.isUpload = direction === "to";
      sessions.set(process, requested);
      return session === undefined ? START : WITHIN;
    }
    if (rsyncdTransfer(text) !== null && session !== undefined) {
      session.files++;
      return WITHIN;
    }
    const [ended, sent, received] = END.exec(text) ?? [];
    const isError = text.startsWith("rsync error:");
    if (ended === undefined && !isError) return session === undefined ? OTHER : WITHIN;
    sessions.delete(process);
    if (ended === undefined) return BROKEN;
    return session === undefined ? UNSTARTED : end(rows, session, time, sent, received);
  });
}

/** `client` is an address, or a name with the address in parentheses; `user@` may come before. */
function started(client: string, start: number): Session {
  const [, address = client] = /\(([^()]+)\)$/.exec(client) ?? [];
  return { node: address.replace(/^.*@/, ""), start, isUpload: false, files: 0 };
}

function end(
  rows: SyncRows,
  session: Session,
  time: number,
  sent: string,
  received: string,
): Outcome {
  const bytes = countOf(session.isUpload ? received : sent);
  if (Number.isNaN(bytes)) return bad("expected a number of bytes below 2^53; got a larger one");
  const { node, start, files } = session;
  const duration = Math.max(0, time - start); // Lines of different processes may be out of order.
  rows.add({ time: start, node: rows.nodes.numberOf(node), files, bytes, duration });
  return ROW;
}
