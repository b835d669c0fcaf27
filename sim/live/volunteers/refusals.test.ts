import { request } from "node:http";
import { connect } from "node:net";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Heard, NOW, type OpenDesk, withDesk } from "./testing.ts";

/** Neither the host nor what volunteers are to be told has changed since. */
function unchanged(desk: OpenDesk, before: number): void {
  assert.is(desk.host.told.length, before);
}

test("a spoofed announce is refused", () =>
  withDesk(async (desk) => {
    await desk.register();
    const wrong = await desk.announce({}, { token: "guessed" });
    assert.is(wrong.status, 401);
    assert.equal(wrong.answer, { errors: ["wrong signature"], time: NOW + 10_002 });
    const stranger = await desk.announce({}, { name: "mallory" });
    assert.equal(stranger.answer.errors, ["unknown volunteer: mallory"]);
    const changed = await desk.announce({}, { sent: '{"uploaded":1,"downloaded":0,"left":0}' });
    assert.equal(changed.answer.errors, ["wrong signature"]);
    unchanged(desk, 1);
    assert.is(desk.desk.counts.refusals.get(401), 3);
  }));

test("a signature for one path is none for another", () =>
  withDesk(async (desk) => {
    const url = `http://127.0.0.1:${desk.port}/-/announce`;
    let headers: Record<string, string> = {};
    const { fetch } = globalThis;
    globalThis.fetch = async (_, init) => {
      headers = init?.headers as Record<string, string>;
      return new Response("{}");
    };
    await desk.register();
    globalThis.fetch = fetch;
    const body = JSON.stringify({ urls: ["http://alpha.example/"], uplink: 1e6 });
    const response = await fetch(url, { method: "POST", headers, body });
    assert.equal(((await response.json()) as Heard).errors, ["wrong signature"]);
    unchanged(desk, 0);
  }));

test("headers that are missing or malformed are all told", () =>
  withDesk(async (desk) => {
    const { status, answer } = await desk.announce(
      {},
      {
        headers: {
          ...{ "X-Mirrorlab-Volunteer": "", "X-Mirrorlab-Counter": "-1" },
          "X-Mirrorlab-Signature": "00",
        },
      },
    );
    assert.is(status, 401);
    assert.equal(answer.errors, [
      "missing X-Mirrorlab-Volunteer",
      "X-Mirrorlab-Counter: expected milliseconds since 1970",
      "X-Mirrorlab-Signature: expected 64 hexadecimal digits",
    ]);
  }));

test("a replayed announce is refused, and so is an older one", () =>
  withDesk(async (desk) => {
    await desk.register();
    const counter = NOW + 10_500;
    assert.is((await desk.announce({}, { counter })).status, 200);
    const again = await desk.announce({}, { counter });
    assert.is(again.status, 401);
    const least = counter + 1;
    assert.equal(again.answer, {
      errors: [`X-Mirrorlab-Counter: expected ${least} or more; got ${counter}`],
      time: least,
    });
    assert.is((await desk.announce({}, { counter: counter - 1 })).status, 401);
    unchanged(desk, 2);
    assert.is((await desk.announce({}, { counter: again.answer.time })).status, 200);
  }));

test("a counter counts also where the body is refused", () =>
  withDesk(async (desk) => {
    const counter = NOW + 10_500;
    assert.is((await desk.announce({}, { counter, body: "no" })).status, 400);
    assert.is((await desk.announce({}, { counter, body: "no" })).status, 401);
  }));

test("what was overheard before a restart is refused after it, however soon that comes", () =>
  withDesk(async (desk) => {
    // The desk was opened at NOW; who was ahead of the clock may have sent this before.
    desk.wall = NOW + 1;
    const early = await desk.announce({}, { counter: NOW + 2000 });
    assert.is(early.status, 401);
    assert.is(early.answer.time, NOW + 2001);
    assert.is((await desk.announce({}, { counter: NOW + 2001 })).status, 409);
  }));

test("a counter may be five minutes behind the server's clock, two seconds ahead", () =>
  withDesk(async (desk) => {
    desk.wall = NOW + 1_000_000;
    const at = async (counter: number) => (await desk.announce({}, { counter })).status;
    assert.is(await at(NOW + 699_999), 401);
    assert.is(await at(NOW + 700_000), 409);
    assert.is(await at(NOW + 1_002_001), 401);
    assert.is(await at(NOW + 1_002_000), 409);
    const { answer } = await desk.announce({}, { counter: NOW + 2_000_000 });
    assert.equal(answer.errors, [
      `X-Mirrorlab-Counter: expected about ${NOW + 1_000_000}; got ${NOW + 2_000_000}`,
    ]);
  }));

