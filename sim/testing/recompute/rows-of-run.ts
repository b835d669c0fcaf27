/** The rows of one run, as tables tell them: what is none is null. */
export interface RowsOfRun {
  readonly runs: readonly { readonly window_s: number; readonly end_s: number }[];
  readonly requests: readonly RequestRow[];
  readonly attempts: readonly AttemptRow[];
  readonly visits: readonly VisitRow[];
  readonly synchronisations: readonly SynchronisationRow[];
  readonly fetches: readonly FetchRow[];
  readonly copies: readonly CopyRow[];
  readonly audits: readonly AuditRow[];
  readonly presence: readonly PresenceRow[];
  readonly links: readonly LinkRow[];
}

export interface RequestRow {
  readonly request: number;
  readonly visit: number;
  readonly customer: number;
  readonly site: string | null;
  readonly wanted_bytes: number;
  readonly arrival_s: number;
  readonly asked_s: number;
  readonly turned_s: number | null;
  readonly first_byte_s: number | null;
  readonly end_s: number;
  readonly outcome: string;
}

export interface AttemptRow {
  readonly arrival_s: number;
  readonly source: string | null;
  readonly source_number: number | null;
  readonly sent_bytes: number;
  readonly outcome: string;
}

export interface VisitRow {
  readonly visit: number;
  readonly customer: number;
  readonly site: string | null;
  readonly arrival_s: number;
  readonly end_s: number;
  readonly requests: number;
  readonly failed: number;
  readonly wanted_bytes: number;
  readonly got_bytes: number;
}

export interface SynchronisationRow {
  readonly volunteer: number;
  readonly start_s: number;
  readonly end_s: number;
}

export interface FetchRow {
  readonly end_s: number;
  readonly way: string;
  readonly moved_bytes: number;
}

export interface CopyRow {
  readonly held_s: number;
  readonly published_s: number | null;
}

export interface AuditRow {
  readonly end_s: number;
  readonly sent_bytes: number;
}

export interface PresenceRow {
  readonly volunteer: number;
  readonly from_s: number;
  readonly to_s: number;
}

export interface LinkRow {
  readonly time_s: number;
  readonly link: string;
  readonly volunteer: number | null;
  readonly carried_bytes: number;
}

/** What of an experiment metrics depend on besides rows. Seconds, bytes per second. */
export interface Facts {
  readonly from: number;
  readonly horizon: number;
  readonly bin: number;
  /** Of each volunteer, by its number. */
  readonly volunteers: readonly { readonly uplink: number; readonly price: number }[];
  /** What a gigabyte costs that the server, or a customer, sends. */
  readonly serverPrice: number;
  readonly customerPrice: number;
}

/** Metrics by name; null where one is not defined. */
export type Recomputed = Readonly<Record<string, number | null>>;
