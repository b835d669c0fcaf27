/**
 * The least that a host of `mirrorlab/policies` does: redirects downloads, takes announces.
 *
 *     node host.js FOLDER [PORT [POLICY [PARAMS [LOG]]]]
 *
 * `GET /name` answers with 302 to a volunteer, the file itself, or 503. `POST /announce` takes what a
 * volunteer says of itself: {url, uplink, uploaded, downloaded, left, started, completed: [names]}.
 * Not for production: nobody proves who he is, nothing is kept, and a copy is believed as announced.
 */
import { createReadStream, createWriteStream, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import {
  PLAIN_VOLUNTEER,
  policies,
  policyNamed,
  recorded,
  SERVER,
  UNKNOWN_CLIENT,
} from "mirrorlab/policies";

const [folder = ".", port = "8080", name = "admission+tracker-informed", params = "{}", log] =
  process.argv.slice(2);
const lines = log === undefined ? undefined : createWriteStream(log, { flags: "a" });
const policy = policyNamed(policies.dispatch, name);
const write = (line) => lines?.write(`${line}\n`);
const dispatch = recorded("dispatch", policy, JSON.parse(params), write);

const TIMEOUT = 1800; // Seconds without an announce after which a volunteer is taken to be gone.
const seconds = () => performance.now() / 1000;
const files = readdirSync(folder).filter((file) => statSync(join(folder, file)).isFile());
const volunteers = []; // By number; each lives as long as the host and is updated in place.
const customers = new Map(); // By address: number, last volunteer and when.
const server = { uplink: 1.25e8, sending: 0 };

function announce({ url, uplink, uploaded, downloaded, left, started = false, completed = [] }) {
  const now = seconds();
  let it = volunteers.find((known) => known.url === url);
  if (it === undefined) {
    it = { node: volunteers.length, url, belief: "listed", facts: PLAIN_VOLUNTEER };
    Object.assign(it, { uploaded, downloaded, reportedAt: now, holds: new Set() });
    volunteers.push(Object.assign(it, { pending: 0, redirected: 0, transfers: 0 }));
  }
  const age = now - it.reportedAt;
  const sent = uploaded - it.uploaded;
  const uploadRate = age > 0 ? sent / age : 0;
  const syncRate = age > 0 ? (downloaded - it.downloaded) / age : 0;
  // Redirected and not uploaded by now; a restart, or nothing sent in a whole interval, ends it.
  const before = age > 0 && sent === 0 ? 0 : it.pending;
  const pending = started ? 0 : Math.max(0, before + it.redirected - sent);
  if (pending === 0) it.transfers = 0;
  for (const file of completed) it.holds.add(file);
  Object.assign(it, { uplink, uploaded, downloaded, left, uploadRate, syncRate, pending });
  Object.assign(it, { redirected: 0, reportedAt: now });
}

function redirect(request, response) {
  const now = seconds();
  const name = decodeURIComponent(request.url.slice(1));
  const file = files.indexOf(name);
  if (file < 0) return response.writeHead(404).end();
  const address = request.socket.remoteAddress;
  const last = customers.get(address) ?? { number: customers.size, node: SERVER, at: -Infinity };
  const { size } = statSync(join(folder, name));
  // In the order of their numbers, as the policies expect.
  const isHere = ({ reportedAt, holds }) => now - reportedAt <= TIMEOUT && holds.has(name);
  const candidates = volunteers.filter(isHere);
  const client = { ...UNKNOWN_CLIENT, lastNode: last.node, lastAt: last.at };
  const ask = { now, file, size, customer: last.number, client, server };
  const view = { ...ask, candidates, count: candidates.length };
  const { to, retryAfter } = dispatch.decide(view, Math.random);
  const later = { "Retry-After": Math.ceil(retryAfter) };
  if (retryAfter !== undefined) return response.writeHead(503, later).end();
  const node = to === SERVER ? SERVER : candidates[to].node;
  dispatch.observe({ kind: "redirected", node });
  customers.set(address, { number: last.number, node, at: node === SERVER ? last.at : now });
  if (node === SERVER) return send(join(folder, name), size, response);
  volunteers[node].redirected += size;
  volunteers[node].transfers++;
  response.writeHead(302, { Location: new URL(name, volunteers[node].url).href }).end();
}

function send(path, size, response) {
  server.sending++;
  response.on("close", () => server.sending--);
  createReadStream(path).pipe(response.writeHead(200, { "Content-Length": size }));
}

const host = createServer(async (request, response) => {
  if (request.method !== "POST") return redirect(request, response);
  try {
    announce(JSON.parse(await request.reduce((text, chunk) => text + chunk, "")));
    response.writeHead(204).end();
  } catch {
    response.writeHead(400).end();
  }
});
host.listen(Number(port), () => console.log(`http://localhost:${host.address().port}/`));
