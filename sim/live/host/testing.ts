/** A live host on a coordinator of its own, with time that tests turn. */
import type { IncomingMessage } from "node:http";
import {
  bindPolicies,
  type ChosenPolicies,
  Coordinator,
  type CoordinatorSettings,
  type JournalRecord,
  seededChance,
} from "../../coordinator/index.ts";
import type { CatalogueView } from "../parts.ts";
import { Addresses, prefixOf } from "./addresses.ts";
import { HostClock } from "./host-clock.ts";
import { KeyedHash } from "./keyed-hash.ts";
import { LiveHost } from "./live-host.ts";
import { VolunteerNames } from "./volunteer-names.ts";
import { WhereaboutsTable } from "./whereabouts.ts";

/** Files of these sizes, as old as the hills; file n is at `pool/n`. */
export function catalogueOf(sizes: readonly number[]): CatalogueView {
  return {
    version: 1,
    count: sizes.length,
    find: (path) => (path.startsWith("pool/") ? Number(path.slice(5)) : -1),
    has: (file) => file >= 0 && file < sizes.length,
    path: (file) => `pool/${file}`,
    size: (file) => sizes[file],
    modified: () => 0,
    sha256: () => new Uint8Array(32),
    md4: () => null,
    location: (file) => `/nowhere/${file}`,
    identical: () => [],
  };
}

export const POLICIES: ChosenPolicies = {
  dispatch: { name: "join-idle-queue", params: {} },
  replication: { name: "everything", params: {} },
  trust: null,
  sync: null,
};

export const SETTINGS: CoordinatorSettings = {
  ...{ uplink: 1e6, timeout: 180, inFlight: "by-request", again: 120 },
  ...{ probeEvery: Number.POSITIVE_INFINITY, placeEvery: Number.POSITIVE_INFINITY },
};

export function liveHost(sizes: readonly number[], settings: Partial<CoordinatorSettings> = {}) {
  let wall = new Date(2026, 11, 1, 12).getTime();
  const clock = new HostClock(null, 0, { wall: () => wall, monotonic: () => wall });
  const records: JournalRecord[] = [];
  const heard: string[] = [];
  const catalogue = catalogueOf(sizes);
  const coordinator = new Coordinator({
    settings: { ...SETTINGS, ...settings },
    policies: bindPolicies(POLICIES),
    chance: seededChance("test"),
    pathOf: (file) => catalogue.path(file),
    onEvent: (event) => records.push(event),
  });
  const site = { text: "10.0.0.0/8", prefix: prefixOf("10.0.0.0/8") };
  const host = new LiveHost({
    ...{ coordinator, clock, catalogue },
    records: { write: (record) => records.push(record), written: (then) => then() },
    addresses: new Addresses([]),
    whereabouts: new WhereaboutsTable(
      [{ name: "campus", networks: [site], where: {} }],
      (where, facts) => coordinator.locate(where, facts, clock.now()),
    ),
    hash: new KeyedHash(Buffer.from("secret")),
    names: new VolunteerNames(),
    plansSync: false,
    listener: {
      decided: ({ kind }) => heard.push(kind),
      complained: (how) => heard.push(how),
      audited: (_, result) => heard.push(result),
      probed: (isAnswered) => heard.push(isAnswered ? "answered" : "unanswered"),
      announced: () => heard.push("announced"),
    },
  });
  const pass = (seconds: number) => {
    wall += 1000 * seconds;
  };
  return { host, coordinator, records, catalogue, clock, pass, heard };
}

export function requestFrom(address: string, agent = "curl/8", encrypted = false) {
  const socket = { remoteAddress: address, encrypted };
  return { socket, headers: { "user-agent": agent } } as unknown as IncomingMessage;
}
