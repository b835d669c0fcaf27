import { createServer } from "node:http";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { fakeServer } from "../../live/http/testing.ts";
import { fuzzRequests } from "./fuzz-requests.ts";

const PATHS = [
  "pool/main/a_1.0%2Bb.deb",
  "a%20b/%C3%BC.iso",
  "simple/index.html",
  "dists/sid/InRelease",
];

test("of two thousand requests none crashes the server or leads out of the repository", async () => {
  const to = await fakeServer(
    Object.fromEntries(PATHS.map((path) => [decodeURIComponent(path), "123456"])),
  );
  const bases = to.decider.volunteers.map(({ base }) => base);
  const allowed = new Set(bases.flatMap((base) => PATHS.map((path) => base + path)));
  for (const path of ["simple", "pool", "pool/main", "a%20b", "dists", "dists/sid"])
    allowed.add(`/${path}/`);
  const { statuses, problems } = await fuzzRequests(
    { count: 2000, seed: 15, port: to.port },
    PATHS,
    (location) => allowed.has(location),
  );
  assert.equal(problems, []);
  assert.equal(to.failures, []);
  for (const status of [200, 302, 304, 400, 404, 405, 416])
    assert.ok(statuses.has(status), `${status}`);
  await to.close();
  assert.is(to.decider.sending, 0);
});

test("what echoes requests is found out", async () => {
  const server = createServer((request, response) => {
    const url = request.url ?? "";
    if (url.includes("mirrorlist")) response.setHeader("X-Injected", "yes");
    if (url.includes(".torrent")) response.end(new Error("stack").stack);
    else response.writeHead(302, { Location: `http://zero.example${url}` }).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { problems } = await fuzzRequests({ count: 300, seed: 1, port }, PATHS, (location) =>
    PATHS.some((path) => location === `http://zero.example/${path}`),
  );
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  const all = problems.join("\n");
  assert.match(all, "leads to http://zero.example//evil.example");
  assert.match(all, "a header came out of the request");
  assert.match(all, "shows the program");
});

test.run();