test("a volunteer that floods is told when to come again, and others are not affected", () =>
  withDesk(
    async (desk) => {
      await desk.register();
      assert.is((await desk.announce()).status, 200);
      const { status, headers, answer } = await desk.announce();
      assert.is(status, 429);
      assert.is(headers.get("retry-after"), "2");
      assert.equal(answer.errors, ["too many requests of this volunteer"]);
      unchanged(desk, 2);
      const beta = { name: "beta", token: "token of beta" };
      assert.is((await desk.announce({}, beta)).status, 409);
      desk.host.time += 2;
      assert.is((await desk.announce()).status, 200);
    },
    {
      volunteers: [
        { name: "alpha", token: "token of alpha" },
        { name: "beta", token: "token of beta" },
      ],
      limits: { perVolunteer: [0.5, 2] },
    },
  ));

test("who does not know the token cannot use up what a volunteer has", () =>
  withDesk(
    async (desk) => {
      for (let i = 0; i < 5; i++) await desk.announce({}, { token: "guessed" });
      assert.is((await desk.register()).status, 200);
    },
    { limits: { perVolunteer: [0.5, 1] } },
  ));

test("an address that floods is told so before anything is read, and others are not affected", () =>
  withDesk(
    async (desk) => {
      desk.host.address = "2001:db8:1:2::1";
      await desk.register();
      await desk.announce({}, { token: "guessed" });
      desk.host.address = "2001:db8:1:2:3::99"; // The same network of 64 bits.
      const { status, headers, answer } = await desk.announce();
      assert.is(status, 429);
      assert.is(headers.get("retry-after"), "1");
      assert.equal(answer.errors, ["too many requests of this address"]);
      desk.host.address = "2001:db8:1:3::1";
      assert.is((await desk.announce()).status, 200);
    },
    { limits: { perAddress: [1, 2] } },
  ));

test("a body that is too large is refused, told or not", () =>
  withDesk(
    async (desk) => {
      await desk.register();
      const large = await desk.announce({ completed: ["x".repeat(1000)] });
      assert.is(large.status, 413);
      assert.equal(large.answer.errors, ["expected at most 1000 bytes"]);
      const heard = await new Promise((then) => {
        const huge = request({
          ...{ port: desk.port, host: "127.0.0.1", method: "POST", path: "/-/announce" },
          headers: {
            ...{ "X-Mirrorlab-Volunteer": "alpha", "X-Mirrorlab-Counter": "1" },
            ...{ "X-Mirrorlab-Signature": "0".repeat(64), "Content-Length": "1000000000000" },
          },
        });
        huge
          .on("response", ({ statusCode, headers }) => then([statusCode, headers.connection]))
          .on("error", then);
        huge.write("{");
      });
      assert.equal(heard, [413, "close"]);
      unchanged(desk, 1);
    },
    { limits: { body: 1000 } },
  ));

/** Sends the head of an announce, and of its body a part. */
function halfAnnounce(port: number, length = "Content-Length: 9", body = "{") {
  const socket = connect(port, "127.0.0.1");
  const headers = [
    ...["POST /-/announce HTTP/1.1", "Host: server", length],
    ...["X-Mirrorlab-Volunteer: alpha", "X-Mirrorlab-Counter: 1"],
    `X-Mirrorlab-Signature: ${"0".repeat(64)}`,
  ];
  socket.write(`${headers.join("\r\n")}\r\n\r\n${body}`);
  return socket;
}

test("a body that does not come is not waited for", () =>
  withDesk(
    async (desk) => {
      const socket = halfAnnounce(desk.port);
      const heard = await new Promise((then) => socket.once("data", (data) => then(String(data))));
      assert.match(String(heard), "HTTP/1.1 408");
      socket.destroy();
    },
    { limits: { reading: 0.05 } },
  ));

