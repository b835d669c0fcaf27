import { type LogFormat, latin1Parser } from "../log-format.ts";
import {
  bad,
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
import { secondsUnix } from "../text/utc.ts";
import { utf8Of } from "../text/utf8.ts";

/**
 * Squid's native access log (Squid wiki, "Features/LogFormat", `logformat squid`):
 *
 *     1286536309.586    921 192.0.2.1 TCP_MISS/200 507 GET http://example.org/a - DIRECT/x text/html
 *
 * It has the time at which the answer ended and the milliseconds it took, and bytes with the header.
 * A proxy serves many hosts, so the host is part of the path.
 */
export const squid: LogFormat = {
  name: "squid",
  summary: "squid's native access.log",
  gives: "access",
  access: (rows) => latin1Parser((line) => parse(line, rows)),
};

const SHAPE =
  /^ *(\d+\.\d+) +(-?\d+) (\S+) ([A-Z_]+)\/(\d{3}) (\S+) (\S+) (.*) \S+ [A-Z_]+\/\S+ \S+$/;

function parse(line: string, rows: AccessRows): Outcome {
  const [found, at, elapsed, client, , code, sent, method, url] = SHAPE.exec(line) ?? [];
  if (found === undefined) {
    return bad(
      "expected time elapsed client code/status bytes method URL user peer type; got others",
    );
  }
  const ended = secondsUnix(at);
  if (Number.isNaN(ended)) return bad("expected a time up to the year 9999; got a later one");
  const bytes = countOf(sent);
  if (Number.isNaN(bytes)) return bad("expected a number of bytes below 2^53; got another");
  const status = Number(code);
  if (method !== "GET") return NOT_GET;
  if (!isDelivered(status)) return ignoredStatus(status);
  if (bytes === 0) return NO_BYTES;
  const time = Math.max(0, ended - Math.max(0, Number(elapsed)) / 1000);
  const customer = rows.customers.numberOf(utf8Of(client));
  const file = rows.files.paths.numberOf(urlPath(url, { withHost: true }));
  rows.add(time, customer, file, bytes, status);
  return ROW;
}
