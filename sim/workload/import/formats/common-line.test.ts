import { test } from "uvu";
import * as assert from "uvu/assert";
import { parseCommon } from "./common-line.ts";

const TIME = "[17/May/2015:08:05:32 +0000]";
const SECONDS = Date.UTC(2015, 4, 17, 8, 5, 32) / 1000;

const line = (request: string, rest = "200 490", host = "192.0.2.1 - -") =>
  `${host} ${TIME} "${request}" ${rest}`;
const download = (path: string, { bytes = 490, host = "192.0.2.1", status = 200 } = {}) =>
  ({ kind: "download", host, time: SECONDS, path, status, bytes }) as const;

test("a GET answered with bytes is a download, in either format", () => {
  assert.equal(parseCommon(line("GET /a HTTP/1.1")), download("/a"));
  assert.equal(
    parseCommon(line("GET /a HTTP/1.1", '206 7 "-" "apt/1"')),
    download("/a", { status: 206, bytes: 7 }),
  );
});

test("hosts may be IPv6 addresses or names, users may have spaces", () => {
  const path = "GET /a HTTP/1.1";
  assert.equal(
    parseCommon(line(path, "200 490", "2001:db8::1 - -")),
    download("/a", { host: "2001:db8::1" }),
  );
  assert.equal(
    parseCommon(line(path, "200 490", "a.example - Jo Doe")),
    download("/a", { host: "a.example" }),
  );
});

test("any protocol will do, or none", () => {
  for (const protocol of [" HTTP/2.0", " HTTP/1.0", " HTTP/3", ""]) {
    assert.equal(parseCommon(line(`GET /a b${protocol}`)), download("/a b"));
  }
});

test("a path is that of the URL", () => {
  const path = (target: string) => {
    const parsed = parseCommon(line(`GET ${target} HTTP/1.1`));
    return parsed.kind === "download" ? parsed.path : parsed.kind;
  };
  assert.is(path("/a?b=/c"), "/a");
  assert.is(path("http://example.org/c%2B%2b.deb"), "/c++.deb");
  assert.is(path("/%ff"), "/%FF");
});

test("quotes and backslashes escaped by a backslash belong to the request", () => {
  assert.equal(parseCommon(line('GET /a\\"b HTTP/1.1')), download('/a"b'));
  assert.equal(parseCommon(line("GET /a\\\\ HTTP/1.1")), download("/a\\"));
  assert.equal(parseCommon(line("GET /a\\\\")), download("/a\\"));
});

test("bytes that servers write as hexadecimal digits are those bytes", () => {
  assert.equal(parseCommon(line("GET /\\xC3\\xA4 HTTP/1.1")), download("/ä"));
  assert.equal(parseCommon(line("GET /\\xe4 HTTP/1.1")), download("/%E4"));
  assert.equal(parseCommon(line("GET /a\\tb HTTP/1.1")), download("/a\tb"));
});

test("what follows the bytes may be broken", () => {
  assert.equal(parseCommon(line("GET /a HTTP/1.1", '200 490 "-" "un"cl\\"osed')), download("/a"));
});

test("sound lines that are no downloads are ignored for a reason", () => {
  const reason = (request: string, rest?: string) => parseCommon(line(request, rest));
  const ignored = (text: string) => ({ kind: "ignored", reason: text });
  assert.equal(reason("GET /a HTTP/1.1", "304 -"), ignored("status 304"));
  assert.equal(reason("GET /a HTTP/1.1", "404 196"), ignored("status 404"));
  assert.equal(reason("GET /a HTTP/1.1", "200 0"), ignored("no bytes"));
  assert.equal(reason("GET /a HTTP/1.1", "200 -"), ignored("no bytes"));
  assert.equal(reason("HEAD /a HTTP/1.1"), ignored("not a GET"));
  assert.equal(reason("POST /a HTTP/1.1"), ignored("not a GET"));
  assert.equal(reason("-", "408 -"), ignored("not an HTTP request"));
  assert.equal(reason("", "400 0"), ignored("not an HTTP request"));
  assert.equal(reason("\\x16\\x03\\x01", "400 157"), ignored("not an HTTP request"));
  assert.equal(parseCommon(""), ignored("blank line"));
});

test("a line that is cut short anywhere is bad, unless what is left is whole", () => {
  const whole = line("GET /a HTTP/1.1", "200 490");
  const firstWhole = whole.indexOf("490") + 1;
  for (let end = 1; end < firstWhole; end++) {
    assert.is(parseCommon(whole.slice(0, end)).kind, "bad", whole.slice(0, end));
  }
});

test("a bad line has the reason that it is", () => {
  const reason = (text: string) => {
    const parsed = parseCommon(text);
    return parsed.kind === "bad" ? parsed.reason : parsed.kind;
  };
  assert.match(reason("hello"), "expected host ident user [time]");
  assert.match(reason(line("GET /a").replace("May", "Mai")), "expected a time like");
  assert.match(reason(`a - - ${TIME} GET /a 200 1`), 'expected "request"; got no quote');
  assert.match(reason(`a - - ${TIME} "GET /a 200 1`), 'expected "request"; got no closing quote');
  for (const rest of [
    "20 490",
    "2000 490",
    "200 49O",
    "200 -1",
    "200",
    "x",
    "200 99999999999999999",
  ]) {
    assert.match(reason(line("GET /a", rest)), "expected status and bytes", rest);
  }
  assert.match(reason("x".repeat(65_537)), "expected a line of at most 65536 bytes");
});

test.run();
