import { type LogFormat, latin1Parser } from "../log-format.ts";
import { bad, ignored, NO_BYTES, type Outcome, ROW } from "../outcome.ts";
import type { AccessRows } from "../tables/access-rows.ts";
import { countOf } from "../text/count.ts";
import { MONTHS, secondsUtc } from "../text/utc.ts";
import { utf8Of } from "../text/utf8.ts";

/**
 * The transfer log of wu-ftpd, vsftpd and ProFTPD (xferlog(5)):
 *
 *     Thu Sep  4 09:57:00 2008 1 192.0.2.1 1234 /pub/a b _ o a user@ ftp 0 * c
 *
 * It has the local time at which a transfer ended and the seconds it took. Its zone is not said:
 * UTC is assumed. The last nine fields are single words, so that a file's name may have spaces. A
 * transfer that was broken off (`i` at the end) counts as 206, a part of the file.
 */
export const xferlog: LogFormat = {
  name: "xferlog",
  summary: "transfer log of wu-ftpd, vsftpd and ProFTPD",
  gives: "access",
  access: (rows) => latin1Parser((line) => parse(line, rows)),
};

const SHAPE =
  /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4}) (\d+) (\S+) (\S+) (.*) [ab] \S+ ([oid]) [arg] \S+ \S+ [01] \S+ ([ci])$/;

const DIRECTIONS: Readonly<Record<string, Outcome>> = {
  i: ignored("upload"),
  d: ignored("deletion"),
};

function parse(line: string, rows: AccessRows): Outcome {
  const [found, month, day, hour, minute, second, year, taken, host, size, path, direction, end] =
    SHAPE.exec(line) ?? [];
  if (found === undefined) return bad("expected the fields of xferlog(5); got others");
  const ended = secondsUtc(
    [Number(year), MONTHS.indexOf(month) + 1, Number(day)],
    [Number(hour), Number(minute), Number(second)],
  );
  if (Number.isNaN(ended)) return bad("expected a time like Thu Sep  4 09:57:00 2008; got another");
  const bytes = countOf(size);
  if (Number.isNaN(bytes)) return bad("expected a number of bytes below 2^53; got another");
  if (direction !== "o") return DIRECTIONS[direction];
  if (bytes === 0) return NO_BYTES;
  const time = Math.max(0, ended - Number(taken));
  const customer = rows.customers.numberOf(utf8Of(host));
  const status = end === "i" ? 206 : 0;
  rows.add(time, customer, rows.files.paths.numberOf(utf8Of(path)), bytes, status);
  return ROW;
}
