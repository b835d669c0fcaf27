import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../../engine/input-error.ts";
import { readServerConfig } from "./read-server-config.ts";
import { SMALL } from "./testing.ts";

let room = "";
test.before.each(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-config-"));
  mkdirSync(join(room, "repository"));
});
test.after.each(() => rmSync(room, { recursive: true, force: true }));

const MINE = `export const policy = {
  name: "mine",
  params: { wait: { default: 1, min: 0, max: 9, unit: "seconds", summary: "Wait." } },
  decide: () => ({ to: -1, reason: "mine" }),
};`;

function written(text: string): string {
  const file = join(room, "server.yaml");
  writeFileSync(file, text);
  return file;
}

async function problemsOf(reading: Promise<unknown>): Promise<readonly string[]> {
  try {
    await reading;
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

test("policies of one's own are loaded, from the folder of the file", async () => {
  writeFileSync(join(room, "mine.js"), MINE);
  const file = written(`${SMALL}policies: { dispatch: { sticky+./mine.js: { wait: 2 s } } }\n`);
  const { policies, own } = await readServerConfig(file);
  assert.equal(policies.dispatch, {
    name: "sticky+./mine.js",
    params: { wait: 2 },
    own: { "./mine.js": join(room, "mine.js") },
  });
  assert.equal(
    own.dispatch?.map(({ name }) => name),
    ["./mine.js"],
  );
  assert.is(own.trust, undefined);
});

test("one that is not there, or is none, is told at its place", async () => {
  writeFileSync(join(room, "mine.js"), "export const policy = 1;");
  const policies = "policies: { dispatch: ./mine.js, chunkSize: ./none.js }\n";
  const problems = await problemsOf(readServerConfig(written(SMALL + policies)));
  assert.is(problems.length, 2);
  assert.match(problems[0], /server\.yaml:7:23: \.\/mine\.js: expected a policy; got 1\n/);
  assert.match(problems[1], /server\.yaml:7:45: \.\/none\.js: missing file; looked in /);
});

test("what the disk has is looked at: folders, files, what is missing", async () => {
  const file = written(SMALL);
  assert.is((await readServerConfig(file)).state.folder, join(room, "state"));
  rmSync(join(room, "repository"), { recursive: true });
  writeFileSync(join(room, "state"), "");
  const problems = await problemsOf(readServerConfig(file));
  assert.is(problems.length, 2);
  assert.match(problems[0], /:2:23: missing folder: .*repository\n/);
  assert.match(problems[1], /:3:18: expected a folder; got the file .*state\n/);
});

test("a token is read from its file", async () => {
  writeFileSync(join(room, "a.token"), "a-token-in-a-file-of-its-own\n");
  const file = written(SMALL.replace(/token: \w+/, "tokenFile: a.token"));
  assert.is((await readServerConfig(file)).volunteers[0].token, "a-token-in-a-file-of-its-own");
  rmSync(join(room, "a.token"));
  const [problem] = await problemsOf(readServerConfig(file));
  assert.match(problem, /:6:27: missing file: .*a\.token\n/);
});

test("no file, a folder and binary data", async () => {
  const said = async (file: string) => (await problemsOf(readServerConfig(file))).join();
  assert.match(await said(join(room, "none.yaml")), /none\.yaml: missing file/);
  assert.match(await said(room), /expected a file; got a folder/);
  const binary = join(room, "binary.yaml");
  writeFileSync(binary, Uint8Array.of(0, 255));
  assert.match(await said(binary), /expected the configuration of a server; got binary data/);
});

test.run();
