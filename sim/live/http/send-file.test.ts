import {
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { ask, exchange, type FakeServer, fakeServer, header, MODIFIED, parsed } from "./testing.ts";

const TEXT = "Origin: Example\nSuite: sid\n"; // 27 bytes.
const DATE = "Sun, 06 Nov 1994 08:49:37 GMT";
const LARGE = "x".repeat(4_000_000);

let to: FakeServer;
test.before.each(async () => {
  to = await fakeServer({
    ...{ "dists/sid/InRelease": TEXT, "pool/tiny": "four", "pool/five": "five5" },
    ...{ "pool/empty": "", "Packages.gz": "packed", "large.iso": LARGE },
  });
});
test.after.each(async () => {
  assert.equal(to.failures, []);
  assert.is(to.decider.sending, 0);
  await to.close();
});

const IN_RELEASE = "/dists/sid/InRelease";

test("metadata and small files are sent by the server, which decides nothing", async () => {
  const answer = await ask(to, IN_RELEASE);
  assert.is(answer.status, 200);
  assert.is(answer.body.toString(), TEXT);
  assert.is(header(answer, "content-length"), "27");
  assert.is(header(answer, "content-type"), "text/plain; charset=utf-8");
  assert.is(header(answer, "last-modified"), DATE);
  assert.is(header(answer, "accept-ranges"), "bytes");
  assert.match(header(answer, "etag") ?? "", /^"[\w+/]{43}="$/);
  assert.match(header(answer, "digest") ?? "", /^SHA-256=[\w+/]{43}=$/);
  assert.match(header(answer, "repr-digest") ?? "", /^sha-256=:[\w+/]{43}=:$/);
  assert.is((await ask(to, "/pool/tiny")).body.toString(), "four");
  assert.is((await ask(to, "/pool/empty")).status, 200);
  assert.equal(to.decider.asked, []);
  assert.is(to.decider.delivered, 2); // Nothing is delivered of the empty one.
  assert.is((await ask(to, "/pool/five")).status, 302);
});

test("what is decided to be served is sent, and is told when it begins and ends", async () => {
  to.decider.decision.kind = "serve";
  const answer = await ask(to, "/large.iso");
  assert.is(answer.status, 200);
  assert.is(answer.body.length, LARGE.length);
  assert.equal(to.decider.asked, [{ file: 5, bytes: LARGE.length }]);
  assert.is(to.decider.delivered, 1);
});

test("packed files are sent as they are, without an encoding", async () => {
  to.decider.decision.kind = "serve";
  const answer = await ask(to, "/Packages.gz", { "Accept-Encoding": "gzip" });
  assert.is(answer.body.toString(), "packed");
  assert.is(header(answer, "content-encoding"), undefined);
  assert.is(header(answer, "content-type"), "application/gzip");
});

test("HEAD has the head of GET, and delivers nothing", async () => {
  const got = await ask(to, IN_RELEASE);
  const asked = await ask(to, IN_RELEASE, { Range: "bytes=0-1" }, "HEAD");
  assert.is(asked.status, 200);
  assert.is(asked.body.length, 0);
  const withoutDate = ({ headers }: typeof got) => [...headers].filter(([name]) => name !== "date");
  assert.equal(withoutDate(asked), withoutDate(got));
  assert.is(to.decider.delivered, 1);
});

test("a part is 206, what is behind the end 416, several parts the whole", async () => {
  const part = await ask(to, IN_RELEASE, { Range: "bytes=8-14" });
  assert.is(part.status, 206);
  assert.is(part.body.toString(), "Example");
  assert.is(header(part, "content-range"), "bytes 8-14/27");
  assert.is(header(part, "content-length"), "7");
  assert.is((await ask(to, IN_RELEASE, { Range: "bytes=-4" })).body.toString(), "sid\n");
  const behind = await ask(to, IN_RELEASE, { Range: "bytes=27-" });
  assert.is(behind.status, 416);
  assert.is(header(behind, "content-range"), "bytes */27");
  const several = await ask(to, IN_RELEASE, { Range: "bytes=0-1,4-5" });
  assert.is(several.status, 200);
  assert.is(several.body.toString(), TEXT);
});

test("a part of another version is the whole of this one", async () => {
  const Range = "bytes=8-14";
  assert.is((await ask(to, IN_RELEASE, { Range, "If-Range": DATE })).status, 206);
  const tag = header(await ask(to, IN_RELEASE), "etag") ?? "";
  assert.is((await ask(to, IN_RELEASE, { Range, "If-Range": tag })).status, 206);
  assert.is((await ask(to, IN_RELEASE, { Range, "If-Range": '"x"' })).body.toString(), TEXT);
});

test("preconditions: 304 for what the customer has, 412 for what is not there", async () => {
  assert.is((await ask(to, IN_RELEASE, { "If-Modified-Since": DATE })).status, 304);
  assert.is((await ask(to, IN_RELEASE, { "If-Match": '"x"' })).status, 412);
  assert.is((await ask(to, IN_RELEASE, { "If-Match": "*" })).status, 200);
});

test("a file that is not the one of the catalogue is not sent, and a scan is asked for", async () => {
  const root = to.catalogue.root;
  const outside = await fakeServer({ "sid/InRelease": TEXT }); // The very same bytes and time.
  const secret = join(outside.catalogue.root, "sid/InRelease");
  const changes = [
    () => to.catalogue.write("dists/sid/InRelease", TEXT.slice(1)), // Torn.
    () => to.catalogue.write("dists/sid/InRelease", TEXT, 784_111_778), // As long, and later.
    () => {
      rmSync(join(root, IN_RELEASE));
      mkdirSync(join(root, IN_RELEASE));
    },
    () => {
      rmSync(join(root, IN_RELEASE), { recursive: true });
      symlinkSync(secret, join(root, IN_RELEASE));
    },
    () => {
      rmSync(join(root, IN_RELEASE));
      symlinkSync("InRelease", join(root, IN_RELEASE)); // To itself.
    },
    () => {
      rmSync(join(root, "dists"), { recursive: true });
      symlinkSync(outside.catalogue.root, join(root, "dists"));
    },
  ];
  for (const [index, change] of changes.entries()) {
    change();
    for (const method of ["GET", "HEAD"]) {
      const answer = await ask(to, IN_RELEASE, {}, method);
      assert.is(answer.status, 503, String(change));
      assert.is(header(answer, "retry-after"), "5");
      assert.is(header(answer, "etag"), undefined);
    }
    assert.is(to.differing.length, 2 * index + 2);
  }
  await outside.close();
});

test("links inside the repository are followed, of files and of folders", async () => {
  const root = to.catalogue.root;
  renameSync(join(root, "dists"), join(root, "real"));
  renameSync(join(root, "real/sid/InRelease"), join(root, "real/sid/of-today"));
  symlinkSync("real", join(root, "dists"));
  symlinkSync("of-today", join(root, "real/sid/InRelease"));
  assert.is((await ask(to, IN_RELEASE)).body.toString(), TEXT);
  assert.equal(to.differing, []);
});

test("a file that has gone is 404, and a scan is asked for", async () => {
  rmSync(join(to.catalogue.root, "dists"), { recursive: true });
  assert.is((await ask(to, IN_RELEASE)).status, 404);
  writeFileSync(join(to.catalogue.root, "dists"), "no folder");
  assert.is((await ask(to, IN_RELEASE)).status, 404);
  assert.equal(to.differing, [0, 0]);
});

test("a disk that fails is 503, and a failure", async () => {
  to.catalogue.location = () => "/\0"; // Refused as a name, as a stand-in.
  assert.is((await ask(to, IN_RELEASE)).status, 503);
  assert.is(to.failures.splice(0).length, 1);
});

test("a customer who goes ends his delivery", async () => {
  to.decider.decision.kind = "serve";
  const socket = connect(to.port, "127.0.0.1");
  socket.write("GET /large.iso HTTP/1.1\r\nHost: any.example\r\n\r\n");
  await new Promise((resolve) => socket.once("data", resolve));
  assert.is(to.decider.sending, 1);
  socket.destroy();
  await until(() => to.decider.delivered === 1);
});

test("a customer who has gone before his file is opened ends his delivery too", async () => {
  const waiting: (() => void)[] = [];
  Object.assign(to.decider, { waiting });
  to.decider.decision.kind = "serve";
  const socket = connect(to.port, "127.0.0.1");
  socket.write("GET /large.iso HTTP/1.1\r\nHost: any.example\r\n\r\n");
  await until(() => waiting.length === 1);
  const gone = new Promise((resolve) => to.server.once("connection", resolve));
  socket.destroy();
  await exchange(to.port, "GET /pool/tiny HTTP/1.0\r\n\r\n"); // The server has seen the end by then.
  await gone;
  await until(() => connections(to) === 0);
  for (const then of waiting) then();
  await until(() => to.decider.delivered === 2);
});

test("a file that becomes shorter while it is sent closes the connection", async () => {
  const size = 100_000_000; // More than what is on its way to somebody who does not read.
  const location = join(to.catalogue.root, "large.iso");
  truncateSync(location, size);
  utimesSync(location, MODIFIED, MODIFIED);
  to.catalogue.at(5).size = size;
  to.decider.decision.kind = "serve";
  const socket = connect(to.port, "127.0.0.1");
  socket.write(
    "GET /large.iso HTTP/1.1\r\nHost: any.example\r\n\r\nGET /pool/tiny HTTP/1.1\r\nHost: a\r\n\r\n",
  );
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  await new Promise((resolve) => socket.once("data", resolve));
  socket.pause();
  truncateSync(location, 1000);
  socket.resume();
  await new Promise((resolve) => socket.once("close", resolve));
  const { body, headers } = parsed(Buffer.concat(chunks));
  assert.equal(headers.get("content-length"), [`${size}`]);
  assert.ok(body.length < size);
  await until(() => to.decider.sending === 0);
});

/** Waits for what others do soon; the test ends by its own assertions otherwise. */
async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !isSo(); turn++) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  assert.ok(isSo(), String(isSo));
}

function connections({ server }: FakeServer): number {
  let count = 0;
  server.getConnections((_, now) => {
    count = now;
  });
  return count;
}

test.run();
