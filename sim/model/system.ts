/** The system under study, as an experiment describes it. Seconds, bytes, bytes per second. */
export interface SystemSpec {
  readonly server: { readonly uplink: number };
  readonly volunteers: readonly VolunteerClass[];
  readonly synchronisation: SynchronisationSpec;
  readonly tracker: TrackerSpec;
  readonly customers: CustomersSpec;
  readonly transport: TransportSpec;
}

/** Volunteers alike. They are numbered through all classes, in the order of the classes. */
export interface VolunteerClass {
  readonly name: string;
  readonly count: number;
  readonly uplink: number;
  readonly downlink: number;
  /** What the department's connection carries in both directions together; `Infinity` if no such limit. */
  readonly shared: number;
  /** Share of the catalogue that the mirror covers: 1 for a complete mirror, less for a partial one. */
  readonly coverage: number;
  /** Whole-file downloads that arrive with wrong bytes, as a share: 0 for an honest volunteer. */
  readonly corrupts: number;
  /** Mean sessions of a volunteer that comes and goes, or `null` for one that is always on. */
  readonly sessions: { readonly up: number; readonly down: number } | null;
}

export interface SynchronisationSpec {
  /** Seconds between two synchronisations of a volunteer. */
  readonly every: number;
  /** Starts are spread evenly over this many seconds, volunteer by volunteer. */
  readonly spread: number;
  /** Time of the first volunteer's first start, in seconds from the start of the window. */
  readonly first: number;
  /** Seconds to walk the file list before the first byte is asked for. */
  readonly walk: number;
  /** Weight of a synchronisation against a delivery on a link they share. */
  readonly weight: number;
  readonly method: SyncMethod;
  /** Whether rsync looks for an earlier version under another name (`--fuzzy`). */
  readonly fuzzy: boolean;
  /** Round-trip time between a volunteer and any other machine. */
  readonly rtt: number;
}

/** How volunteers fetch what is new; see `model/sync/`. */
export const SYNC_METHODS = [
  "whole",
  "rsync",
  "swarm",
  "swarm-identical",
  "swarm-similar",
] as const;
export type SyncMethod = (typeof SYNC_METHODS)[number];

export interface TrackerSpec {
  /** Seconds between two announces of a volunteer. */
  readonly interval: number;
  /** Seconds without an announce after which a volunteer is taken to be gone. */
  readonly timeout: number;
}

export interface CustomersSpec {
  /** Customers alike in their downlink, as shares of all; the shares sum to 1. */
  readonly classes: readonly { readonly share: number; readonly downlink: number }[];
  /** Round-trip time between a customer and any other machine. */
  readonly rtt: number;
  /** Downloads that a customer runs at once; further ones wait their turn at the customer. */
  readonly parallel: number;
  /** Seconds a customer waits for a machine that does not answer. */
  readonly timeout: number;
  /** Seconds after which a customer gives up a request. */
  readonly patience: number;
  /** Attempts at a request: the first where the server redirects to, the others at the server. */
  readonly attempts: number;
}

export interface TransportSpec {
  /** Payload bytes a link carries for each byte of its capacity. */
  readonly efficiency: number;
  /** Whether connection set-up, redirect and slow start take their time. */
  readonly startup: boolean;
}
