import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../engine/input-error.ts";
import { CERTIFICATE, KEY, OTHER_CERTIFICATE } from "./config/testing.ts";
import { rescan } from "./rescan.ts";
import { rescanHandler } from "./rescan-handler.ts";

const SECRET = "00112233";
const FOUND = { files: 5, added: 1, changed: 0, removed: 2, waiting: 0, seconds: 0.1 };

let room = "";
let servers: Server[] = [];
test.before.each(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-rescan-"));
  mkdirSync(join(room, "state"));
  writeFileSync(join(room, "state/admin"), `${SECRET}\n`);
  writeFileSync(join(room, "k.pem"), KEY);
  writeFileSync(join(room, "c.pem"), CERTIFICATE);
  writeFileSync(join(room, "o.pem"), OTHER_CERTIFICATE);
});
test.after.each(async () => {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  servers = [];
  rmSync(room, { recursive: true, force: true });
});

/** The server's own handler, which finds what is given. */
const handler = (secret = SECRET, found: unknown = FOUND): RequestListener => {
  const handle = rescanHandler(secret, async () => found);
  return (request, response) => void handle(request, response, new URL(`http://x${request.url}`));
};

async function listening(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** What comes of it for a server there, by https if there is a certificate. */
async function saidOf(port: number, certificate?: string): Promise<unknown> {
  const tls = certificate === undefined ? null : { key: "", certificate: join(room, certificate) };
  const state = { folder: join(room, "state"), retention: 1, rotate: 1, every: 1 };
  try {
    return await rescan({ listen: { port, host: "0.0.0.0", tls, proxies: [] }, state });
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

test("a server that knows the secret tells what it has found", async () => {
  assert.equal(await saidOf(await listening(createServer(handler()))), FOUND);
});

test("one that does not, and one that is none of ours, are told apart", async () => {
  const other = await listening(createServer(handler("another")));
  const forbidden = `127.0.0.1 port ${other}: 403 the secret of the state folder is missing`;
  assert.is(await saidOf(other), forbidden);
  for (const answer of ["<html>", "{}"]) {
    const port = await listening(createServer((_, response) => response.end(answer)));
    assert.is(await saidOf(port), `127.0.0.1 port ${port}: expected an answer of sim serve`);
  }
});

test("nobody there", async () => {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  servers = [];
  const said = `127.0.0.1 port ${port}: expected a server that runs there; got ECONNREFUSED`;
  assert.is(await saidOf(port), said);
});

test("a server that was never started has no secret", async () => {
  rmSync(join(room, "state/admin"));
  assert.match(String(await saidOf(1)), /state\/admin: .* has the server been started\?$/);
});

test("by https the secret is shown to who has the certificate, and to nobody else", async () => {
  let asked = 0;
  const secure = createSecureServer({ key: KEY, cert: CERTIFICATE }, (request, response) => {
    asked++;
    handler()(request, response);
  });
  const port = await listening(secure);
  assert.equal(await saidOf(port, "c.pem"), FOUND);
  assert.is(asked, 1);
  const said = `127.0.0.1 port ${port}: expected a server with ${join(room, "o.pem")}`;
  assert.is(await saidOf(port, "o.pem"), said);
  assert.is(asked, 1);
});

test.run();
