import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { CLIENTS, type Client } from "./clients.ts";
import { EXPECTATIONS, failuresOf } from "./expectations.ts";
import { startPlanted } from "./planted.ts";
import { FILES, noise } from "./repository.ts";
import { tableOf } from "./table.ts";
import { type Fetched, runTrial, type Trial } from "./trial.ts";

const fetched = (verdict: string): Fetched => ({ verdict, seconds: 1, asked: 1, said: "" });

const trial = (changed: Partial<Trial>): Trial => ({
  ...{ client: "curl", kind: "good", settings: "trusting" },
  ...{ first: fetched("ok"), second: fetched("ok") },
  ...{ isPreferred: true, failedAudits: 0, sentAfterwards: 0 },
  ...changed,
});

const whatFails = (changed: Partial<Trial>) =>
  failuresOf([trial(changed)]).map(({ expectation, found }) => `${expectation.what}: ${found}`);

test("all clients that expectations name exist", () => {
  const names = CLIENTS.map(({ name }) => name);
  for (const { clients = [] } of EXPECTATIONS) {
    for (const client of clients) assert.ok(names.includes(client), client);
  }
  assert.is(new Set(names).size, names.length);
});

test("a row in which all is well fails nothing", () => {
  for (const { name: client } of CLIENTS) assert.equal(whatFails({ client }), []);
});

test("in the good column each client must be served, in both runs", () => {
  const good = "all are served where all volunteers are good";
  assert.equal(whatFails({ first: fetched("rc 7") }), [`${good}: rc 7`]);
  const again = "who asks the server is served in the run after: again: rc 7";
  assert.equal(whatFails({ second: fetched("rc 7") }), [`${good}: again: rc 7`, again]);
  assert.equal(whatFails({ kind: "refused", first: fetched("rc 7") }), []);
});

test("curl that retries must come through, but where it cannot notice", () => {
  const changed = { client: "curl hardened", first: fetched("WRONG") } as const;
  const what = "curl that retries is served in the same run";
  assert.equal(whatFails({ ...changed, kind: "hanging" }), [`${what}: WRONG`]);
  assert.equal(whatFails({ ...changed, kind: "lying" }), []);
  assert.equal(whatFails({ ...changed, kind: "soft404" }), []);
});

test("all who ask the server must come through the second time, not the first", () => {
  for (const client of ["apt", "wget", "pip"]) {
    assert.equal(whatFails({ client, kind: "lying", first: fetched("rc 100") }), []);
    assert.equal(whatFails({ client, kind: "lying", second: fetched("stuck") }), [
      "who asks the server is served in the run after: again: stuck",
    ]);
  }
  const client = "apt mirror+http";
  assert.equal(whatFails({ client, kind: "lying", second: fetched("stuck") }), []);
});

test("with the default settings nobody meets what an earlier customer met, but slowness", () => {
  const failed = { first: fetched("stuck"), settings: "default" } as const;
  const what = "what an earlier customer met, nobody meets: stuck";
  assert.equal(whatFails({ ...failed, kind: "hanging" }), [what]);
  assert.equal(whatFails({ ...failed, kind: "slow20kB" }), []);
  assert.equal(whatFails({ ...failed, kind: "hanging", settings: "trusting" }), []);
});

test("dnf that has a metalink, or a short limit, must come through whatever the kind", () => {
  for (const kind of ["lying", "hanging", "soft404"] as const) {
    const first = fetched("rc 1");
    assert.is(whatFails({ client: "dnf metalink", kind, first }).length, 1);
    assert.is(whatFails({ client: "dnf baseurl hardened", kind, first }).length, 1);
    assert.is(whatFails({ client: "dnf baseurl", kind, first }).length, kind === "hanging" ? 0 : 1);
  }
});

test("a trial in which nobody meets the bad volunteer fails, but where the server is careful", () => {
  const what = "who trusts blindly sends to the bad volunteer first: sent to another";
  assert.equal(whatFails({ kind: "lying", isPreferred: false }), [what]);
  assert.equal(whatFails({ kind: "good", isPreferred: false }), []);
  assert.equal(whatFails({ kind: "lying", isPreferred: false, settings: "default" }), []);
});

