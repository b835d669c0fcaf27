import { amount, list, moment, number, orNull, record, type Shape, text, whole } from "../shape.ts";
import { SERVER } from "./server.ts";

/**
 * What the server knows of a customer besides its request.
 *
 * A place may be known by what the operator has named (site), by the customer's address (networks,
 * autonomous system) or by a table of addresses (country and wider). What is unknown matches nobody.
 */
export interface ClientFacts {
  /** The site that the operator has named, such as a campus; "" if none. */
  readonly site: string;
  /**
   * Networks that the host knows and that the customer's address lies in, as it writes them, such as
   * `10.1.0.0/16`: the longest prefix first. The address itself is never told.
   */
  readonly networks: readonly string[];
  /** Number of the autonomous system; 0 if unknown. */
  readonly asNumber: number;
  /** ISO 3166 code; "" if unknown. */
  readonly country: string;
  /** Group of countries, smaller than a continent, that the operator has named; "" if none. */
  readonly region: string;
  /** Two-letter code; "" if unknown. */
  readonly continent: string;
  readonly position: Position | null;
  /** Share of recent requests that came from the customer's site, in [0, 1]; 0 if unknown. */
  readonly demand: number;
  /** The volunteer that the customer was last sent to, or `SERVER`. */
  readonly lastNode: number;
  /** Host time of that, in seconds; -Infinity if it never was. */
  readonly lastAt: number;
}

/**
 * What the server knows of a volunteer besides its load. Lists name the volunteer's own first, then
 * those that it is also meant for or close to. Hosts may share one object among volunteers.
 */
export interface VolunteerFacts {
  readonly site: string;
  /** The network served first, as the host writes it, such as `10.1.0.0/16`; "" if none is named. */
  readonly network: string;
  readonly asNumbers: readonly number[];
  readonly countries: readonly string[];
  readonly region: string;
  readonly continents: readonly string[];
  readonly position: Position | null;
  /** The share of requests that the operator wants it to get, relative to 100 for an ordinary one. */
  readonly weight: number;
  /** The operator's correction of whatever a policy computes, in percent from -100 to 100; 0 for none. */
  readonly score: number;
  /** Host time at which it last came on line, in seconds; -Infinity if long ago. */
  readonly joinedAt: number;
  /** Failed deliveries and probes since the last success. */
  readonly failures: number;
  /** Host time of the last failure, in seconds; -Infinity if none is known. */
  readonly failedAt: number;
  /** Share of recent requests that came from its site, in [0, 1]; 0 if unknown. */
  readonly demand: number;
  readonly latency: LatencyFacts;
}

/** What the host's probes told: seconds from the request to the first byte. */
export interface LatencyFacts {
  /** Probes that were answered, of the last 2000. */
  readonly samples: number;
  readonly last: number;
  /** Of the samples before the last; 0 if there is none. */
  readonly mean: number;
  /** Standard deviation of the samples before the last; 0 if there is none. */
  readonly deviation: number;
  /** Of the sixteen answered while it sent as many downloads as at the last, or most nearly as many. */
  readonly median: number;
  /** Host time of the last answer, in seconds; -Infinity if none is known. */
  readonly at: number;
  /** Downloads that it was believed to be sending at the last answer. */
  readonly transfers: number;
  /** Customers that were sent to it since the last answer. */
  readonly redirects: number;
}

/** Degrees, north and east. */
export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

const position = orNull(record<Position>({ latitude: number, longitude: number }));

export const CLIENT_FACTS: Shape<ClientFacts> = {
  site: text,
  networks: list(text),
  asNumber: whole(),
  country: text,
  region: text,
  continent: text,
  position,
  demand: amount,
  lastNode: whole(SERVER),
  lastAt: moment,
};

export const LATENCY_FACTS: Shape<LatencyFacts> = {
  samples: whole(),
  last: amount,
  mean: amount,
  deviation: amount,
  median: amount,
  at: moment,
  transfers: whole(),
  redirects: whole(),
};

export const VOLUNTEER_FACTS: Shape<VolunteerFacts> = {
  site: text,
  network: text,
  asNumbers: list(whole()),
  countries: list(text),
  region: text,
  continents: list(text),
  position,
  weight: amount,
  score: number,
  joinedAt: moment,
  failures: whole(),
  failedAt: moment,
  demand: amount,
  latency: record(LATENCY_FACTS),
};

/** A volunteer that was never probed. */
const NO_LATENCY: LatencyFacts = {
  ...{ samples: 0, last: 0, mean: 0, deviation: 0, median: 0 },
  ...{ at: Number.NEGATIVE_INFINITY, transfers: 0, redirects: 0 },
};

/** A customer of whom nothing is known. */
export const UNKNOWN_CLIENT: ClientFacts = {
  site: "",
  networks: [],
  asNumber: 0,
  country: "",
  region: "",
  continent: "",
  position: null,
  demand: 0,
  lastNode: SERVER,
  lastAt: Number.NEGATIVE_INFINITY,
};

/** A volunteer of whom nothing is known but its load. */
export const PLAIN_VOLUNTEER: VolunteerFacts = {
  site: "",
  network: "",
  asNumbers: [],
  countries: [],
  region: "",
  continents: [],
  position: null,
  weight: 100,
  score: 0,
  joinedAt: Number.NEGATIVE_INFINITY,
  failures: 0,
  failedAt: Number.NEGATIVE_INFINITY,
  demand: 0,
  latency: NO_LATENCY,
};
