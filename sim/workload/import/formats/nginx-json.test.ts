import { test } from "uvu";
import * as assert from "uvu/assert";
import { kinds, readAccess, reasons } from "../testing.ts";
import { nginxJson } from "./nginx-json.ts";

const AT = Date.UTC(2026, 1, 3, 11, 20, 7) / 1000;

const LINE = {
  time_iso8601: "2026-02-03T11:20:07+00:00",
  remote_addr: "192.0.2.1",
  request_method: "GET",
  request_uri: "/pool/a%2b.deb?x=1",
  status: "200",
  body_bytes_sent: "490",
};
const read = (...lines: readonly object[]) =>
  readAccess(nginxJson, lines.map((line) => JSON.stringify(line)).join("\n"));

test("nginx's own variables, numbers quoted or not", () => {
  assert.equal(read(LINE).rows, [[AT, "192.0.2.1", "/pool/a+.deb", 490, 200]]);
  assert.equal(read({ ...LINE, status: 206, body_bytes_sent: 7 }).rows[0].slice(3), [7, 206]);
});

test("the time in any of nginx's forms, less what the answer took", () => {
  const { time_iso8601: _, ...line } = LINE;
  const time = (fields: object) => read({ ...line, ...fields }).rows[0]?.[0];
  assert.is(time({ msec: "1770117607.250" }), AT + 0.25);
  assert.is(time({ msec: 1770117607.25, request_time: "0.250" }), AT);
  assert.is(time({ time_local: "03/Feb/2026:12:20:07 +0100" }), AT);
  assert.is(time({ "@timestamp": "2026-02-03T11:20:07Z", request_time: "-1" }), AT);
});

test("a request in one piece", () => {
  const { request_method: _method, request_uri: _uri, ...line } = LINE;
  assert.is(read({ ...line, request: "GET /b HTTP/2.0" }).rows[0][2], "/b");
  assert.equal(kinds(read({ ...line, request: "\u0016\u0003" }).outcomes), ["bad"]);
});

test("the whole size of a file of which a range was asked for", () => {
  const range = { ...LINE, status: 206, sent_http_content_range: "bytes 0-489/1234" };
  const { access } = read(range);
  assert.is(access.files.size(0), 1234);
  assert.ok(
    Number.isNaN(read({ ...range, sent_http_content_range: "bytes */1234" }).access.files.size(0)),
  );
});

test("text in any alphabet, its characters escaped or not", () => {
  const line = JSON.stringify({ ...LINE, request_uri: "/ä" });
  assert.is(readAccess(nginxJson, line).rows[0][2], "/ä");
  assert.is(readAccess(nginxJson, line.replace("ä", "\\u00e4")).rows[0][2], "/ä");
  assert.is(readAccess(nginxJson, Buffer.from(line, "latin1")).rows[0][2], "/%E4");
});

test("no downloads, and no lines", () => {
  assert.equal(
    reasons(
      read(
        { ...LINE, request_method: "POST" },
        { ...LINE, status: 404 },
        { ...LINE, body_bytes_sent: 0 },
        { ...LINE, status: "ok" },
        { ...LINE, body_bytes_sent: -1 },
        { ...LINE, body_bytes_sent: 2 ** 60 },
        { ...LINE, remote_addr: "" },
        { ...LINE, time_iso8601: "yesterday" },
        [LINE],
      ).outcomes,
    ),
    [
      "not a GET",
      "status 404",
      "no bytes",
      "expected status and bytes; got neither or one of them",
      "expected status and bytes; got neither or one of them",
      "expected status and bytes; got neither or one of them",
      "expected a client in one of remote_addr, client_ip, client, remote_host; got none",
      "expected a time in one of msec, time_iso8601, time_local, time, timestamp, @timestamp; got none",
      "expected a JSON object; got another text",
    ],
  );
  for (const text of ["{", "null", '{"__proto__": {"status": 200}}', "{}", "[]", "x"]) {
    assert.equal(kinds(readAccess(nginxJson, text).outcomes), ["bad"], text);
  }
});

test.run();
