/** What was simulated, as a report shows it before the answer: texts in people's units. */
export interface SetupData {
  /** The system, the work and what is compared, in a few sentences. */
  readonly sentences: readonly string[];
  readonly topology: Topology;
  readonly tables: readonly SetupTable[];
}

/** Settings as texts. The first cell of a row heads it. */
export interface SetupTable {
  readonly title: string;
  /** Empty where a row is no more than a name and its value. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Whether a reader opens it first: what is long, or seldom asked for. */
  readonly isFolded: boolean;
}

/** The machines and what joins them, to be drawn. Rates in bytes/s, `Infinity` where unlimited. */
export interface Topology {
  readonly backbone: number;
  readonly sites: readonly DrawnSite[];
  /** The server first. */
  readonly machines: readonly DrawnMachines[];
}

/** Sites alike. */
export interface DrawnSite {
  readonly name: string;
  readonly count: number;
  readonly uplink: number;
  readonly downlink: number;
  /** Seconds on top of the machines' own round trips. */
  readonly rtt: number;
}

/** Machines alike. */
export interface DrawnMachines {
  readonly kind: "server" | "volunteers" | "customers";
  readonly name: string;
  /** How many there are; null where that is not known before the run. */
  readonly count: number | null;
  /** What one can send and receive; null where that never limits, so that no link is drawn. */
  readonly uplink: number | null;
  readonly downlink: number | null;
  /** Name of the class of sites they stand in, or null. */
  readonly site: string | null;
  /** What else sets them apart, a few words each. */
  readonly traits: readonly string[];
}