test("a body that does not tell how large it is is not read for ever", () =>
  withDesk(
    async (desk) => {
      const socket = halfAnnounce(
        desk.port,
        "Transfer-Encoding: chunked",
        `190\r\n${"x".repeat(400)}\r\n`,
      );
      await new Promise((then) => setTimeout(then, 20)); // Four times too much may yet end.
      socket.write("1\r\nx\r\n");
      const heard = await new Promise((then) => socket.once("data", (data) => then(String(data))));
      assert.match(String(heard), "HTTP/1.1 413");
      socket.destroy();
    },
    { limits: { body: 100 } },
  ));

test("bodies that are being read are bounded", () =>
  withDesk(
    async (desk) => {
      const socket = halfAnnounce(desk.port);
      await new Promise((then) => socket.once("connect", then));
      let status = 409;
      for (let i = 0; i < 50 && status === 409; i++) ({ status } = await desk.announce());
      assert.is(status, 503);
      socket.destroy();
      for (let i = 0; i < 50 && status === 503; i++) ({ status } = await desk.announce());
      assert.is(status, 409);
    },
    { limits: { bodies: 1, perVolunteer: [1000, 1000], perAddress: [1000, 1000] } },
  ));

test("all that is wrong with a body is told at once", () =>
  withDesk(async (desk) => {
    await desk.register();
    const { status, answer } = await desk.announce({
      ...{ uploaded: "1", downloaded: -1, left: undefined, completed: [7, "a"], droped: [] },
      ...{ holds: { manifest: "new" }, synchronisation: { state: "ready" } },
    });
    assert.is(status, 400);
    assert.equal(answer.errors, [
      "uploaded: expected number; got string",
      "downloaded: Too small: expected number to be >=0",
      "missing left",
      "completed.0: expected string; got number",
      "holds: expected {manifest, except} or {paths, manifest}",
      'synchronisation.state: Invalid option: expected one of "waiting"|"running"',
      "missing synchronisation.pendingFiles",
      "missing synchronisation.pendingBytes",
      "missing synchronisation.capacity",
      "missing synchronisation.delivering",
      "unknown field: droped",
    ]);
    unchanged(desk, 1);
  }));

for (const [body, error] of [
  ["", "expected JSON"],
  ["{", "expected JSON"],
  ["null", "expected object; got null"],
  ["[]", "expected object; got array"],
  ['"text"', "expected object; got string"],
  [`${"[".repeat(100_000)}${"]".repeat(100_000)}`, "expected object; got array"],
  ['{"uploaded":1e999,"downloaded":0,"left":0}', "uploaded: expected number; got Infinity"],
  ['{"uploaded":0,"downloaded":0,"left":0,"__proto__":{"x":1}}', "unknown field: __proto__"],
] as const) {
  test(`refused with one error: ${body.slice(0, 60) || "nothing"}`, () =>
    withDesk(async (desk) => {
      await desk.register();
      const { status, answer } = await desk.announce({}, { body });
      assert.is(status, 400);
      assert.equal(answer.errors, [error]);
      unchanged(desk, 1);
    }));
}

test("a long list of mistakes is told in part, a list that is too long not at all", () =>
  withDesk(async (desk) => {
    const many = await desk.announce({ completed: Array.from({ length: 30 }, () => 1) });
    assert.is(many.answer.errors.length, 21);
    assert.is(many.answer.errors.at(-1), "and 10 more");
    const wrong = Array.from({ length: 100_001 }, () => 1);
    const endless = await desk.announce({ completed: wrong, holds: { paths: wrong } });
    assert.equal(endless.answer.errors, [
      "completed: expected at most 100000 elements; got 100001",
      "holds.paths: expected at most 100000 elements; got 100001",
    ]);
  }));

test("an announce before a registration is refused", () =>
  withDesk(async (desk) => {
    const { status, answer } = await desk.announce();
    assert.is(status, 409);
    assert.equal(answer.errors, ["alpha has not registered: /-/volunteers"]);
    unchanged(desk, 0);
  }));

test("other methods and queries are refused", () =>
  withDesk(async (desk) => {
    const response = await fetch(`http://127.0.0.1:${desk.port}/-/announce`);
    assert.is(response.status, 405);
    assert.is(response.headers.get("allow"), "POST");
    assert.equal(((await response.json()) as Heard).errors, ["expected POST"]);
    assert.is((await desk.send("/-/announce?a=b", {})).status, 400);
  }));

test.run();
