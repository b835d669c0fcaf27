import { createHash } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../engine/random.ts";
import { download, type Outcome, visit } from "./customer.ts";

const digestOf = (text: string) => createHash("sha256").update(text).digest("hex");
const DIGESTS = new Map([
  ["a", digestOf("bytes of a")],
  ["b", digestOf("bytes of b")],
]);

let servers: Server[] = [];
test.after.each(async () => {
  for (const server of servers) server.closeAllConnections();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  servers = [];
});

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const NEVER = new AbortController().signal;
const attempt = (server: string, path: string) =>
  download({ name: "customer-1", server, digests: DIGESTS }, path, NEVER);

test("a customer goes where it is sent to, and compares the digest", async () => {
  const agents: unknown[] = [];
  const mirror = await listening(({ url, headers }, response) => {
    agents.push(headers["user-agent"]);
    response.end(url === "/a" ? "bytes of a" : "other bytes");
  });
  const server = await listening(({ url }, response) => {
    response.writeHead(302, { Location: new URL(url ?? "", mirror).href }).end();
  });
  const common = { customer: "customer-1", from: mirror };
  assert.equal(await attempt(server, "a"), { ...common, path: "a", kind: "good", bytes: 10 });
  assert.equal(await attempt(server, "b"), { ...common, path: "b", kind: "wrong", bytes: 11 });
  assert.equal(agents, ["customer-1", "customer-1"]);
});

test("what is cut short, refused, missing, or a circle has failed", async () => {
  const server = await listening(({ url }, response) => {
    if (url === "/a") {
      response.writeHead(200, { "Content-Length": 10 }).write("bytes");
      setImmediate(() => response.destroy());
    } else if (url === "/b") response.writeHead(302, { Location: "http://127.0.0.1:9/b" }).end();
    else if (url === "/c") response.writeHead(302, { Location: "/c" }).end();
    else response.writeHead(404).end();
  });
  for (const path of ["a", "b", "c", "d"]) {
    assert.is((await attempt(server, path)).kind, "failed", path);
  }
  assert.is((await attempt(server, "b")).from, "http://127.0.0.1:9/");
});

/** What a customer meets until it has met so much. */
async function met(server: string, many: number): Promise<Outcome[]> {
  const stop = new AbortController();
  const outcomes: Outcome[] = [];
  const hear = (outcome: Outcome) => {
    if (outcomes.push(outcome) === many) stop.abort();
  };
  const random = streams(1)("customer");
  const habits = { name: "c", between: 0.001, again: 0.001, hear };
  await visit({ server, digests: DIGESTS, random, ...habits }, stop.signal);
  return outcomes;
}

test("it asks again for what came wrong, three times at most, and goes on with another file", async () => {
  const server = await listening(({ url }, response) => {
    response.end(url === "/a" ? "lies" : "bytes of b");
  });
  const kinds = (await met(server, 8)).map(({ path, kind }) => `${path} ${kind}`);
  const round = ["a wrong", "a wrong", "a wrong", "b good"];
  assert.equal([...kinds].sort(), [...round, ...round].sort());
});

test("it stops in the middle of a download, without a word", async () => {
  const stop = new AbortController();
  const server = await listening((_, response) => {
    response.write("begins");
    setImmediate(() => stop.abort());
  });
  const random = streams(1)("customer");
  const hear = () => assert.unreachable();
  const habits = { name: "c", between: 0.001, again: 1, hear };
  await visit({ server, digests: DIGESTS, random, ...habits }, stop.signal);
});

test.run();
