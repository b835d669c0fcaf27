/** Kills `sim serve` under load and looks at its journal: what was answered is there, and comes out again. */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import seedrandom from "seedrandom";
import { KeyedHash } from "../../live/host/keyed-hash.ts";
import { recordsIn, segmentsIn } from "../../live/journal/segments.ts";
import { type Asked, Customers, refused } from "./customers.ts";
import { askedIn, problemsOf } from "./recorded.ts";
import { INTERVAL, ServedFolder } from "./served.ts";

/** Customers at a time. */
const AT_ONCE = 8;

export interface KilledServer {
  readonly kills: number;
  readonly answered: number;
  readonly redirected: number;
  readonly recorded: number;
  /** Answered decisions that are not in the journal, or others there. */
  readonly lost: number;
  readonly refused: number;
  /** Seconds, the longest: until a new server listened, and from then to its first redirect. */
  readonly listening: number;
  readonly firstRedirect: number;
  readonly problems: readonly string[];
}

/**
 * Starts a server as often as told, and each time kills it some time after it listens: between half an
 * announce interval and `milliseconds` more. The next is started at once.
 */
export async function killServer(
  room: string,
  program: readonly string[],
  { kills, milliseconds, seed }: { kills: number; milliseconds: number; seed: string },
): Promise<KilledServer> {
  const random = seedrandom.alea(seed);
  const served = new ServedFolder(room, program);
  await served.prepare();
  await served.start();
  await served.scanned();
  const customers = new Customers(() => served.url, AT_ONCE);
  try {
    await served.startVolunteers();
    for (let kill = 0; kill < kills; kill++) {
      await pause(500 * INTERVAL + random() * milliseconds);
      await served.kill();
      await served.start();
    }
    await pause(2000 * INTERVAL);
  } finally {
    await customers.stop();
    served.stopVolunteers();
    await served.kill("SIGTERM");
  }
  return { kills, ...(await outcome(served, customers.all)) };
}

async function outcome(
  served: ServedFolder,
  all: readonly Asked[],
): Promise<Omit<KilledServer, "kills">> {
  const journal = join(served.state, "journal");
  const answered = all.filter(({ status }) => status === 302 || status === 200);
  const recorded = askedIn(journal);
  const lives = served.lives.filter(({ listening }) => Number.isFinite(listening));
  const redirects = answered.filter(({ status }) => status === 302).map(({ ended }) => ended);
  const waits = lives.map(({ listening, killed }) => {
    const first = redirects.find((ended) => ended >= listening) ?? Number.POSITIVE_INFINITY;
    return (Math.min(first, killed) - listening) / 1000; // At least so long, where it was killed first.
  });
  return {
    answered: answered.length,
    redirected: redirects.length,
    recorded: recorded.length,
    lost: lostOf(served, answered, recorded),
    refused: refused(all, served.lives).length,
    listening: Math.max(...lives.map(({ started, listening }) => (listening - started) / 1000)),
    firstRedirect: Math.max(...waits),
    problems: await problemsOf(served.state),
  };
}

/** How many answers are not in the journal, or another is there for the customer. */
function lostOf(
  served: ServedFolder,
  answered: readonly Asked[],
  recorded: readonly { readonly customer: number; readonly answer: number }[],
): number {
  const hash = new KeyedHash(served.key);
  const numbers = volunteersIn(join(served.state, "journal"));
  const answers = new Map(recorded.map(({ customer, answer }) => [customer, answer]));
  return answered.filter(({ agent, location }) => {
    const base = location?.replace(/pool\/\d+\.deb$/, "");
    const name = [...served.bases].find(([, its]) => its === base)?.[0];
    const expected = location === null ? SERVER : numbers.get(name ?? "");
    return answers.get(hash.customerOf("127.0.0.1", agent)) !== expected;
  }).length;
}

/** Volunteers' numbers by name. */
function volunteersIn(journal: string): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const segment of segmentsIn(journal)) {
    for (const record of recordsIn(segment.journal)) {
      const isVolunteer = record.kind === "named" && record.what === "volunteer";
      if (isVolunteer) numbers.set(record.name, record.number);
    }
  }
  return numbers;
}

/** The answer of the server that sends a file itself. */
const SERVER = -1;
