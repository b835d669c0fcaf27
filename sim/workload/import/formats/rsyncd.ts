import { type LogFormat, utf8Parser } from "../log-format.ts";
import { bad, ignored, NO_BYTES, type Outcome, ROW } from "../outcome.ts";
import type { AccessRows } from "../tables/access-rows.ts";
import { countOf } from "../text/count.ts";
import { rsyncdMessage, rsyncdTransfer } from "./rsyncd-message.ts";
import { rsyncdSessions } from "./rsyncd-sessions.ts";

/**
 * An rsync daemon's log in its default format (rsyncd.conf(5), "log format"), with `transfer
 * logging = yes`:
 *
 *     2026/02/03 11:20:07 [1234] send host [192.0.2.1] debian () pool/a.deb 1372852
 *
 * Each `send` is a download of the whole file: `%l` is its length, and how much of it rsync sent is
 * not said. As synchronisations it gives one row for each session: see `rsyncdSessions`.
 */
export const rsyncd: LogFormat = {
  name: "rsyncd",
  summary: "rsync daemon's log: files sent, or sessions with --as sync",
  gives: "access",
  access: (rows) => utf8Parser((line) => parse(line, rows)),
  sync: rsyncdSessions,
};

const NOT_RSYNCD = bad("expected year/month/day hour:minute:second [process] text; got none");

const NOT_SENT: Readonly<Record<string, Outcome>> = {
  recv: ignored("upload"),
  "del.": ignored("deletion"),
};

const NO_TRANSFER = ignored("message of the daemon");

function parse(line: string, rows: AccessRows): Outcome {
  const message = rsyncdMessage(line);
  if (message === null) return NOT_RSYNCD;
  const transfer = rsyncdTransfer(message.text);
  if (transfer === null) return NO_TRANSFER;
  if (transfer.operation !== "send") return NOT_SENT[transfer.operation];
  const bytes = countOf(transfer.length);
  if (Number.isNaN(bytes)) return bad("expected a length below 2^53; got a larger one");
  if (bytes === 0) return NO_BYTES;
  const customer = rows.customers.numberOf(transfer.address);
  rows.add(message.time, customer, rows.files.paths.numberOf(transfer.path), bytes, 0);
  return ROW;
}
