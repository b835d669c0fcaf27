/** Proves that the exported policies run alone: packed, unpacked elsewhere, without the simulator. */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const tsc = join(root, "node_modules/typescript/bin/tsc");

/** What a redirector would do, in JavaScript that is also TypeScript: the second of two is idle. */
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
const { decide } = bind(policyNamed(policies.dispatch, "tracker-informed"));
const { to, reason } = decide(view, Math.random);
`;

interface Places {
  /** Temporary, and holds all others. */
  readonly temp: string;
  /** A project of somebody else that depends on the package. */
  readonly consumer: string;
  /** The folder of the policies in that project. */
  readonly policies: string;
}

const it = suite<Partial<Places>>("package");

it.before((places) => {
  const temp = mkdtempSync(join(tmpdir(), "mirrorlab-"));
  const stage = join(temp, "stage");
  const consumer = join(temp, "consumer");
  const installed = join(consumer, "node_modules/mirrorlab");
  mkdirSync(stage);
  mkdirSync(installed, { recursive: true });
  Object.assign(places, { temp, consumer, policies: join(installed, "dist/policies") });

  // Built and packed beside the checkout, so that tests leave it alone, and without a registry.
  cpSync(join(root, "package.json"), join(stage, "package.json"));
  run(root, tsc, "--project", "tsconfig.build.json", "--outDir", join(stage, "dist"));
  const tarball = execFileSync("npm", ["pack", "--ignore-scripts", "--silent"], {
    cwd: stage,
    encoding: "utf8",
  });
  execFileSync("tar", [
    ...["--extract", "--gzip", "--strip-components=1"],
    ...["--file", join(stage, tarball.trim()), "--directory", installed],
  ]);
});

it.after(({ temp }) => {
  if (temp !== undefined) rmSync(temp, { recursive: true });
});

it("the policies decide with every other file of the package gone", (places) => {
  const { consumer, policies } = known(places);
  const dist = dirname(policies);
  for (const entry of readdirSync(dist)) {
    if (entry !== "policies") rmSync(join(dist, entry), { recursive: true });
  }
  writeFileSync(join(consumer, "server.mjs"), `${SERVER_SCRIPT}console.log(String(to), reason);`);
  assert.is(run(consumer, "server.mjs"), "1 least delay, then least share\n");
});

it("a strict TypeScript project finds the types", (places) => {
  const { consumer } = known(places);
  const options = ["--strict", "--noEmit", "--module", "nodenext", "--types", ""];
  writeFileSync(join(consumer, "right.mts"), `${SERVER_SCRIPT}to.toFixed();`);
  run(consumer, tsc, ...options, "right.mts");

  // Were the types not found, `to` would be of type any and this would pass.
  writeFileSync(join(consumer, "wrong.mts"), `${SERVER_SCRIPT}to.toUpperCase();`);
  assert.throws(
    () => run(consumer, tsc, ...options, "wrong.mts"),
    (error: unknown) => /toUpperCase/.test((error as { stdout: string }).stdout),
  );
});

it("the policies import nothing from outside their folder", (places) => {
  const { policies } = known(places);
  for (const { path, source } of scripts(policies)) {
    for (const [, specifier] of source.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)) {
      const target = resolve(dirname(path), specifier);
      const isInside = specifier.startsWith(".") && target.startsWith(policies + sep);
      assert.ok(isInside, `${path} imports ${specifier}`);
    }
  }
});

it("all policies, bundled for a redirector, are at most 40 kB", (places) => {
  const bundle = execFileSync(join(root, "node_modules/.bin/esbuild"), [
    join(known(places).policies, "index.js"),
    ...["--bundle", "--format=esm", "--minify", "--log-level=error"],
  ]);
  assert.ok(bundle.length > 0 && bundle.length <= 40_000, `${bundle.length} bytes`);
});

it.run();

function known(places: Partial<Places>): Places {
  return places as Places;
}

function run(cwd: string, ...command: readonly string[]): string {
  return execFileSync(process.execPath, command, { cwd, encoding: "utf8", stdio: "pipe" });
}

function scripts(folder: string): { readonly path: string; readonly source: string }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => join(folder, name))
    .map((path) => ({ path, source: readFileSync(path, "utf8") }));
}