test("with the default settings wrong bytes fail whoever takes them, in either run", () => {
  const wrong = { kind: "lying", settings: "default" } as const;
  const what = "nobody takes wrong bytes for right ones: WRONG";
  assert.ok(whatFails({ ...wrong, first: fetched("WRONG") }).includes(what));
  assert.ok(whatFails({ ...wrong, second: fetched("WRONG") }).includes(what));
  assert.equal(whatFails({ ...wrong, settings: "trusting", first: fetched("WRONG") }), []);
});

test("whoever is sent to a liar after a failed audit fails the row", () => {
  const what = "no liar is handed out after a failed audit: sent to it: 3 of ten";
  const sent = { kind: "lying", settings: "default", sentAfterwards: 3 } as const;
  assert.equal(whatFails({ ...sent, failedAudits: 1 }), [what]);
  assert.equal(whatFails({ ...sent, failedAudits: 0 }), []);
  assert.equal(whatFails({ ...sent, failedAudits: 1, settings: "trusting" }), []);
});

test("whoever is sent to a silent volunteer after its announce fails the row", () => {
  const what =
    "who does not answer is not handed out for having announced itself: sent to it: 2 of ten";
  const sent = { settings: "default", sentAfterwards: 2 } as const;
  assert.equal(whatFails({ ...sent, kind: "hanging" }), [what]);
  assert.equal(whatFails({ ...sent, kind: "busy503" }), []);
  assert.equal(whatFails({ ...sent, kind: "hanging", settings: "trusting" }), []);
});

test("the table has a row a client and a column a kind", () => {
  const kind = "hanging";
  const text = tableOf([
    trial({}),
    trial({ kind, first: fetched("stuck") }),
    trial({ client: "a longer name", kind, failedAudits: 1, sentAfterwards: 2 }),
  ]);
  assert.is(
    text,
    [
      "Settings: trusting",
      "client         good  hanging",
      "curl           ok    stuck / ok",
      "a longer name  –     ok !",
      "",
    ].join("\n"),
  );
});

/** A client without a program of its own: it takes what it gets, and does not look at it. */
const CARELESS: Client = {
  ...{ name: "careless", program: process.execPath, debian: "nodejs", needsRoot: false },
  fetches: "plain",
  prepare(room, url) {
    const output = join(room, "got");
    const script = `const response = await fetch(process.argv[1]);
      if (!response.ok) process.exit(22);
      const { writeFileSync } = await import("node:fs");
      writeFileSync(process.argv[2], Buffer.from(await response.arrayBuffer()));`;
    const words = ["--input-type=module", "-e", script, "--", `${url}${FILES.plain}`, output];
    return { argv: [process.execPath, ...words], output };
  },
};

test("a redirector that always sends to the bad volunteer fails", async () => {
  const room = mkdtempSync(join(tmpdir(), "mirrorlab-trial-"));
  try {
    const repository = join(room, "repository");
    mkdirSync(join(repository, "files"), { recursive: true });
    writeFileSync(join(repository, FILES.plain), noise(6000, "big"));
    const setup = { client: CARELESS, repository, room, limit: 10, startSystem: startPlanted };
    const [lying, missing, hanging, good] = await Promise.all([
      runTrial({ ...setup, kind: "lying", settings: "default" }),
      runTrial({ ...setup, kind: "missing404", settings: "trusting" }),
      runTrial({ ...setup, kind: "hanging", settings: "trusting", limit: 0.5 }),
      runTrial({ ...setup, kind: "good", settings: "default" }),
    ]);
    const verdicts = ({ first, second }: Trial) => [first.verdict, second.verdict];
    assert.equal(verdicts(lying), ["WRONG", "WRONG"]);
    assert.equal(verdicts(missing), ["rc 22", "rc 22"]);
    assert.equal(verdicts(hanging), ["stuck", "stuck"]);
    assert.equal(verdicts(good), ["ok", "ok"]);
    assert.equal([lying.first.asked, lying.second.asked], [1, 1]);
    assert.equal([lying.isPreferred, lying.sentAfterwards], [true, 10]);
    assert.equal(
      failuresOf([lying, missing, good]).map(({ expectation }) => expectation.what),
      ["what an earlier customer met, nobody meets", "nobody takes wrong bytes for right ones"],
    );
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
});

test.run();
