/** `sim serve` under test, with volunteers that announce themselves as an operator's mirrors would. */

import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../live/free-port.ts";
import { Volunteer } from "../announcer.ts";
import { end, start } from "./processes.ts";
import type { Audits, Settings, StartSystem, System } from "./trial.ts";
import type { TestVolunteer } from "./volunteer-kinds.ts";

const program = fileURLToPath(new URL("../../../bin/sim.js", import.meta.url));

/** Bytes per second that the first volunteer claims, and that the others do. */
const [CLAIM_OF_FIRST, CLAIM] = [1.25e8, 1.25e6];

/** Seconds between two announces. */
const INTERVAL = 2;

/** Seconds in which the server is to answer after its start, and to end. */
const PATIENCE = 30;

export const startServe: StartSystem = async (room, repository, volunteers, settings) => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const names = volunteers.map((_, index) => (index === 0 ? "first" : `other${index}`));
  const config = join(room, "server.yaml");
  writeFileSync(config, JSON.stringify(configOf(port, room, repository, names, settings)));
  const { PATH = "" } = process.env;
  const argv = [process.execPath, program, "serve", config];
  const server = start({ argv, cwd: room, env: { PATH, HOME: room, TMPDIR: room } });
  let said = "";
  const keep = (text: string) => {
    said = (said + text).slice(-5000);
  };
  server.stdout?.setEncoding("utf8").on("data", keep);
  server.stderr?.setEncoding("utf8").on("data", keep);
  const closed = once(server, "close");
  const isAlive = () => server.exitCode === null && server.signalCode === null;
  const announcers: Announcer[] = [];
  const stop = async () => {
    for (const announcer of announcers) announcer.stop();
    if (isAlive()) end(server, "SIGTERM");
    const timer = setTimeout(() => end(server), PATIENCE * 1000);
    await closed;
    clearTimeout(timer);
  };
  try {
    await until("the server listens", isAlive, () => said.includes(`listening at ${url}`));
    await until("it has looked through its files", isAlive, async () =>
      (await metricsOf(url)).includes("\nmirrorlab_catalogue_scan_age_seconds "),
    );
    for (const [index, volunteer] of volunteers.entries()) {
      const uplink = index === 0 ? CLAIM_OF_FIRST : CLAIM;
      announcers.push(await announcing(url, names[index] ?? "", volunteer, uplink));
    }
    const announced = async () => {
      await Promise.all(announcers.map((announcer) => announcer.next()));
    };
    return { url, audits: () => auditsOf(url), announced, stop } satisfies System;
  } catch (error) {
    await stop();
    throw new Error(`${(error as Error).message}\nthe server said: ${said}`, { cause: error });
  }
};

/** What `server.yaml` holds; JSON is YAML. Unlike the default, the trusting one has no trust policy and no probes. */
function configOf(
  port: number,
  room: string,
  repository: string,
  names: readonly string[],
  settings: Settings,
) {
  return {
    title: "Clients against bad volunteers",
    url: `http://127.0.0.1:${port}/`,
    seed: 1,
    listen: { host: "127.0.0.1", port },
    repository: { folder: repository },
    state: { folder: join(room, "state") },
    volunteers: names.map((name) => ({ name, token: tokenOf(name) })),
    server: { uplink: "100 Mbit/s" },
    tracker: { interval: `${INTERVAL} s`, ...(settings === "trusting" && { probe: 0 }) },
    ...(settings === "trusting" && { policies: { trust: "none" } }),
  };
}

const tokenOf = (name: string) => `the-secret-of-${name}`;

/** Comes true within `PATIENCE`, or throws. */
async function until(what: string, isAlive: () => boolean, isSo: () => Promise<boolean> | boolean) {
  for (let tenth = 0; tenth < PATIENCE * 10; tenth++) {
    if (await isSo()) return;
    if (!isAlive()) throw new Error("the server has ended");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what}: not within ${PATIENCE} s`);
}

interface Announcer {
  /** Resolves when the server has answered an announce that was not yet sent. */
  next(): Promise<void>;
  stop(): void;
}

/** The volunteer claims to hold all; what it sends and how busy it is, it tells as it is. */
async function announcing(
  server: string,
  name: string,
  volunteer: TestVolunteer,
  uplink: number,
): Promise<Announcer> {
  const speaker = new Volunteer({ server, name, token: tokenOf(name) });
  const { manifest } = await speaker.register({ urls: [volunteer.url], uplink, covers: [] });
  const totals = () => ({
    ...{ uploaded: volunteer.uploaded(), downloaded: 0, left: 0 },
    active: volunteer.active(),
  });
  await speaker.announce({ ...totals(), started: true, holds: { manifest } });
  const waiting: (() => void)[] = [];
  const timer = setInterval(async () => {
    const heard = waiting.splice(0);
    await speaker.announce(totals()).catch(() => {}); // The server is being ended.
    for (const tell of heard) tell();
  }, INTERVAL * 1000);
  const next = () => new Promise<void>((resolve) => waiting.push(resolve));
  return { next, stop: () => clearInterval(timer) };
}

/** What the server itself counts of audits: all that have ended, and those that the first volunteer failed. */
async function auditsOf(url: string): Promise<Audits> {
  const text = await metricsOf(url);
  const sum = (line: RegExp) =>
    [...text.matchAll(line)].reduce((total, [, count]) => total + Number(count), 0);
  return {
    ended: sum(/^mirrorlab_audits_total\S* (\d+)/gm),
    failed: sum(/^mirrorlab_audits_failed_total\{[^}]*"first"[^}]*\} (\d+)/gm),
  };
}

async function metricsOf(url: string): Promise<string> {
  return (await fetch(`${url}metrics`)).text();
}
