import type { Random } from "../policies/index.ts";
import type { Event } from "./events.ts";
import type { InFlight, InFlightRule } from "./in-flight/in-flight.ts";
import type { BoundReplication } from "./placement.ts";
import type { BoundDispatch } from "./redirector.ts";
import type { BindTrust } from "./standing.ts";
import type { BindSync } from "./sync-timing.ts";

export interface CoordinatorSettings {
  /** Bytes per second that the server itself can send. */
  readonly uplink: number;
  /** Seconds without an announce after which a volunteer is taken to be gone. */
  readonly timeout: number;
  readonly inFlight: InFlightRule;
  /** Seconds between two probes of a volunteer; `Infinity` for none. */
  readonly probeEvery: number;
  /** Seconds between two looks at who is to hold what; `Infinity` for none. */
  readonly placeEvery: number;
  /** Redirectors that share the customers, this one among them; 1 if absent. */
  readonly redirectors?: number;
  /**
   * Seconds within which a customer that asks again for a file complains by it of the volunteer that it
   * was sent to: it gets another, and after two the server. 0, if absent: it never does.
   */
  readonly again?: number;
  /**
   * Whether a volunteer that did not answer comes back by answering a probe, for which it is asked when it
   * announces itself; else, and if absent, by announcing itself.
   */
  readonly probeBack?: boolean;
}

/** The policies that decide, bound to their params. They remember: bind them anew for each host. */
export interface CoordinatorPolicies {
  readonly dispatch: BoundDispatch;
  readonly replication: BoundReplication;
  readonly trust: BindTrust;
  readonly sync: BindSync;
}

/** Where chance comes from. The driver injects it; the same seed gives the same decisions. */
export interface Chance {
  /** Uniform numbers on [0, 1): equal names give equal draws, from the start at each call. */
  stream(name: string): Random;
  /** The same for one decision: nobody draws from it later, so that its state need not be kept. */
  fresh(name: string): Random;
  /** The state of what `stream` has handed out, as plain data; `load` sets back the same streams. */
  save(): unknown;
  load(saved: unknown): void;
}

export interface CoordinatorParts {
  readonly settings: CoordinatorSettings;
  readonly policies: CoordinatorPolicies;
  readonly chance: Chance;
  /** The path of a file, which stands in a table beside the coordinator. */
  readonly pathOf: (file: number) => string;
  /** What is believed to be in flight, in place of what the rule of the settings tells. */
  readonly inFlight?: InFlight | undefined;
  /** Hears of every event, once it has been applied: a journal. */
  readonly onEvent?: ((event: Event) => void) | undefined;
}
