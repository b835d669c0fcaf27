import { type LogFormat, utf8Parser } from "../log-format.ts";
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
import { urlPath } from "../text/url-path.ts";
import { secondsIso, secondsUnix } from "../text/utc.ts";
import { secondsOf } from "./common-time.ts";
import { type JsonObject, jsonCount, jsonObject, jsonText } from "./json-line.ts";

/**
 * JSON lines as people write them with nginx's `log_format … escape=json` (ngx_http_log_module):
 * one object a line, its fields named like nginx's variables. Of each list the first that is there
 * counts; all others are left out.
 *
 * - when: `msec`, `time_iso8601`, `time_local`, `time`, `timestamp`, `@timestamp`
 * - how long: `request_time`, in seconds; nginx writes a line when the answer ends, so that it is
 *   taken off the time
 * - who: `remote_addr`, `client_ip`, `client`, `remote_host`
 * - what: `request_method` or `method` and `request_uri` or `uri`, or all in `request`
 * - answer: `status`; `body_bytes_sent` or `bytes_sent`
 * - whole size, where a range was asked for: `sent_http_content_range`
 */
export const nginxJson: LogFormat = {
  name: "nginx-json",
  summary: "JSON lines with nginx's variables as fields (escape=json)",
  gives: "access",
  access: (rows) => utf8Parser((line) => parse(line, rows)),
};

const TIME = ["msec", "time_iso8601", "time_local", "time", "timestamp", "@timestamp"];
const CLIENT = ["remote_addr", "client_ip", "client", "remote_host"];
const METHOD = ["request_method", "method"];
const TARGET = ["request_uri", "uri"];
const BYTES = ["body_bytes_sent", "bytes_sent"];

function parse(line: string, rows: AccessRows): Outcome {
  const fields = jsonObject(line);
  if (fields === null) return bad("expected a JSON object; got another text");
  const ended = secondsIn(jsonText(fields, TIME) ?? "");
  if (Number.isNaN(ended)) return bad(`expected a time in one of ${TIME.join(", ")}; got none`);
  const client = jsonText(fields, CLIENT);
  if (client === null) return bad(`expected a client in one of ${CLIENT.join(", ")}; got none`);
  const [method, target] = requestIn(fields);
  if (method === null || target === null)
    return bad("expected a method and a target; got neither or one");
  const status = jsonCount(fields, ["status"]);
  const bytes = jsonCount(fields, BYTES);
  if (!(status < 1000) || Number.isNaN(bytes)) {
    return bad("expected status and bytes; got neither or one of them");
  }
  if (method !== "GET") return NOT_GET;
  if (!isDelivered(status)) return ignoredStatus(status);
  if (bytes === 0) return NO_BYTES;
  const file = rows.files.paths.numberOf(urlPath(latin1(target)));
  const size = wholeSize(jsonText(fields, ["sent_http_content_range"]) ?? "");
  if (size >= bytes) rows.files.state(file, { size });
  const time = Math.max(0, ended - durationIn(fields));
  rows.add(time, rows.customers.numberOf(client), file, bytes, status);
  return ROW;
}

function secondsIn(text: string): number {
  for (const read of [secondsUnix, secondsIso, secondsOf]) {
    const seconds = read(text);
    if (!Number.isNaN(seconds)) return seconds;
  }
  return Number.NaN;
}

function requestIn(fields: JsonObject): readonly [method: string | null, target: string | null] {
  const method = jsonText(fields, METHOD);
  const target = jsonText(fields, TARGET);
  if (method !== null && target !== null) return [method, target];
  const [first = null, second = null] = (jsonText(fields, ["request"]) ?? "").split(" ");
  return [method ?? first, target ?? second];
}

/** Seconds that the answer took; 0 where they are not said. */
function durationIn(fields: JsonObject): number {
  const seconds = Number(jsonText(fields, ["request_time"]) ?? 0);
  return seconds > 0 && seconds < Number.POSITIVE_INFINITY ? seconds : 0;
}

/** The size in `bytes 0-99/1234` (RFC 9110, section 14.4); NaN where there is none. */
function wholeSize(range: string): number {
  const size = Number(/^bytes \d+-\d+\/(\d{1,15})$/.exec(range)?.[1]);
  return size > 0 ? size : Number.NaN;
}

function latin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
