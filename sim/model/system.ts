import { IN_FLIGHT_RULES } from "../coordinator/in-flight/in-flight.ts";
import type { Causes } from "../network/http/causes.ts";
import type { Position } from "../policies/index.ts";
import type { OnOffSpec } from "./on-off.ts";

/** The system under study, as an experiment describes it. Seconds, bytes, bytes per second. */
export interface SystemSpec {
  readonly server: ServerSpec;
  readonly sites: SitesSpec;
  readonly volunteers: readonly VolunteerClass[];
  readonly placement: PlacementSpec;
  readonly synchronisation: SynchronisationSpec;
  readonly tracker: TrackerSpec;
  readonly customers: CustomersSpec;
  readonly transport: TransportSpec;
  /** What is otherwise from some time on, in the order of their times; absent where nothing is. */
  readonly changes?: readonly SystemChange[];
}

/** What may change while a system is running, as it is from a time on: changed or not. */
export interface SystemChange {
  /** Seconds from the start of the window. */
  readonly at: number;
  readonly server: Pick<ServerSpec, "uplink">;
  /** The same classes with other counts and links. */
  readonly volunteers: readonly VolunteerClass[];
  readonly tracker: Pick<TrackerSpec, "interval">;
  readonly synchronisation: Pick<SynchronisationSpec, "every" | "rate">;
}

export interface ServerSpec {
  readonly uplink: number;
  /** Machines that redirect customers, each of which knows its own redirects only; see coordination.ts. */
  readonly redirectors: number;
  /** What a gigabyte costs that it sends, in units of the experiment's own. */
  readonly price: number;
  /** Name of the class of sites it stands in; null for a place of its own on the backbone. */
  readonly site: string | null;
  /** When it does not answer; null if it always does. */
  readonly failures: OnOffSpec | null;
  readonly background: BackgroundTraffic;
}

/** The networks that machines stand in, and what joins them. */
export interface SitesSpec {
  readonly classes: readonly SiteClass[];
  /** What all that passes between sites shares; `Infinity` if no such limit. */
  readonly backbone: number;
}

/**
 * Sites alike, such as the departments of a campus. Machines of a class that names them are spread
 * over them in turn.
 */
export interface SiteClass {
  readonly name: string;
  readonly count: number;
  /** Towards the backbone, and from it; `Infinity` if no such limit. */
  readonly uplink: number;
  readonly downlink: number;
  /** Round-trip time from the site to the backbone, on top of the machines' own. */
  readonly rtt: number;
  /** When all volunteers in it are off line together; null if never. */
  readonly failures: OnOffSpec | null;
  readonly where: Whereabouts;
  readonly background: BackgroundTraffic;
}

/** Where a site is, as a table of addresses would tell; "", 0 and null where nothing is known. */
export interface Whereabouts {
  readonly asNumber: number;
  readonly country: string;
  readonly region: string;
  readonly continent: string;
  readonly position: Position | null;
}

/** Traffic of others, which is served first; null where there is none. */
export interface BackgroundTraffic {
  readonly uplink: RateByDay | null;
  readonly downlink: RateByDay | null;
}

/** The same every day: from `at` seconds after its start on, `rate`; the first step is at 0. */
export type RateByDay = readonly { readonly at: number; readonly rate: number }[];

/** Volunteers alike. They are numbered through all classes; see volunteersOf. */
export interface VolunteerClass {
  readonly name: string;
  /** At the start; `SystemSpec.changes` tell what becomes of it. */
  readonly count: number;
  readonly uplink: number;
  readonly downlink: number;
  /** What the department's connection carries in both directions together; `Infinity` if no such limit. */
  readonly shared: number;
  /** Name of the class of sites they stand in; null for places of their own on the backbone. */
  readonly site: string | null;
  /** What all deliveries of one together may take, and what each may; `Infinity` if no such limit. */
  readonly deliveryRate: number;
  readonly transferRate: number;
  /** What files it is to hold may take; `Infinity` if no such limit. */
  readonly disk: number;
  /** Whether they fetch what they are asked for and do not hold, as a cache does. */
  readonly caches: boolean;
  /** What a gigabyte costs that one sends, in units of the experiment's own. */
  readonly price: number;
  /** The share of requests that the operator wants one to get, relative to 100 for an ordinary one. */
  readonly weight: number;
  /** Share of the catalogue that the mirror covers: 1 for a complete mirror, less for a partial one. */
  readonly coverage: number;
  readonly conduct: Conduct;
  /** Sessions of a volunteer that comes and goes, or `null` for one that is always on. */
  readonly sessions: OnOffSpec | null;
  readonly background: BackgroundTraffic;
}

export interface PlacementSpec {
  /** Seconds between two looks at who is to hold what, as files age and demand changes. */
  readonly every: number;
}

/** How far volunteers are not what they seem. */
export interface Conduct {
  /** Shares of downloads that arrive with wrong bytes, and that end before the file does. */
  readonly corrupts: number;
  readonly truncates: number;
  /** Whether they announce new files before they have them, and send the version before. */
  readonly stale: boolean;
  /** Whether all of the class spoil the same files and are honest towards audits. */
  readonly colludes: boolean;
  /** What they announce to have uploaded and downloaded, as a ratio of the truth. */
  readonly reports: number;
  /** Uplink that they claim to have; null for the true one. */
  readonly offers: number | null;
}

