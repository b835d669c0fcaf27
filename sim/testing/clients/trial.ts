/** One client against one bad volunteer: fetched twice, right after each other, each time with nothing kept. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "./clients.ts";
import { run } from "./processes.ts";
import { FILES } from "./repository.ts";
import { type Kind, startVolunteer, type TestVolunteer } from "./volunteer-kinds.ts";

/** Volunteers beside the bad one. */
const GOOD = 2;

/**
 * How the server is set: as it comes, so that a copy is audited when a customer is sent to it, and here that
 * was another customer; or trusting blindly, so that only the client's coming back can tell it.
 */
export const SETTINGS = ["default", "trusting"] as const;
export type Settings = (typeof SETTINGS)[number];

/** Audits that have ended, of any volunteer, and those that the first volunteer failed. */
export interface Audits {
  readonly ended: number;
  readonly failed: number;
}

/** Kinds that answer nothing at all. */
const IS_SILENT: ReadonlySet<Kind> = new Set(["refused", "hanging"]);

/** A server under test, started for one trial. */
export interface System {
  /** With a slash at its end. */
  readonly url: string;
  audits(): Promise<Audits>;
  /** Resolves when all volunteers have announced themselves once more. */
  announced(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server that prefers the first of the volunteers as long as it trusts it. */
export type StartSystem = (
  room: string,
  repository: string,
  volunteers: readonly TestVolunteer[],
  settings: Settings,
) => Promise<System>;

export interface Fetched {
  /**
   * `ok`: exit 0 with the right bytes; `WRONG`: exit 0 with others, or none; `rc N`: it said that it
   * failed; `stuck`: it was ended at the limit.
   */
  readonly verdict: string;
  readonly seconds: number;
  /** Requests that the first volunteer got meanwhile, of whomever; 0 where it cannot count. */
  readonly asked: number;
  /** The last that the client said. */
  readonly said: string;
}

export interface Trial {
  readonly client: string;
  readonly kind: Kind;
  readonly settings: Settings;
  readonly first: Fetched;
  readonly second: Fetched;
  /** Whether another customer who asked before was sent to the first volunteer. */
  readonly isPreferred: boolean;
  readonly failedAudits: number;
  /** Of ten others who asked afterwards, those who were sent to it. */
  readonly sentAfterwards: number;
}

export interface TrialSetup {
  readonly client: Client;
  readonly kind: Kind;
  readonly settings: Settings;
  readonly repository: string;
  /** Where the folder of the trial is made. */
  readonly room: string;
  /** Seconds until a client is given up. */
  readonly limit: number;
  readonly startSystem: StartSystem;
}

export async function runTrial(setup: TrialSetup): Promise<Trial> {
  const { client, kind, settings, repository, limit } = setup;
  const room = mkdtempSync(join(setup.room, "trial-"));
  const volunteers: TestVolunteer[] = [];
  let system: System | null = null;
  try {
    for (const [index, each] of [kind, ...Array<Kind>(GOOD).fill("good")].entries()) {
      volunteers.push(await startVolunteer(each, repository, `127.0.0.${2 + index}`));
    }
    mkdirSync(join(room, "server"));
    system = await setup.startSystem(join(room, "server"), repository, volunteers, settings);
    const [bad] = volunteers as [TestVolunteer];
    const file = FILES[client.fetches];
    const wanted = digest(join(repository, file));
    if (settings === "default") await untilAudited(system, file);
    const isPreferred = (await sentTo(bad.url, system.url + file, 1, "earlier")) > 0;
    const fetched: Fetched[] = [];
    for (const name of ["first", "second"]) {
      const before = bad.requests.length;
      const fetching = await fetchOnce(client, join(room, name), system.url, wanted, limit);
      fetched.push({ ...fetching, asked: bad.requests.length - before });
    }
    const [first, second] = fetched as [Fetched, Fetched];
    // What announces them is another program, which works: it must not bring them back.
    if (settings === "default" && IS_SILENT.has(kind)) await system.announced();
    return {
      ...{ client: client.name, kind, settings, isPreferred, first, second },
      failedAudits: (await system.audits()).failed,
      sentAfterwards: await sentTo(bad.url, system.url + file, OTHERS, "later"),
    };
  } finally {
    await system?.stop();
    await Promise.all(volunteers.map((each) => each.close()));
    rmSync(room, { recursive: true, force: true });
  }
}

async function fetchOnce(
  client: Client,
  room: string,
  url: string,
  wanted: string,
  limit: number,
): Promise<Omit<Fetched, "asked">> {
  const home = join(room, "home");
  mkdirSync(home, { recursive: true });
  const { argv, output, env } = client.prepare(room, url);
  const { PATH = "" } = process.env; // Nothing else is passed on: no proxy, no settings of the user.
  const all = { PATH, HOME: home, TMPDIR: home, LC_ALL: "C", ...env };
  const ended = await run({ argv, cwd: room, env: all }, limit);
  const verdict = verdictOf(ended, digest(output) === wanted);
  return { verdict, seconds: ended.seconds, said: ended.output.trim().slice(-500) };
}

function verdictOf({ isStuck, code }: { isStuck: boolean; code: number | null }, isRight: boolean) {
  if (isStuck) return "stuck";
  if (code !== 0) return `rc ${code ?? "signal"}`;
  return isRight ? "ok" : "WRONG";
}

/** In hexadecimal; empty where there is no such file. */
function digest(name: string): string {
  try {
    return createHash("sha256").update(readFileSync(name)).digest("hex");
  } catch {
    return "";
  }
}

const OTHERS = 10;

/**
 * How many of so many customers, whom the server does not know yet, are sent to the volunteer. They only
 * ask (HEAD), so that nobody is taken to be busy with them.
 */
async function sentTo(volunteer: string, url: string, customers: number, who: string) {
  let sent = 0;
  for (let customer = 0; customer < customers; customer++) {
    if ((await whereTo(url, `${who} ${customer}`))?.startsWith(volunteer) === true) sent++;
  }
  return sent;
}

/** Seconds in which an audit is to end: as long as a server waits for an answer, and some more. */
const AUDITED_WITHIN = 5;

/** A customer comes, goes, and whom it was sent to is audited. */
async function untilAudited(system: System, file: string): Promise<void> {
  await whereTo(system.url + file, "early");
  for (let tenth = 0; tenth < 10 * AUDITED_WITHIN; tenth++) {
    if ((await system.audits()).ended > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Where one customer is sent; null where the server keeps it. */
async function whereTo(url: string, agent: string): Promise<string | null> {
  const headers = { "User-Agent": agent };
  const response = await fetch(url, { method: "HEAD", redirect: "manual", headers });
  return response.headers.get("location");
}
