import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { noise } from "./repository.ts";
import { type Kind, startVolunteer, type TestVolunteer } from "./volunteer-kinds.ts";

const FILE = noise(6000, "file");

interface Context {
  root: string;
  volunteers: TestVolunteer[];
  start(kind: Kind): Promise<TestVolunteer>;
}

const test = suite<Context>("volunteers that misbehave");

test.before.each((context) => {
  context.root = mkdtempSync(join(tmpdir(), "mirrorlab-volunteers-"));
  context.volunteers = [];
  mkdirSync(join(context.root, "files"));
  writeFileSync(join(context.root, "files/some file.bin"), FILE);
  context.start = async (kind) => {
    const volunteer = await startVolunteer(kind, context.root);
    context.volunteers.push(volunteer);
    return volunteer;
  };
});

test.after.each(async ({ root, volunteers }) => {
  await Promise.all(volunteers.map((each) => each.close()));
  rmSync(root, { recursive: true, force: true });
});

const get = (volunteer: TestVolunteer, options: RequestInit = {}) =>
  fetch(`${volunteer.url}files/some%20file.bin`, options);

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

/** The message of the innermost cause of a failed fetch. */
async function failure(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    const { cause = error } = error as Error;
    return `${(cause as { code?: string }).code} ${(cause as Error).message}`;
  }
  return "nothing failed";
}

test("a good one sends the file, and counts who asked and what it sent", async ({ start }) => {
  const volunteer = await start("good");
  const response = await get(volunteer, { headers: { "User-Agent": "curl/8" } });
  assert.is(response.status, 200);
  assert.equal(await bytesOf(response), FILE);
  assert.equal(volunteer.requests, [
    { method: "GET", path: "files/some file.bin", range: "", agent: "curl/8" },
  ]);
  assert.ok(volunteer.uploaded() >= FILE.length && volunteer.uploaded() < FILE.length + 1000);
});

test("a good one sends ranges, with and without an end", async ({ start }) => {
  const volunteer = await start("good");
  const part = await get(volunteer, { headers: { Range: "bytes=10-19" } });
  assert.is(part.status, 206);
  assert.is(part.headers.get("content-range"), "bytes 10-19/6000");
  assert.equal(await bytesOf(part), FILE.subarray(10, 20));
  const rest = await get(volunteer, { headers: { Range: "bytes=5990-" } });
  assert.equal(await bytesOf(rest), FILE.subarray(5990));
});

test("a good one has no other files, and nothing outside of its folder", async ({ start }) => {
  const volunteer = await start("good");
  for (const path of ["files/other", "files", "..%2f..%2fetc%2fpasswd", "%ff"]) {
    assert.is((await fetch(volunteer.url + path)).status, 404, path);
  }
});

test("a lying one sends the right length with one bit wrong, in ranges too", async ({ start }) => {
  const volunteer = await start("lying");
  const bytes = await bytesOf(await get(volunteer));
  const differing = [...bytes.keys()].filter((at) => bytes[at] !== FILE[at]);
  assert.equal([bytes.length, differing], [6000, [3000]]);
  const part = await bytesOf(await get(volunteer, { headers: { Range: "bytes=3000-3000" } }));
  assert.is(part[0], (FILE[3000] ?? 0) ^ 1);
});

test("where one refuses nobody listens, and nobody else gets the port", async ({ start }) => {
  const volunteer = await start("refused");
  assert.match(await failure(get(volunteer)), "ECONNREFUSED");
  const others = await Promise.all(Array.from({ length: 20 }, () => start("good")));
  assert.not.ok(others.some(({ url }) => url === volunteer.url));
});

test("a hanging one accepts and says nothing", async ({ start }) => {
  const volunteer = await start("hanging");
  const waiting = get(volunteer, { signal: AbortSignal.timeout(150) });
  assert.match(await failure(waiting), "aborted due to timeout");
});

test("a missing file is a 404, a busy one a 503 that names two seconds", async ({ start }) => {
  assert.is((await get(await start("missing404"))).status, 404);
  const busy = await get(await start("busy503"), { method: "HEAD" });
  assert.equal([busy.status, busy.headers.get("retry-after")], [503, "2"]);
});

test("a truncating one promises all and sends half", async ({ start }) => {
  const volunteer = await start("truncating");
  const response = await get(volunteer);
  assert.is(response.headers.get("content-length"), "6000");
  assert.match(await failure(bytesOf(response)), "closed");
  assert.ok(volunteer.uploaded() >= 3000 && volunteer.uploaded() < 4000);
});

test("a slow one sends 2 kB each tenth of a second", async ({ start }) => {
  const begun = performance.now();
  const response = await get(await start("slow20kB"));
  assert.equal(await bytesOf(response), FILE);
  const seconds = (performance.now() - begun) / 1000;
  assert.ok(seconds >= 0.29, `${seconds} s for three pieces`);
});

test("a soft 404 is a page with status 200, of its own length", async ({ start }) => {
  const volunteer = await start("soft404");
  const response = await get(volunteer);
  assert.equal([response.status, response.headers.get("content-type")], [200, "text/html"]);
  assert.match((await bytesOf(response)).toString(), "Not here.");
  const head = await get(volunteer, { method: "HEAD" });
  assert.is(head.headers.get("content-length"), response.headers.get("content-length"));
});

test("HEAD is answered as GET would be, without a body", async ({ start }) => {
  for (const kind of ["good", "lying", "truncating", "slow20kB"] as const) {
    const response = await get(await start(kind), { method: "HEAD" });
    assert.equal([response.status, response.headers.get("content-length")], [200, "6000"], kind);
  }
});

test.run();
