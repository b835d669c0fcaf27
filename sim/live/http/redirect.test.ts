import { test } from "uvu";
import * as assert from "uvu/assert";
import { ask, type FakeServer, fakeServer, header, SELF } from "./testing.ts";

const HELLO = "pool/main/h/hello_1.0+b2.deb";
const TEXT = "hello, world"; // 12 bytes.
// printf 'hello, world' | openssl dgst -sha256 -binary | base64
const SHA256 = "Ccp+TqpuiunH0mEWcSkYSINkTQffuny/vEyKLgg2DVs=";

let to: FakeServer;
test.before.each(async () => {
  to = await fakeServer({ [HELLO]: TEXT, "a b/ü?#%.iso": TEXT, InRelease: "Suite: sid" });
});
test.after.each(async () => {
  assert.equal(to.failures, []);
  await to.close();
});

test("a file is redirected to one volunteer, with alternatives and digests", async () => {
  const answer = await ask(to, `/${HELLO}`);
  assert.is(answer.status, 302);
  assert.is(
    header(answer, "location"),
    "http://zero.example/debian/pool/main/h/hello_1.0%2Bb2.deb",
  );
  assert.equal(answer.headers.get("link"), [
    "<https://one.example/pool/main/h/hello_1.0%2Bb2.deb>; rel=duplicate; pri=1",
    "<http://[2001:db8::2]:8080/two/pool/main/h/hello_1.0%2Bb2.deb>; rel=duplicate; pri=2",
    '</pool/main/h/hello_1.0%2Bb2.deb.meta4>; rel=describedby; type="application/metalink4+xml"',
  ]);
  assert.is(header(answer, "digest"), `SHA-256=${SHA256}`);
  assert.is(header(answer, "repr-digest"), `sha-256=:${SHA256}:`);
  assert.is(header(answer, "etag"), `"${SHA256}"`);
  assert.is(header(answer, "cache-control"), "private, no-store");
  assert.is(header(answer, "content-length"), "0");
  assert.is(header(answer, "x-mirrorlab-reason"), undefined);
  assert.equal(to.decider.asked, [{ file: 0, bytes: 12 }]);
});

test("at most five alternatives are named, and never the chosen one", async () => {
  const base = (volunteer: number) => ({ volunteer, base: `http://v${volunteer}.example/` });
  to.decider.volunteers = Array.from({ length: 9 }, (_, index) => base(index));
  for (const volunteer of [3, 8]) {
    to.decider.decision.volunteer = volunteer;
    const links = (await ask(to, `/${HELLO}`)).headers.get("link") ?? [];
    const named = links.map((link) => /^<http:\/\/v(\d)\..*pri=(\d)$/.exec(link)?.slice(1).join());
    const expected =
      volunteer === 3 ? ["0,1", "1,2", "2,3", "4,4", "5,5"] : ["0,1", "1,2", "2,3", "3,4", "4,5"];
    assert.equal(named, [...expected, undefined]);
  }
});

test("Location has the catalogue's path, encoded, however it was asked for", async () => {
  const location = "http://zero.example/debian/a%20b/%C3%BC%3F%23%25.iso";
  for (const target of [
    "/a%20b/%C3%BC%3F%23%25.iso",
    "/%61%20b/%c3%bc%3f%23%25.iso?x=http://evil/",
  ]) {
    assert.is(header(await ask(to, target), "location"), location, target);
  }
});

test("what is no path of the catalogue is 404, without a decision", async () => {
  const targets = [
    ...[
      "/pool",
      "/pool/main/h/hello",
      `/${HELLO}/`,
      `//${HELLO}`,
      `//evil.example/${HELLO}`,
      `/./${HELLO}`,
    ],
    ...[
      "/../etc/passwd",
      "/%2e%2e/etc/passwd",
      `/pool/../${HELLO}`,
      "/pool%2Fmain/h/hello_1.0+b2.deb",
    ],
    ...["/pool%2fmain%2fh%2fhello_1.0%2Bb2.deb", `/%2F${HELLO}`, `/${HELLO.replace("+", "%252B")}`],
    ...["/pool\\main", "/.git/config", "/-/status"],
  ];
  for (const target of targets) {
    const answer = await ask(to, target);
    assert.is(answer.status, 404, target);
    assert.is(answer.body.toString(), "not found\n");
    assert.is(header(answer, "location"), undefined);
  }
  assert.equal(to.decider.asked, []);
});

