/** Proves that the exported policies run alone: packed, and installed in somebody else's project. */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import * as source from "./index.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const tsc = join(root, "node_modules/typescript/bin/tsc");

/** Bytes of the module and its types, as they lie unpacked. */
const LIMIT = 42_000;

/** What a server would do, in JavaScript that is also TypeScript: the second of two is idle. */
const SERVER_SCRIPT = `
import { bind, PLAIN_VOLUNTEER, policies, policyNamed, UNKNOWN_CLIENT } from "mirrorlab/policies";

const volunteer = (node = 0, redirected = 0) => ({
  ...{ node, redirected, uplink: 1e6, reportedAt: 0, uploadRate: 0, syncRate: 0, left: 0 },
  ...Object.freeze({ belief: "verified" }),
  ...{ uploaded: 0, pending: 0, transfers: redirected > 0 ? 1 : 0, facts: PLAIN_VOLUNTEER },
});
const candidates = [volunteer(7, 1e8), volunteer(8)];
const server = { uplink: 1e7, sending: 0 };
const client = UNKNOWN_CLIENT;
const view = { now: 1, file: 0, size: 1e6, customer: 0, client, server, candidates, count: 2 };
const { decide } = bind(policyNamed(policies.dispatch, "fresh+tracker-informed"));
const { to, reason } = decide(view, Math.random);

const { chunkSize } = bind(policyNamed(policies.chunkSize, "sqrt")).decide({ size: 1e6 }, Math.random);
const holders = [0, 1, 2].map((node) => ({ node, free: 1e9, volatile: node > 0 }));
const file = { file: 0, size: 1, age: Infinity, volunteers: holders, count: 3 };
const { copyTo } = bind(policyNamed(policies.replication, "new-releases")).decide(file, Math.random);
const trust = bind(policyNamed(policies.trust, "points"), { ban: -1 });
trust.observe({ kind: "audit", passed: false, at: 0 });
const { serve } = trust.decide({ now: 1, belief: "listed" }, Math.random);
`;

const PRINT = "console.log(JSON.stringify([to, reason, chunkSize, copyTo, serve]));";

interface Places {
  /** Temporary, and holds all others. */
  readonly temp: string;
  /** A project of somebody else that depends on the package. */
  readonly consumer: string;
  /** The package in that project. */
  readonly installed: string;
}

const it = suite<Partial<Places>>("package");

it.before((places) => {
  const temp = mkdtempSync(join(tmpdir(), "mirrorlab-"));
  const stage = join(temp, "stage");
  const consumer = join(temp, "consumer");
  const installed = join(consumer, "node_modules/mirrorlab");
  mkdirSync(join(stage, "dist"), { recursive: true });
  mkdirSync(consumer);
  Object.assign(places, { temp, consumer, installed });

  // Packed beside the checkout, so that tests leave it alone, and installed without a registry:
  // what `npm install` would add for the command line are dependencies that the policies have not.
  const packageJson = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const { dependencies: _, devDependencies: __, ...alone } = packageJson;
  writeFileSync(join(stage, "package.json"), JSON.stringify(alone));
  for (const name of ["sim/policies/README.md", "examples"]) {
    cpSync(join(root, name), join(stage, name), { recursive: true });
  }
  run(root, "build/policies.js", join(stage, "dist"));
  const pack = ["pack", "--ignore-scripts", "--silent"];
  const tarball = execFileSync("npm", pack, { cwd: stage, encoding: "utf8" }).trim();
  writeFileSync(join(consumer, "package.json"), '{ "name": "consumer", "private": true }');
  const install = ["install", "--ignore-scripts", "--offline", "--no-audit", "--no-fund"];
  execFileSync("npm", [...install, join(stage, tarball)], { cwd: consumer, stdio: "pipe" });
});

it.after(({ temp }) => {
  if (temp !== undefined) rmSync(temp, { recursive: true });
});

it("policies of several families decide in another project, with nothing else installed", (places) => {
  const { consumer } = known(places);
  assert.equal(readdirSync(join(consumer, "node_modules")).filter(isVisible), ["mirrorlab"]);
  writeFileSync(join(consumer, "server.mjs"), SERVER_SCRIPT + PRINT);
  assert.is(run(consumer, "server.mjs"), '[1,"least delay, then least share",1000,[0],false]\n');
});

