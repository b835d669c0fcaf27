import { Coordinator } from "../coordinator/index.ts";
import { assert } from "../engine/assert.ts";
import { bind, policies, policyNamed, type Random } from "../policies/index.ts";
import type { Figures } from "./benchmark.ts";
import { FirstTracker } from "./first-tracker.ts";
import { figuresOf } from "./script.ts";
import { xorshift } from "./xorshift.ts";

const NAMES = ["random", "join-idle-queue", "least-loaded", "power-of-d", "tracker-informed"];

const VOLUNTEERS = 40;
const FILES = 1000;
const CUSTOMERS = 2000;
const ASKS = 100_000;
/** Asks between two announces, of one volunteer after another; seconds between two asks, at most. */
const ANNOUNCE_EVERY = 500;
const GAP = 0.02;
const TIMES = 5;

/** Bytes that the tables of 2.2 million files and 40 volunteers may take, names apart. */
const MOST_BYTES = 300e6;

/**
 * Nanoseconds of the processor from a customer's question to its answer, over 40 candidates: all that
 * the coordinator believes and keeps of it, beside what the first version did; and the memory of 2.2
 * million files on 40 volunteers.
 */
export async function coordinator(): Promise<Figures> {
  const figures: Record<string, number> = {};
  for (const name of NAMES) {
    const ours = least(() => asked(hostOf(name)));
    const first = least(() => asked(firstOf(name)));
    figures[`coordinator.${name}.nanoseconds`] = ours;
    figures[`coordinator.${name}.overFirst`] = first / ours;
  }
  const memory = await figuresOf("coordinator-memory.ts");
  figures["coordinator.bytes"] = memory["bytes"];
  figures["coordinator.residentBytes"] = memory["residentBytes"];
  assert(memory["residentBytes"] < MOST_BYTES, `${memory["residentBytes"]} bytes`);
  return figures;
}

/** Who is asked, and told of announces with totals in bytes. */
interface Host {
  /** The volunteer that the customer is sent to, or -1. */
  ask(customer: number, file: number, bytes: number, now: number): number;
  announce(volunteer: number, uploaded: number, now: number): void;
}

function hostOf(name: string): Host {
  const draw = xorshift(777);
  const host = new Coordinator({
    settings: {
      ...{ uplink: 1e7, timeout: 1e9, inFlight: "by-request" },
      ...{ probeEvery: Number.POSITIVE_INFINITY, placeEvery: Number.POSITIVE_INFINITY },
    },
    policies: {
      dispatch: bind(policyNamed(policies.dispatch, name)),
      replication: bind(policyNamed(policies.replication, "everything")),
      ...{ trust: null, sync: null },
    },
    chance: { stream: () => draw, fresh: () => draw, save: () => null, load() {} },
    pathOf: String,
  });
  for (let file = 0; file < FILES; file++) host.addFile(file, 1e5, Number.NEGATIVE_INFINITY, 0);
  const report = { downloaded: 0, left: 0, completed: [], dropped: [] };
  for (let volunteer = 0; volunteer < VOLUNTEERS; volunteer++) {
    const holds = { below: FILES, except: [] };
    host.register(volunteer, { uplink: 1e6 }, 0);
    host.announce(volunteer, { ...report, uploaded: 0, started: true, holds }, 0);
  }
  return {
    ask: (customer, file, bytes, now) => host.ask(customer, file, bytes, 0, now).volunteer,
    announce: (volunteer, uploaded, now) =>
      host.announce(volunteer, { ...report, uploaded, started: false }, now),
  };
}

function firstOf(name: string): Host {
  const draw = xorshift(777);
  const tracker = new FirstTracker(VOLUNTEERS, FILES, CUSTOMERS);
  const dispatch = bind(policyNamed(policies.dispatch, name));
  return {
    ask(customer, file, bytes, now) {
      const view = tracker.asked(customer, file, bytes, now);
      const { to } = dispatch.decide(view, draw);
      const node = view.candidates[to].node;
      dispatch.observe({ kind: "redirected", node, customer, file, size: bytes, at: now });
      tracker.sent(customer, node, bytes, now);
      return node;
    },
    announce: (volunteer, uploaded, now) => tracker.report(volunteer, uploaded, now),
  };
}

/** Nanoseconds of the processor a question. */
function asked(host: Host): number {
  const random: Random = xorshift(12345);
  const uploaded = new Float64Array(VOLUNTEERS);
  let now = 0;
  const before = process.cpuUsage();
  for (let ask = 0; ask < ASKS; ask++) {
    now += GAP * random();
    if (ask % ANNOUNCE_EVERY === 0) {
      const volunteer = (ask / ANNOUNCE_EVERY) % VOLUNTEERS;
      host.announce(volunteer, uploaded[volunteer], now);
    }
    const bytes = 1e5 * random();
    const customer = Math.floor(random() * CUSTOMERS);
    const node = host.ask(customer, Math.floor(random() * FILES), bytes, now);
    assert(node >= 0, "nobody was found who has the file");
    uploaded[node] += bytes;
  }
  const { user, system } = process.cpuUsage(before);
  return (1000 * (user + system)) / ASKS;
}

/** Of several times: what others do on the machine only ever adds. */
function least(measure: () => number): number {
  return Math.min(...Array.from({ length: TIMES }, measure));
}
