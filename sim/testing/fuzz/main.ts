/** Sends a server what nobody should: `npm run test:fuzz -- --count 1000000`. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { fakeServer } from "../../live/http/testing.ts";
import { fuzzTracker, testTracker } from "../../live/tracker/testing.ts";
import { fuzzRequests } from "./fuzz-requests.ts";

const options = { count: { type: "string" }, seed: { type: "string" } } as const;
const { count = "100000", seed = "2008" } = parseArgs({ options }).values;

const PATHS = ["pool/main/a_1.0%2Bb.deb", "a%20b/%C3%BC.iso", "simple/index.html", "InRelease"];
const files = PATHS.map((path) => [decodeURIComponent(path), "123456"] as const);
const to = await fakeServer(Object.fromEntries(files));
const bases = to.decider.volunteers.map(({ base }) => base);
const allowed = new Set([
  ...bases.flatMap((base) => PATHS.map((path) => base + path)),
  ...["/simple/", "/pool/", "/pool/main/", "/a%20b/"],
]);
const { sent, statuses, problems } = await fuzzRequests(
  { count: Number(count), seed: Number(seed), port: to.port },
  PATHS,
  (location) => allowed.has(location),
);
await to.close();

const kinds = [...statuses].sort(([one], [other]) => one - other);
console.log(
  `${sent} requests: ${kinds.map(([status, times]) => `${status} × ${times}`).join(", ")}`,
);
for (const problem of problems.slice(0, 20)) console.log(problem);
for (const failure of to.failures.slice(0, 20)) console.log(failure);
const isGood = problems.length === 0 && to.failures.length === 0 && to.decider.sending === 0;
console.log(isGood ? "nothing crashed, nothing led astray" : `${problems.length} problems`);
process.exitCode = isGood ? 0 : 1;

const { tracker } = testTracker();
const server = createServer((request, response) => {
  tracker.handler(request, response, new URL(request.url ?? "", "http://server"));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
// It throws where an answer is missing or wrong.
const answers = await fuzzTracker(
  Number(count),
  Number(seed),
  (server.address() as AddressInfo).port,
);
server.close();
console.log(`tracker: ${[...answers].map(([kind, times]) => `${kind} × ${times}`).join(", ")}`);
