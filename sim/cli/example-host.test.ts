/** Starts the example host on loopback, and asks it as customers and volunteers do. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { colourless, root, sim } from "./testing.ts";

let room = "";
let host: ChildProcess | undefined;
test.before.each(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-host-"));
  writeFileSync(join(room, "a.deb"), "0123456789");
});
test.after.each(() => {
  host?.kill();
  rmSync(room, { recursive: true, force: true });
});

/** Starts the host on a free port; returns its address. */
async function started(policy: string, params: object, ...log: string[]): Promise<string> {
  const script = join(root, "examples/host.js");
  const args = [script, room, "0", policy, JSON.stringify(params), ...log];
  host = spawn(process.execPath, args, { cwd: root, env: colourless, stdio: "pipe" });
  const [line] = await once(host.stdout as NodeJS.ReadableStream, "data");
  return String(line).trim().replace("localhost", "127.0.0.1");
}

function ask(url: string): Promise<Response> {
  return fetch(url, { redirect: "manual", signal: AbortSignal.timeout(5000) });
}

async function announce(url: string, said: object): Promise<void> {
  const totals = { uplink: 1e6, uploaded: 0, downloaded: 0, left: 0, completed: ["a.deb"] };
  const body = JSON.stringify({ ...totals, ...said });
  const { status } = await fetch(`${url}announce`, { method: "POST", body });
  assert.is(status, 204);
}

test("the example host is less than 100 lines and imports nothing but Node and the coordinator", () => {
  const text = readFileSync(join(root, "examples/host.js"), "utf8");
  assert.ok(text.split("\n").length <= 100);
  const imports = [...text.matchAll(/from "([^"]+)"/g)].map(([, name]) => name);
  for (const name of imports) assert.match(name, /^node:|^mirrorlab\/coordinator$/);
});

test("it serves by itself until a volunteer announces the file, and then redirects in turn", async () => {
  const journal = join(room, "journal");
  const url = await started("round-robin", {}, journal);
  const own = await ask(`${url}a.deb`);
  assert.is(own.status, 200);
  assert.is(await own.text(), "0123456789");
  assert.is((await ask(`${url}b.deb`)).status, 404);

  await announce(url, { url: "http://one.example/pool/" });
  await announce(url, { url: "http://two.example/" });
  await announce(url, { url: "http://three.example/", completed: [] });
  const places: (string | null)[] = [];
  for (let i = 0; i < 3; i++) {
    const { status, headers } = await ask(`${url}a.deb`);
    assert.is(status, 302);
    places.push(headers.get("Location"));
  }
  assert.equal(places, [
    ...["http://one.example/pool/a.deb", "http://two.example/a.deb"],
    "http://one.example/pool/a.deb",
  ]);

  await announce(url, { url: "http://one.example/pool/", completed: [], dropped: ["a.deb"] });
  const { headers } = await ask(`${url}a.deb`);
  assert.is(headers.get("Location"), "http://two.example/a.deb");

  const { code, stdout } = sim("replay", journal);
  assert.is(code, 0, stdout);
  assert.match(stdout, /^round-robin, everything: 5 of 5 answers agree \(\d+ events\)$/m);
});

test("where volunteers and server are full, the customer is told when to come back", async () => {
  const params = { admissionTransfers: 1, admissionSending: 0, admissionWait: 10 };
  const url = await started("admission+random", params);
  await announce(url, { url: "http://one.example/", active: 1 });
  const { status, headers } = await ask(`${url}a.deb`);
  assert.is(status, 503);
  const seconds = Number(headers.get("Retry-After"));
  assert.ok(10 <= seconds && seconds <= 20, `${seconds}`);

  // Whoever it was sending to has his file by the next announce, so it has room again.
  await announce(url, { url: "http://one.example/", active: 0 });
  assert.is((await ask(`${url}a.deb`)).headers.get("Location"), "http://one.example/a.deb");
});

test("what is no announce and no path is refused, and the host goes on", async () => {
  const url = await started("random", {});
  const post = (body: string) => fetch(`${url}announce`, { method: "POST", body });
  const said = { url: "http://one.example/", uplink: 1e6, uploaded: "1", downloaded: 0, left: 0 };
  for (const body of ["{", "{}", JSON.stringify(said)]) assert.is((await post(body)).status, 400);
  assert.is((await ask(`${url}%`)).status, 400);
  assert.is((await ask(`${url}a.deb`)).status, 200);
});

test("a disk that is full ends the journal and nothing else", async () => {
  const journal = join(room, "journal");
  // A limit of 1 kB a file: all writes beyond it fail, as on a full disk.
  const script = [
    "-c",
    'ulimit -f 1; exec "$@"',
    "-",
    process.execPath,
    join(root, "examples/host.js"),
  ];
  const child = spawn("bash", [...script, room, "0", "random", "{}", journal], {
    ...{ cwd: root, env: colourless, stdio: "pipe" },
  });
  host = child;
  const [line] = await once(child.stdout, "data");
  const url = String(line).trim().replace("localhost", "127.0.0.1");
  const complaint = once(child.stderr, "data");
  for (let i = 0; i < 30; i++) assert.is((await ask(`${url}a.deb`)).status, 200);
  assert.match(String(await complaint), /^no more journal: EFBIG/);
  assert.is((await ask(`${url}a.deb`)).status, 200);
  const replayed = sim("replay", journal);
  assert.is(replayed.code, 0, replayed.stderr);
  assert.match(replayed.stdout, /torn here, and replayed up to here: the line has no end$/m);
});

test.run();
