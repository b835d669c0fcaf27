import { connect } from "node:net";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { ask, exchange, type FakeServer, fakeServer, parsed } from "./testing.ts";

let to: FakeServer;
test.before(async () => {
  to = await fakeServer({ "a.iso": "12345" });
});
test.after(async () => {
  assert.equal(to.failures, []);
  await to.close();
});

const MALFORMED: Readonly<Record<string, string>> = {
  "no HTTP at all": "hello\r\n\r\n",
  "a line end alone": "GET /a.iso HTTP/1.1\nHost: a\n\n",
  "a space in the target": "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
  "a version that is none": "GET /a.iso HTTP/9.9\r\nHost: a\r\n\r\n",
  "two lengths": "GET /a.iso HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
  "a length and chunks":
    "GET /a.iso HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  "no Host": "GET /a.iso HTTP/1.1\r\n\r\n",
  "NUL in a header": "GET /a.iso HTTP/1.1\r\nHost: a\0\r\n\r\n",
  "bytes above ASCII in the target": "GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n",
  "no name of a header": "GET /a.iso HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n",
};

for (const [what, bytes] of Object.entries(MALFORMED)) {
  test(`${what} is 400, one line at most, and the end of the connection`, async () => {
    const all = await exchange(to.port, bytes);
    const { status, body } = parsed(all);
    assert.is(status, 400, all.toString());
    assert.ok(body.length < 20);
    assert.not.match(all.toString(), /Error|at |node:|HPE_/);
  });
}

test("a head of more than 8 KiB is 431", async () => {
  const answer = await ask(to, "/a.iso", { "X-Long": "x".repeat(9000) });
  assert.is(answer.status, 431);
  assert.is((await ask(to, `/${"x".repeat(9000)}`)).status, 431);
  assert.is((await ask(to, "/a.iso", { "X-Long": "x".repeat(7000) })).status, 302);
});

test("rubbish behind a request is no answer to it", async () => {
  const waiting: (() => void)[] = [];
  Object.assign(to.decider, { waiting });
  const all = await exchange(to.port, "GET /a.iso HTTP/1.1\r\nHost: a\r\n\r\nrubbish\r\n\r\n");
  assert.is(all.length, 0);
  assert.is(waiting.length, 1);
  for (const then of waiting) then(); // Answers nobody, and fails nobody.
  Object.assign(to.decider, { waiting: null });
});

test("a connection that ends or breaks in the midst of a head harms nobody", async () => {
  for (const finish of ["end", "resetAndDestroy"] as const) {
    const socket = connect(to.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write("GET /a.iso HT", () => socket[finish]());
    socket.resume();
    await new Promise((resolve) => socket.once("close", resolve));
  }
  assert.is((await ask(to, "/a.iso")).status, 302);
});

test("limits are set", () => {
  const { server } = to;
  assert.equal(
    [server.headersTimeout, server.requestTimeout, server.keepAliveTimeout, server.timeout],
    [10_000, 30_000, 15_000, 120_000],
  );
  assert.equal([server.maxConnections, server.maxRequestsPerSocket], [1000, 10_000]);
});

test.run();
