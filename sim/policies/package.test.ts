/**
 * Proves that the exported policies run alone, from either package: packed, and installed in somebody
 * else's project without a network.
 */
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
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import * as source from "./index.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const tsc = join(root, "node_modules/typescript/bin/tsc");

/** What a server would do, in JavaScript that is also TypeScript: the second of two is idle. */
const SERVER_SCRIPT = `
import {
  bind, families, PLAIN_VOLUNTEER, policies, policyNamed, UNKNOWN_CLIENT,
} from "PACKAGE/policies";

const volunteer = (node = 0, redirected = 0) => ({
  ...{ node, redirected, given: redirected, backlog: redirected, ahead: redirected > 0 ? 1e6 : 0 },
  ...{ uplink: 1e6, rate: 1e6, shared: Infinity, reportedAt: 0, uploadRate: 0, syncRate: 0 },
  ...Object.freeze({ belief: "verified" }),
  ...{ left: 0, uploaded: 0, pending: 0, foreign: 0, transfers: redirected > 0 ? 1 : 0, facts: PLAIN_VOLUNTEER },
});
const candidates = [volunteer(7, 1e8), volunteer(8)];
const server = { uplink: 1e7, sending: 0 };
const client = UNKNOWN_CLIENT;
const view = { now: 1, file: 0, size: 1e6, customer: 0, client, server, candidates, count: 2 };
const informed = policyNamed(policies.dispatch, "fresh+tracker-informed");
const { decide } = bind(informed, {}, { checked: families.dispatch });
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

/** Where the views stand, below sim/policies. */
const VIEWS = [
  ...["dispatch/dispatch", "dispatch/facts", "replication/replication", "eviction/eviction"],
  ...["chunk-size/chunk-size", "sync/sync", "swarm/handout", "swarm/pieces", "swarm/choking"],
  "trust/trust",
];

/** A field with the comment before it. */
const FIELD = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s+readonly \w+\??: /g;

/** Puts into an empty folder what is packed, so that tests leave the checkout alone. */
const PACKAGES: Readonly<Record<string, (stage: string) => void>> = {
  mirrorlab(stage) {
    // What `npm install` would add for the command line are dependencies that the policies have not.
    const { dependencies: _, devDependencies: __, ...alone } = packageJsonIn(root);
    writeFileSync(join(stage, "package.json"), JSON.stringify(alone));
    for (const name of ["LICENSE", "sim/policies/README.md", "examples"]) {
      cpSync(join(root, name), join(stage, name), { recursive: true });
    }
    run(root, tsc, "--project", "tsconfig.host.json", "--outDir", join(stage, "dist"));
  },
  "mirrorlab-host": (stage) => run(root, "build/host-package.js", stage),
};

for (const [name, prepare] of Object.entries(PACKAGES)) proves(name, prepare);

interface Places {
  /** Temporary, and holds all others. */
  readonly temp: string;
  /** A project of somebody else that depends on the package. */
  readonly consumer: string;
  /** The package in that project. */
  readonly installed: string;
}

function proves(name: string, prepare: (stage: string) => void): void {
  const it = suite<Partial<Places>>(name);
  const script = SERVER_SCRIPT.replace("PACKAGE", name);

  it.before((places) => {
    const temp = mkdtempSync(join(tmpdir(), "mirrorlab-"));
    const [stage, consumer] = ["stage", "consumer"].map((folder) => join(temp, folder));
    Object.assign(places, { temp, consumer, installed: join(consumer, "node_modules", name) });
    mkdirSync(stage);
    mkdirSync(consumer);
    prepare(stage);
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
    assert.equal(readdirSync(join(consumer, "node_modules")).filter(isVisible), [name]);
    assert.is(packageJsonIn(join(consumer, "node_modules", name)).dependencies, undefined);
    writeFileSync(join(consumer, "server.mjs"), script + PRINT);
    assert.is(run(consumer, "server.mjs"), '[1,"least delay, then least share",1000,[0],false]\n');
  });

  it("a strict TypeScript project finds the types", (places) => {
    const { consumer } = known(places);
    const options = ["--strict", "--noEmit", "--module", "nodenext", "--types", ""];
    const rightly = "to.toFixed(); copyTo.map((index) => index.toFixed()); serve === true;";
    writeFileSync(join(consumer, "right.mts"), script + rightly);
    run(consumer, tsc, ...options, "right.mts");

    // Were the types not found, `to` would be of type any and this would pass.
    writeFileSync(join(consumer, "wrong.mts"), `${script}to.toUpperCase();`);
    assert.throws(
      () => run(consumer, tsc, ...options, "wrong.mts"),
      (error: unknown) => /toUpperCase/.test((error as { stdout: string }).stdout),
    );
  });

  it("a policy of the consumer's own is checked by the types", (places) => {
    const { consumer } = known(places);
    const policy = `
    import { type DispatchPolicy, SERVER, seconds } from "${name}/policies";
    const params = { patience: seconds(5, 0, 60, "to wait") };
    export const mine: DispatchPolicy<typeof params> = {
      name: "mine", summary: "first", source: "test", params,
      decide: ({ count }, { patience }) => ({ to: count > patience ? 0 : SERVER, reason: "why" }),
    };`;
    writeFileSync(join(consumer, "mine.mts"), policy);
    const options = ["--strict", "--noEmit", "--module", "nodenext", "--types", ""];
    run(consumer, tsc, ...options, "mine.mts");
  });

  it("the coordinator is found beside the policies, with its types", (places) => {
    const { consumer } = known(places);
    const found = `import { Coordinator, NOWHERE } from "${name}/coordinator";`;
    writeFileSync(join(consumer, "found.mjs"), `${found} console.log(Coordinator.name + NOWHERE);`);
    assert.is(run(consumer, "found.mjs"), "Coordinator0\n");
    const options = ["--strict", "--noEmit", "--module", "nodenext", "--types", ""];
    writeFileSync(
      join(consumer, "nowhere.mts"),
      `${found} NOWHERE.toUpperCase(); new Coordinator();`,
    );
    assert.throws(
      () => run(consumer, tsc, ...options, "nowhere.mts"),
      (error: unknown) => {
        const { stdout } = error as { stdout: string };
        return /toUpperCase/.test(stdout) && /Expected 1 arguments/.test(stdout);
      },
    );
  });

  it("the module exports what the source does", async (places) => {
    const { installed } = known(places);
    const shipped = await import(pathToFileURL(join(installed, "dist/policies/index.js")).href);
    assert.equal(Object.keys(shipped).sort(), Object.keys(source).sort());
    const told = (library: Pick<typeof source, "policies">) => JSON.stringify(library.policies);
    assert.is(told(shipped), told(source));
  });

  it("the types say what each field of a view means, and in which unit", (places) => {
    const { installed } = known(places);
    const lines = (text: string) => text.replace(/^ +/gm, "");
    for (const file of VIEWS) {
      const types = lines(readFileSync(join(installed, `dist/policies/${file}.d.ts`), "utf8"));
      const fields = readFileSync(join(root, `sim/policies/${file}.ts`), "utf8").matchAll(FIELD);
      const told = [...fields].map(([field]) => lines(field));
      assert.ok(told.length > 0, file);
      for (const field of told) assert.ok(types.includes(field), `${file}: ${field}`);
    }
  });

  it("nothing is imported but modules of the package", (places) => {
    const dist = join(known(places).installed, "dist");
    const files = readdirSync(dist, { recursive: true, encoding: "utf8" });
    assert.ok(files.includes(join("policies", "index.js")));
    for (const file of files.filter((name) => /\.(js|d\.ts)$/.test(name))) {
      const text = readFileSync(join(dist, file), "utf8");
      for (const [, specifier] of text.matchAll(/\b(?:from|import)[ (]+"([^"]+)"/g)) {
        assert.ok(files.includes(join(dirname(file), specifier).replace(/\.ts$/, ".d.ts")), file);
      }
    }
  });

  it("a stack trace names the policy's file and line", (places) => {
    const { consumer } = known(places);
    const fails = `import { policies } from "${name}/policies"; policies.dispatch[1].decide(null);`;
    writeFileSync(join(consumer, "fails.mjs"), fails);
    assert.throws(
      () => run(consumer, "fails.mjs"),
      (error: unknown) =>
        /dispatch\/policies\/random\.js:\d+/.test((error as { stderr: string }).stderr),
    );
  });

  it("it has its licence, and texts that import what it exports", (places) => {
    const { installed } = known(places);
    assert.match(readFileSync(join(installed, "LICENSE"), "utf8"), "Apache License");
    const { exports } = packageJsonIn(installed);
    const texts = [
      name === "mirrorlab" ? "sim/policies/README.md" : "README.md",
      "examples/host.js",
    ];
    for (const text of texts.map((file) => readFileSync(join(installed, file), "utf8"))) {
      const imported = [...text.matchAll(/from "(mirrorlab[^"]*)"/g)].map(([, from]) => from);
      assert.ok(imported.length > 0);
      for (const from of imported) assert.ok(from.replace(name, ".") in exports, from);
    }
  });

  it.run();
}

function known(places: Partial<Places>): Places {
  return places as Places;
}

function packageJsonIn(folder: string) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

function isVisible(name: string): boolean {
  return !name.startsWith(".");
}

function run(cwd: string, ...command: readonly string[]): string {
  return execFileSync(process.execPath, command, { cwd, encoding: "utf8", stdio: "pipe" });
}