export const HONEST: Conduct = {
  corrupts: 0,
  truncates: 0,
  stale: false,
  colludes: false,
  reports: 1,
  offers: null,
};

export interface SynchronisationSpec {
  /** Seconds between two synchronisations of a volunteer. */
  readonly every: number;
  /** Starts are spread evenly over this many seconds, volunteer by volunteer. */
  readonly spread: number;
  /** Time of the first volunteer's first start, in seconds from the start of the window. */
  readonly first: number;
  /** Seconds to walk the file list before the first byte is asked for. */
  readonly walk: number;
  /** Bytes of the list of files that the server sends a complete mirror while both walk. */
  readonly list: number;
  /** What both walk and list: all files, or, as the server knows what is missing, that alone. */
  readonly manifest: Manifest;
  /** Weight of a synchronisation against a delivery on a link they share. */
  readonly weight: number;
  /** Whether deliveries are served first, and synchronisation gets what they leave. */
  readonly yields: boolean;
  /** What one volunteer's synchronisation may take (rsync's `--bwlimit`); `Infinity` for no limit. */
  readonly rate: number;
  readonly method: SyncMethod;
  /** Bytes up to which files come in one go; 0: one by one. See sync/batch.ts and sync/torrent.ts. */
  readonly batch: number;
  /** Whether the server gives swarms only what nobody else has (BEP 16). */
  readonly superSeeding: boolean;
  /** Whether rsync looks for an earlier version under another name (`--fuzzy`). */
  readonly fuzzy: boolean;
  /** Round-trip time between a volunteer and any other machine. */
  readonly rtt: number;
}

/** What the server sends and both sides walk through before the first byte is asked for. */
export const MANIFESTS = ["full", "changes"] as const;
export type Manifest = (typeof MANIFESTS)[number];

/** How volunteers fetch what is new; see `model/sync/`. */
export const SYNC_METHODS = [
  "whole",
  "rsync",
  "swarm",
  "swarm-identical",
  "swarm-similar",
  "swarm-exact",
] as const;
export type SyncMethod = (typeof SYNC_METHODS)[number];

export interface TrackerSpec {
  /** Seconds between two announces of a volunteer. */
  readonly interval: number;
  /** Seconds without an announce after which a volunteer is taken to be gone. */
  readonly timeout: number;
  /** Whether a volunteer announces itself, too, as soon as it has files complete (BEP 3, `completed`). */
  readonly completed: boolean;
  /** Whether all volunteers announce themselves at the same times; else each at times of its own. */
  readonly together: boolean;
  /** Share of announces that do not arrive. */
  readonly lost: number;
  /** Seconds between two probes of a volunteer by the server; `Infinity` for none. */
  readonly probe: number;
  /** What announces tell of transfers. */
  readonly reports: TransferReports;
  /** By what the server knows which transfers are in flight. */
  readonly inFlight: InFlightKnowledge;
}

/**
 * Rules that a server can follow (coordinator/in-flight/), and the truth, which is an oracle that none
 * could have (true-loads.ts).
 */
export const IN_FLIGHT_KNOWLEDGE = [...IN_FLIGHT_RULES, "truth"] as const;
export type InFlightKnowledge = (typeof IN_FLIGHT_KNOWLEDGE)[number];

/**
 * What announces tell of transfers: totals of bytes alone, as BitTorrent's do (BEP 3); how many are
 * being sent, too; or those that have ended, too, line by line as in an access log.
 */
export const TRANSFER_REPORTS = ["totals", "active", "receipts"] as const;
export type TransferReports = (typeof TRANSFER_REPORTS)[number];

export interface CustomersSpec {
  readonly classes: readonly CustomerClass[];
  /** Round-trip time between a customer and any other machine. */
  readonly rtt: number;
  /** Downloads that a customer runs at once; further ones wait their turn at the customer. */
  readonly parallel: number;
  /** Whether a tool uses a connection again that it still has to the machine it is sent to. */
  readonly keepAlive: boolean;
  /** How customers pass on what they have, if they do. */
  readonly uploads: UploadsSpec | null;
  /** Seconds a customer waits for a machine that does not answer. */
  readonly timeout: number;
  /** Seconds after which a customer gives up a request. */
  readonly patience: number;
  /** Attempts at a request: the first where the server redirects to, the others at the server. */
  readonly attempts: number;
}

/** Customers that pass on what they have downloaded. */
export interface UploadsSpec {
  /** What one of them can send. */
  readonly uplink: number;
  /** Files that one sends at a time. */
  readonly slots: number;
  /** Seconds that one stays after it has completed its last file. */
  readonly stays: number;
  /** What a gigabyte costs that one sends, in units of the experiment's own. */
  readonly price: number;
}

/** Customers alike, as a share of all; the shares sum to 1. */
export interface CustomerClass {
  readonly share: number;
  readonly downlink: number;
  /** Name of the class of sites they stand in; null for places of their own on the backbone. */
  readonly site: string | null;
  /** Bytes that a machine is ready to hold; `Infinity` for no limit. */
  readonly receiveWindow: number;
}

export interface TransportSpec {
  readonly causes: Causes;
  /** Bytes of drop-tail queue before each link; only causes that depend on queues heed it. */
  readonly queue: number;
  /** Bytes that each link lets through at once after a rest, where that cause is on. */
  readonly burst: number;
}
