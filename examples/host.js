/**
 * The least that a host of `mirrorlab/coordinator` does: redirects downloads, takes announces.
 *
 *     node host.js FOLDER [PORT [POLICY [PARAMS [JOURNAL]]]]
 *
 * `GET /name` answers with 302 to a volunteer, the file itself, or 503. `POST /announce` takes what a
 * volunteer says of itself: {url, uplink, uploaded, downloaded, left, started, completed: [names],
 * dropped: [names], active}. Not for production: nobody proves who he is, nothing is kept when the
 * process ends but the journal, and a copy is believed as announced.
 */
import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import {
  bindPolicies,
  Coordinator,
  JournalWriter,
  NO_FILES,
  NOWHERE,
  Numbering,
  seededChance,
  withAllParams,
} from "mirrorlab/coordinator";

const [folder = ".", port = "8080", name = "admission+tracker-informed", params = "{}", path] =
  process.argv.slice(2);
const policies = withAllParams({
  dispatch: { name, params: JSON.parse(params) },
  replication: { name: "everything", params: {} },
  ...{ trust: null, sync: null },
});
const never = { probeEvery: Infinity, placeEvery: Infinity };
const settings = { uplink: 1.25e8, timeout: 1800, inFlight: "by-request", ...never }; // Bytes/s, s.
const seed = randomUUID();
const seconds = () => performance.now() / 1000;
const [files, volunteers, customers] = [new Numbering(), new Numbering(), new Numbering()];

let journal = path === undefined ? undefined : createWriteStream(path, { flags: "wx" });
journal?.on("error", ({ message }) => {
  console.error(`no more journal: ${message}`); // A full disk stops nobody's download.
  journal = undefined;
});
const writer = new JournalWriter((line) => journal?.write(line));
writer.begin({ seed, settings, policies, snapshot: null, host: { startedAt: Date.now() } });
const coordinator = new Coordinator({
  ...{ settings, policies: bindPolicies(policies), chance: seededChance(seed) },
  pathOf: (file) => files.at(file),
  onEvent: (event) => writer.write(event),
});
for (const file of readdirSync(folder)) {
  const stat = statSync(join(folder, file));
  if (stat.isFile()) coordinator.addFile(files.numberOf(file), stat.size, -Infinity, seconds());
}

function announce({ url, uplink, uploaded, downloaded, left, completed = [], ...more }) {
  const { dropped = [], started = false, active } = more;
  if (![uplink, uploaded, downloaded, left].every(Number.isFinite)) throw new Error("not a number");
  const volunteer = volunteers.numberOf(new URL(url).href);
  const [has, lacks] = [completed, dropped].map((names) =>
    names.map((name) => files.find(name)).filter((file) => file >= 0),
  );
  coordinator.register(volunteer, { uplink, covers: NO_FILES }, seconds()); // It chooses its files.
  const report = { uploaded, downloaded, left, started, completed: has, dropped: lacks };
  if (Number.isInteger(active)) report.active = active;
  coordinator.announce(volunteer, report, seconds());
}

function redirect(request, response) {
  const name = decodeURIComponent(request.url.slice(1));
  const file = files.find(name);
  if (file < 0) return response.writeHead(404).end();
  const { size } = statSync(join(folder, name));
  const customer = customers.numberOf(request.socket.remoteAddress);
  const answer = coordinator.ask(customer, file, size, NOWHERE, seconds());
  const later = { "Retry-After": Math.ceil(answer.retryAfter) };
  if (answer.kind === "later") return response.writeHead(503, later).end();
  if (answer.kind === "serve") return send(join(folder, name), size, response);
  const Location = new URL(encodeURIComponent(name), volunteers.at(answer.volunteer)).href;
  response.writeHead(302, { Location }).end();
}

function send(path, size, response) {
  coordinator.beginDelivery(seconds());
  response.on("close", () => coordinator.endDelivery(seconds()));
  const content = createReadStream(path).on("error", () => response.destroy());
  content.pipe(response.writeHead(200, { "Content-Length": size }));
}

const host = createServer(async (request, response) => {
  try {
    if (request.method !== "POST") return redirect(request, response);
    announce(JSON.parse(await request.reduce((text, chunk) => text + chunk, "")));
    response.writeHead(204).end();
  } catch {
    response.writeHead(400).end();
  }
});
host.listen(Number(port), () => console.log(`http://localhost:${host.address().port}/`));