it("a strict TypeScript project finds the types", (places) => {
  const { consumer } = known(places);
  const options = ["--strict", "--noEmit", "--module", "nodenext", "--types", ""];
  const rightly = "to.toFixed(); copyTo.map((index) => index.toFixed()); serve === true;";
  writeFileSync(join(consumer, "right.mts"), SERVER_SCRIPT + rightly);
  run(consumer, tsc, ...options, "right.mts");

  // Were the types not found, `to` would be of type any and this would pass.
  writeFileSync(join(consumer, "wrong.mts"), `${SERVER_SCRIPT}to.toUpperCase();`);
  assert.throws(
    () => run(consumer, tsc, ...options, "wrong.mts"),
    (error: unknown) => /toUpperCase/.test((error as { stdout: string }).stdout),
  );
});

it("a policy of the consumer's own is checked by the types", (places) => {
  const { consumer } = known(places);
  const policy = `
    import { type DispatchPolicy, SERVER, seconds } from "mirrorlab/policies";
    const params = { patience: seconds(5, 0, 60, "to wait") };
    export const mine: DispatchPolicy<typeof params> = {
      name: "mine", summary: "first", source: "test", params,
      decide: ({ count }, { patience }) => ({ to: count > patience ? 0 : SERVER, reason: "why" }),
    };`;
  writeFileSync(join(consumer, "mine.mts"), policy);
  const options = ["--strict", "--noEmit", "--module", "nodenext", "--types", ""];
  run(consumer, tsc, ...options, "mine.mts");
});

it("the module exports what the source does, and the types declare it", async (places) => {
  const { installed } = known(places);
  const shipped = await import(pathToFileURL(join(installed, "dist/policies.js")).href);
  assert.equal(Object.keys(shipped).sort(), Object.keys(source).sort());
  const rules = (library: Pick<typeof source, "policies">) =>
    Object.entries<readonly Rule[]>(library.policies).map(([family, members]) => [
      family,
      members.map(({ name, params }) => [name, Object.entries(params).map(ofSpec)]),
    ]);
  assert.equal(rules(shipped), rules(source));
  const types = readFileSync(join(installed, "dist/policies.d.ts"), "utf8");
  const index = readFileSync(join(root, "sim/policies/index.ts"), "utf8");
  for (const [, list] of index.matchAll(/^export (?:type )?\{([^}]*)\}/gm)) {
    for (const name of list.split(",").map((each) => each.replace(/\btype\b/, "").trim())) {
      if (name !== "") assert.match(types, new RegExp(`^export .*\\b${name}\\b`, "m"));
    }
  }
});

it("module and types are at most 42 kB", (places) => {
  const bytes = shippedFiles(known(places)).reduce((sum, { text }) => sum + text.length, 0);
  assert.ok(bytes > 0 && bytes <= LIMIT, `${bytes} bytes`);
});

it("the module imports nothing, and reads neither a clock nor ambient chance", (places) => {
  for (const { text } of shippedFiles(known(places))) {
    const found =
      /\bimport\b|\brequire\b|\bfrom"|["'`]node:|\bDate\b|performance|Math\.random/.exec(text);
    assert.is(found, null, found?.[0]);
  }
});

it("a stack trace names the policy's file and line, by the source map", (places) => {
  const { consumer, installed } = known(places);
  assert.ok(existsSync(join(installed, "dist/policies.js.map")));
  const script = `import { policies } from "mirrorlab/policies"; policies.dispatch[1].decide(null);`;
  writeFileSync(join(consumer, "fails.mjs"), script);
  assert.throws(
    () => run(consumer, "--enable-source-maps", "fails.mjs"),
    (error: unknown) => /dispatch\/random\.ts:\d+/.test((error as { stderr: string }).stderr),
  );
});

it.run();

/** What a policy decides by; the sentences about it are not shipped. */
type Rule = Pick<source.DispatchPolicy, "name" | "params">;

function ofSpec([param, spec]: [string, source.ParamSpec]): unknown {
  return [param, spec.default, spec.min, spec.max, spec.unit];
}

function known(places: Partial<Places>): Places {
  return places as Places;
}

function isVisible(name: string): boolean {
  return !name.startsWith(".");
}

/** All that `mirrorlab/policies` is, without the source map. */
function shippedFiles({ installed }: Places): { readonly name: string; readonly text: string }[] {
  const { exports } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const paths = Object.values<string>(exports["./policies"]);
  return paths.map((name) => ({ name, text: readFileSync(join(installed, name), "latin1") }));
}

function run(cwd: string, ...command: readonly string[]): string {
  return execFileSync(process.execPath, command, { cwd, encoding: "utf8", stdio: "pipe" });
}
