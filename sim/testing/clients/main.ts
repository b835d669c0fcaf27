/**
 * Real clients against bad volunteers, with the real server: `npm run test:clients`.
 *
 * `--only curl,wget` names clients by how they begin, `--kinds lying,hanging` volunteers, `--settings
 * default` one of the two; `--limit 60` are the seconds after which a client is stuck, `--jobs 2` how many
 * run at once; `--json` prints rows; `--install` brings missing Debian packages, as root; `--planted` puts a
 * redirector that always sends to the bad one in the server's place, on which the expectations must fail;
 * `--swarm` runs the BitTorrent swarm alone, which comes last where nothing is chosen.
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parseArgs } from "node:util";
import { CLIENTS, type Client } from "./clients.ts";
import { failuresOf } from "./expectations.ts";
import { startPlanted } from "./planted.ts";
import { endAll } from "./processes.ts";
import { MAKERS, makeRepository } from "./repository.ts";
import { startServe } from "./serve-system.ts";
import { testSwarm } from "./swarm.ts";
import { failureText, tableOf } from "./table.ts";
import { runTrial, SETTINGS, type Settings, type Trial } from "./trial.ts";
import { KINDS, type Kind } from "./volunteer-kinds.ts";

/** Kinds that make clients wait: these trials take time but no processor, so more run at once. */
const IS_WAITING: ReadonlySet<Kind> = new Set(["hanging", "slow20kB"]);
const WAITING_JOBS = 8;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    kinds: { type: "string" },
    settings: { type: "string" },
    limit: { type: "string", default: "60" },
    jobs: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
    install: { type: "boolean", default: false },
    planted: { type: "boolean", default: false },
    swarm: { type: "boolean", default: false },
  },
});

/** Those of the known words that are asked for; all without a question. */
function chosen<T extends string>(what: string, known: readonly T[], asked?: string): readonly T[] {
  if (asked === undefined) return known;
  return asked.split(",").map((word) => {
    const found = known.find((each) => each === word);
    if (found === undefined)
      throw new Error(`unknown ${what}: ${word}; known: ${known.join(", ")}`);
    return found;
  });
}

function chosenClients(asked?: string): readonly Client[] {
  if (asked === undefined) return CLIENTS;
  const words = asked.split(",");
  const found = CLIENTS.filter(({ name }) => words.some((word) => name.startsWith(word)));
  if (found.length > 0) return found;
  throw new Error(`unknown client: ${asked}; known: ${CLIENTS.map(({ name }) => name).join(", ")}`);
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new Error(`invalid --${name}: ${text}; expected a number above 0`);
}

function isInstalled(program: string): boolean {
  const places = (process.env["PATH"] ?? "").split(delimiter);
  const names = program.startsWith("/") ? [program] : places.map((place) => join(place, program));
  return names.some((name) => {
    try {
      accessSync(name, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Debian packages that a client still needs. */
function missingFor(client: Client): string[] {
  const programs = { [client.program]: client.debian, ...MAKERS[client.fetches] };
  return Object.entries(programs)
    .filter(([program]) => !isInstalled(program))
    .map(([, debian]) => debian);
}

const isRoot = process.getuid?.() === 0;

/** Those that can run here; the others are named. */
function runnable(clients: readonly Client[], install: boolean): readonly Client[] {
  const missing = [...new Set(clients.flatMap(missingFor))];
  if (install && missing.length > 0) {
    if (!isRoot) throw new Error("expected root for --install");
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", ...missing], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  }
  return clients.filter((client) => {
    const packages = missingFor(client);
    if (packages.length > 0) {
      console.error(`skipped: ${client.name}, which needs Debian's ${packages.join(", ")}`);
    } else if (client.needsRoot && !isRoot) console.error(`skipped: ${client.name} needs root`);
    return packages.length === 0 && (!client.needsRoot || isRoot);
  });
}

/** Does all the tasks, so many at once; the first error ends it. */
async function each<T>(tasks: readonly T[], jobs: number, work: (task: T) => Promise<void>) {
  const left = [...tasks];
  const hands = Array.from({ length: jobs }, async () => {
    for (let task = left.shift(); task !== undefined; task = left.shift()) await work(task);
  });
  await Promise.all(hands);
}

const begun = performance.now();
const clients = values.swarm ? [] : runnable(chosenClients(values.only), values.install);
const kinds = chosen<Kind>("kind", KINDS, values.kinds);
const settings = chosen<Settings>("settings", SETTINGS, values.settings);
const [limit, jobs] = [positive("limit", values.limit), positive("jobs", values.jobs)];
const room = mkdtempSync(join(tmpdir(), "mirrorlab-clients-"));
const trials: Trial[] = [];

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    endAll();
    rmSync(room, { recursive: true, force: true });
    process.exit(130);
  });
}
try {
  const [repository, work] = [join(room, "repository"), join(room, "work")];
  mkdirSync(work);
  if (clients.length > 0)
    await makeRepository(repository, work, new Set(clients.map(({ fetches }) => fetches)));
  const startSystem = values.planted ? startPlanted : startServe;
  const all = clients.flatMap((client) =>
    settings.flatMap((setting) => kinds.map((kind) => ({ client, settings: setting, kind }))),
  );
  const one = async (task: (typeof all)[number]) => {
    const trial = await runTrial({ ...task, repository, room, limit, startSystem });
    trials.push(trial);
    const { first, second } = trial;
    const seconds = [first, second].map((fetched) => `${fetched.seconds.toFixed(1)} s`).join(", ");
    console.error(
      `${task.client.name}, ${task.kind}, ${task.settings}: ${first.verdict} / ${second.verdict} (${seconds})`,
    );
  };
  await Promise.all([
    each(
      all.filter(({ kind }) => IS_WAITING.has(kind)),
      WAITING_JOBS,
      one,
    ),
    each(
      all.filter(({ kind }) => !IS_WAITING.has(kind)),
      jobs,
      one,
    ),
  ]);
  const order = (trial: Trial) =>
    all.findIndex(
      ({ client, kind, settings }) =>
        client.name === trial.client && kind === trial.kind && settings === trial.settings,
    );
  trials.sort((one, other) => order(one) - order(other));
} finally {
  endAll();
  rmSync(room, { recursive: true, force: true });
}
const failures = failuresOf(trials);
if (values.json) console.log(JSON.stringify(trials, null, 2));
else console.log(tableOf(trials));
for (const failure of failures) console.error(failureText(failure));
const seconds = ((performance.now() - begun) / 1000).toFixed(0);
console.error(`${trials.length} trials in ${seconds} s; ${failures.length} expectations failed`);
const { only, kinds: someKinds, settings: someSettings, planted } = values;
const isWhole = !planted && [only, someKinds, someSettings].every((each) => each === undefined);
const swarm = values.swarm || isWhole ? await testSwarm() : [];
for (const { what, isOk, found } of swarm)
  console.error(`${isOk ? "ok" : "FAILED"}: ${what}; ${found}`);
const isGood = failures.length === 0 && swarm.every(({ isOk }) => isOk);
process.exitCode = isGood ? 0 : 1;