test("broken escapes, NUL, line ends and foreign hosts are 400, and nothing of them comes back", async () => {
  const targets = [
    ...["/%", "/%zz", "/%00", `/${HELLO}%00`, "/%0d%0aX-Injected:%20yes", "/%ff", "/a#b", "*"],
    ...[`http://evil.example/${HELLO}`, `http://any.example@evil.example/${HELLO}`],
  ];
  for (const target of targets) {
    const answer = await ask(to, target);
    assert.is(answer.status, 400, target);
    assert.is(answer.body.toString(), "not a path\n");
    assert.is(header(answer, "location"), undefined);
  }
  assert.equal(to.decider.asked, []);
});

test("an absolute target is answered as its path, and Host never shows", async () => {
  const answer = await ask(to, `http://evil.example/${HELLO}`, { Host: "evil.example" });
  assert.is(
    header(answer, "location"),
    "http://zero.example/debian/pool/main/h/hello_1.0%2Bb2.deb",
  );
  assert.not.match([...answer.headers.values()].join(), /evil/);
});

test("line ends in a query do not reach the answer", async () => {
  const answer = await ask(to, `/${HELLO}?x=%0d%0aX-Injected:%20yes`);
  assert.is(answer.status, 302);
  assert.is(header(answer, "x-injected"), undefined);
});

test("HEAD is a mere question", async () => {
  const answer = await ask(to, `/${HELLO}`, { Range: "bytes=99-" }, "HEAD");
  assert.is(answer.status, 302);
  assert.is(answer.body.length, 0);
  assert.equal(to.decider.asked, [{ file: 0, bytes: 0 }]);
});

test("other methods are 405", async () => {
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"]) {
    const answer = await ask(to, `/${HELLO}`, { "Content-Length": "0" }, method);
    assert.is(answer.status, 405);
    assert.is(header(answer, "allow"), "GET, HEAD");
  }
});

test("a part is redirected as a part", async () => {
  const ranges = ["bytes=2-4", "bytes=-5", "bytes=8-", "bytes=0-1,3-4", "x"];
  for (const Range of ranges) assert.is((await ask(to, `/${HELLO}`, { Range })).status, 302);
  assert.equal(
    to.decider.asked.map(({ bytes }) => bytes),
    [3, 5, 4, 12, 12],
  );
});

test("a part that no copy has is 416, unless the volunteer may find it invalid", async () => {
  const answer = await ask(to, `/${HELLO}`, { Range: "bytes=12-" });
  assert.is(answer.status, 416);
  assert.is(header(answer, "content-range"), "bytes */12");
  assert.equal(to.decider.asked, []);
  const other = await ask(to, `/${HELLO}`, { Range: "bytes=12-", "If-Range": '"x"' });
  assert.is(other.status, 302);
  assert.equal(to.decider.asked, [{ file: 0, bytes: 12 }]);
});

test("who has the file is told so, and no volunteer is sought", async () => {
  const conditions = [
    { "If-None-Match": `"x", W/"${SHA256}"` },
    { "If-Modified-Since": "Sun, 06 Nov 1994 08:49:37 GMT" },
  ];
  for (const target of [`/${HELLO}`, "/a%20b/%C3%BC%3F%23%25.iso"]) {
    for (const condition of conditions) {
      const answer = await ask(to, target, condition);
      assert.is(answer.status, 304);
      assert.is(header(answer, "etag"), `"${SHA256}"`);
      assert.is(answer.body.length, 0);
    }
  }
  assert.equal(to.decider.asked, []);
  const stale = { "If-None-Match": '"x"', "If-Modified-Since": "Sun, 06 Nov 1994 08:49:37 GMT" };
  assert.is((await ask(to, `/${HELLO}`, stale)).status, 302);
});

test("If-Match of a file that is redirected is the volunteer's to judge", async () => {
  assert.is((await ask(to, `/${HELLO}`, { "If-Match": '"of-nginx"' })).status, 302);
});

