import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Announcer, signed } from "./announcer.ts";
import { Pace } from "./pace.ts";
import { DemoVolunteer } from "./volunteer.ts";

// Plain JavaScript, which has no types.
const reference = await import(new URL("../../../examples/announce.js", import.meta.url).href);

const TOKEN = "0123456789abcdef0123";
const BYTES = Uint8Array.from({ length: 100_000 }, (_, at) => at % 251);

interface Heard {
  readonly path: string;
  readonly counter: number;
  readonly message: Readonly<Record<string, unknown>>;
}

/** A server that hears volunteers; `refusing`: answers that come before it agrees. */
class Desk {
  readonly heard: Heard[] = [];
  readonly #server: Server;

  constructor(interval: number, refusing: { status: number; answer: object }[] = []) {
    this.#server = createServer(async (request, response) => {
      const message = (await json(request)) as Heard["message"];
      const counter = Number(request.headers["x-mirrorlab-counter"]);
      this.heard.push({ path: request.url ?? "", counter, message });
      const { status, answer } = refusing.shift() ?? { status: 200, answer: { interval } };
      response.writeHead(status).end(JSON.stringify(answer));
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

async function withVolunteer(
  options: { rate?: number; lies?: boolean; interval?: number },
  act: (volunteer: DemoVolunteer, desk: Desk) => Promise<void>,
): Promise<Desk> {
  const { rate = 1e9, lies = false, interval = 60 } = options;
  const desk = new Desk(interval);
  const server = await desk.start();
  const files = new Map([["pool/a b.deb", BYTES]]);
  const volunteer = new DemoVolunteer({ server, name: "v", token: TOKEN, files, rate, lies });
  try {
    await volunteer.start(() => {});
    await act(volunteer, desk);
  } finally {
    await volunteer.close();
    await desk.close();
  }
  return desk;
}

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

test("a line carries what all send over it together, one after the other", () => {
  let now = 10;
  const pace = new Pace(100, () => now);
  assert.is(pace.take(50), 0.5);
  assert.is(pace.take(100), 1.5);
  now = 11;
  assert.is(pace.take(0), 0.5);
  now = 20; // What was not used is lost.
  assert.is(pace.take(100), 1);
});

test("downloads take as long as the line needs, and two at once twice as long", async () => {
  await withVolunteer({ rate: 1_000_000 }, async ({ base }) => {
    const started = performance.now();
    const both = [1, 2].map(async () => bytesOf(await fetch(`${base}pool/a%20b.deb`)));
    const [one, two] = await Promise.all(both);
    const seconds = (performance.now() - started) / 1000;
    assert.ok(seconds >= 0.19, `${seconds} s for 200 kB over 1 MB/s`);
    assert.equal([...one], [...BYTES]);
    assert.equal(one, two);
  });
});

test("it has ranges, heads, and no other files", async () => {
  await withVolunteer({}, async ({ base }) => {
    const url = `${base}pool/a%20b.deb`;
    const part = async (range: string) => {
      const response = await fetch(url, { headers: { Range: range } });
      const bytes = [...(await bytesOf(response))];
      return [response.status, response.headers.get("content-range"), bytes];
    };
    assert.equal(await part("bytes=5-7"), [206, "bytes 5-7/100000", [5, 6, 7]]);
    const end = [BYTES[99_998], BYTES[99_999]];
    assert.equal(await part("bytes=99998-"), [206, "bytes 99998-99999/100000", end]);
    assert.equal(await part("bytes=99998-200000"), [206, "bytes 99998-99999/100000", end]);
    assert.equal(await part("bytes=-2"), [206, "bytes 99998-99999/100000", end]);
    assert.is((await part("bytes=100000-"))[0], 200);
    assert.is((await part("bytes=nonsense"))[0], 200);
    const head = await fetch(url, { method: "HEAD" });
    assert.is(head.headers.get("content-length"), "100000");
    assert.is((await fetch(`${base}pool/other`)).status, 404);
  });
});

test("who lies sends as many bytes, and none of them right", async () => {
  await withVolunteer({ lies: true }, async ({ base }) => {
    const bytes = await bytesOf(await fetch(`${base}pool/a%20b.deb`));
    assert.is(bytes.length, BYTES.length);
    assert.not.ok(bytes.some((byte, at) => byte === BYTES[at]));
    const headers = { Range: "bytes=5-7" };
    const part = await bytesOf(await fetch(`${base}pool/a%20b.deb`, { headers }));
    assert.equal([...part], [250, 249, 248]);
  });
});

test("it offers its help, tells what it has and sends, and says good-bye", async () => {
  const desk = await withVolunteer({ interval: 0.05 }, async ({ base }, { heard }) => {
    assert.equal(
      heard.map(({ path, message }) => [path, message]),
      [
        ["/-/volunteers", { urls: [base], uplink: 1e9, covers: [] }],
        [
          "/-/announce",
          {
            ...{ uploaded: 0, downloaded: 0, left: 0, active: 0, started: true },
            holds: { paths: ["pool/a b.deb"] },
          },
        ],
      ],
    );
    await bytesOf(await fetch(`${base}pool/a%20b.deb`));
    const before = heard.length;
    while (heard.length <= before) await pause(10);
    assert.equal(heard.at(-1)?.message, {
      ...{ uploaded: 100_000, downloaded: 0, left: 0, active: 0 },
    });
  });
  assert.is(desk.heard.at(-1)?.message["leaving"], true);
  const counters = desk.heard.map(({ counter }) => counter);
  assert.ok(counters.every((counter, at) => at === 0 || counter > counters[at - 1]));
});

test("announces are signed as the reference announcer signs them", () => {
  const message = ["v", TOKEN, "/-/announce", 1_767_225_600_000, '{"left":0}'] as const;
  assert.equal(signed(...message), reference.signed(...message));
  const hmac = createHmac("sha256", TOKEN).update('POST\n/-/announce\n1767225600000\n{"left":0}');
  assert.is(signed(...message)["X-Mirrorlab-Signature"], hmac.digest("hex"));
});

test("a counter that lags behind goes on from the server's time, once; other refusals are told", async () => {
  const late = { status: 401, answer: { errors: ["late"], time: 9e12 } };
  const desk = new Desk(7, [late, { status: 409, answer: { errors: ["register", "first"] } }]);
  const announcer = new Announcer({ server: await desk.start(), name: "v", token: TOKEN });
  const tell = () => announcer.tell("/-/announce", {});
  try {
    await tell();
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).message, "/-/announce: 409 register; first");
  }
  assert.equal(
    desk.heard.map(({ counter }) => counter > 9e12),
    [false, true],
  );
  assert.equal(await tell(), { interval: 7 });
  await desk.close();
});

test.run();
