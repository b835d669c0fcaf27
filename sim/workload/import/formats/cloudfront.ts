import { type LogFormat, latin1Parser } from "../log-format.ts";
import {
  bad,
  ignored,
  ignoredStatus,
  isDelivered,
  NO_BYTES,
  NOT_GET,
  type Outcome,
  ROW,
} from "../outcome.ts";
import type { AccessRows } from "../tables/access-rows.ts";
import { countOf } from "../text/count.ts";
import { urlPath } from "../text/url-path.ts";
import { secondsIso } from "../text/utc.ts";
import { utf8Of } from "../text/utf8.ts";

/**
 * Amazon CloudFront's standard log (its Developer Guide, "Standard log file fields"): fields between
 * tabs, named by a line `#Fields:`; 33 today, fewer in older logs, in an order of their own where
 * the header says so. Times are UTC and those of the answer's end.
 *
 * `sc-bytes` has the header too; where `sc-content-len` tells the body's length, no more counts.
 */
export const cloudfront: LogFormat = {
  name: "cloudfront",
  summary: "CloudFront's standard log, with or without its #Fields line",
  gives: "access",
  access: (rows) => {
    let columns = columnsOf(STANDARD);
    return latin1Parser((line) => {
      if (!line.startsWith("#")) return parse(line.split("\t"), columns, rows);
      if (line.startsWith("#Fields:")) columns = columnsOf(line.slice("#Fields:".length));
      return COMMENT;
    });
  },
};

const COMMENT = ignored("comment");

/** The fields that are read, in the order of a log without header. */
const STANDARD =
  "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) " +
  "cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header " +
  "cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher " +
  "x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port " +
  "time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start " +
  "sc-range-end";

const NEEDED = ["date", "time", "sc-bytes", "c-ip", "cs-method", "cs-uri-stem", "sc-status"];

/** Position of each field by name. */
type Columns = ReadonlyMap<string, number>;

function columnsOf(names: string): Columns {
  return new Map(
    names
      .trim()
      .split(/\s+/)
      .map((name, at) => [name, at]),
  );
}

function parse(fields: readonly string[], columns: Columns, rows: AccessRows): Outcome {
  const field = (name: string) => fields[columns.get(name) ?? -1] ?? "";
  const missing = NEEDED.filter((name) => field(name) === "");
  if (missing.length > 0) return bad(`expected fields between tabs; got no ${missing.join(", ")}`);
  const ended = secondsIso(`${field("date")} ${field("time")}`);
  if (Number.isNaN(ended)) return bad("expected a date and a time; got others");
  const status = countOf(field("sc-status"));
  const sent = countOf(field("sc-bytes"));
  if (!(status < 1000) || Number.isNaN(sent)) return bad("expected status and bytes; got others");
  if (field("cs-method") !== "GET") return NOT_GET;
  if (!isDelivered(status)) return ignoredStatus(status);
  const body = countOf(field("sc-content-len"));
  const bytes = body < sent ? body : sent;
  if (bytes === 0) return NO_BYTES;
  const taken = Number(field("time-taken"));
  const time = Math.max(0, taken > 0 && taken < ended ? ended - taken : ended);
  const customer = rows.customers.numberOf(utf8Of(field("c-ip")));
  const file = rows.files.paths.numberOf(urlPath(field("cs-uri-stem")));
  rows.add(time, customer, file, bytes, status);
  return ROW;
}