test("later is 503, with whole seconds to wait, one at least", async () => {
  to.decider.decision.kind = "later";
  for (const [seconds, told] of [
    [0, "1"],
    [0.2, "1"],
    [2.1, "3"],
  ] as const) {
    to.decider.decision.retryAfter = seconds;
    const answer = await ask(to, `/${HELLO}`);
    assert.is(answer.status, 503);
    assert.is(header(answer, "retry-after"), told);
    assert.is(header(answer, "cache-control"), "private, no-store");
  }
});

test("no answer goes out before its decision is in the journal, and then it is the one decided", async () => {
  const { decider } = to;
  for (const kind of ["redirect", "later", "serve"] as const) {
    const waiting: (() => void)[] = [];
    Object.assign(decider, { waiting });
    Object.assign(decider.decision, { kind, volunteer: 1, retryAfter: 7 });
    let isAnswered = false;
    const answer = ask(to, `/${HELLO}`).finally(() => {
      isAnswered = true;
    });
    while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
    Object.assign(decider.decision, { kind: "later", volunteer: 2, retryAfter: 9 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.not(isAnswered);
    for (const then of waiting) then();
    const { status, headers } = await answer;
    assert.is(status, { redirect: 302, later: 503, serve: 200 }[kind]);
    assert.is(headers.get("location")?.[0].startsWith("https://one.example/") ?? true, true);
    assert.is(headers.get("retry-after")?.[0] ?? "7", "7");
  }
});

test("the reason is shown on request, and only then", async () => {
  Object.assign(to.decider.decision, { reason: "least wait\r\nX-Injected: yes" });
  to.decider.excluded = [{ name: "fast.example", reason: "no copy" }];
  for (const kind of ["redirect", "later", "serve"] as const) {
    Object.assign(to.decider.decision, { kind });
    const answer = await ask(to, `/${HELLO}?explain`);
    assert.is(answer.status, { redirect: 302, later: 503, serve: 200 }[kind]);
    assert.is(header(answer, "x-mirrorlab-reason"), "least wait??X-Injected: yes");
    assert.is(header(answer, "x-mirrorlab-excluded"), "fast.example=no copy");
    assert.is(header(await ask(to, `/${HELLO}`), "x-mirrorlab-reason"), undefined);
  }
  const own = await ask(to, "/InRelease?explain");
  assert.is(own.status, 200);
  assert.is(header(own, "x-mirrorlab-reason"), "metadata is sent by the server itself");
  assert.is(header(await ask(to, "/InRelease"), "x-mirrorlab-reason"), undefined);
});

test("who accepts a metalink gets one, unless the server has the file itself or a part is asked for", async () => {
  const Accept = "*/*, application/metalink+xml, application/metalink4+xml"; // zypper's.
  const answer = await ask(to, `/${HELLO}`, { Accept });
  assert.is(header(answer, "content-type"), "application/metalink4+xml");
  assert.match(answer.body.toString(), `${SELF}pool/main/h/hello_1.0%2Bb2.deb</url>`);
  assert.equal(to.decider.asked, []);
  assert.is((await ask(to, "/InRelease", { Accept })).body.toString(), "Suite: sid");
  assert.is((await ask(to, `/${HELLO}`, { Accept, Range: "bytes=0-1" })).status, 302);
  const unwanted = { Accept: "application/metalink4+xml;q=0, */*" };
  assert.is((await ask(to, `/${HELLO}`, unwanted)).status, 302);
  const aria2 = { Accept, "User-Agent": "aria2/1.36.0" }; // It would store it as the file.
  assert.is((await ask(to, `/${HELLO}`, aria2)).status, 302);
});

test("a decider or a volunteer's address that fails is a 500 of one line, and the server goes on", async () => {
  to.decider.decision.volunteer = 77;
  const answer = await ask(to, `/${HELLO}`);
  assert.is(answer.status, 500);
  assert.is(answer.body.toString(), "the server failed\n");
  to.decider.volunteers = [{ volunteer: 77, base: "http://a\r\nb/" }];
  assert.is((await ask(to, `/${HELLO}`)).status, 500);
  assert.is(to.failures.splice(0).length, 2);
  to.decider.volunteers = [{ volunteer: 77, base: "http://a/" }];
  assert.is((await ask(to, `/${HELLO}`)).status, 302);
});

test.run();
