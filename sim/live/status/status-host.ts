/**
 * What the server has to tell of itself when somebody looks. All ages are in seconds; null stands for
 * what has not happened yet.
 */
export interface StatusHost {
  /** Host time, in seconds. */
  now(): number;
  view(): HostView;
  path(file: number): string;
  /** Bytes. */
  size(file: number): number;
  /** Volunteers believed to hold the file. */
  holders(file: number): number;
}

/** How the server stands, as plain data. */
export interface HostView {
  /** What the operator calls the server, such as its address. */
  readonly name: string;
  /** Of mirrorlab. */
  readonly version: string;
  /** The policies by name, as `sim explain` has them. */
  readonly policies: readonly string[];
  /** Seconds since it was started. */
  readonly uptime: number;
  /** Files that it is sending itself. */
  readonly sending: number;
  readonly volunteers: readonly VolunteerStatus[];
  readonly journal: JournalStatus;
  readonly catalogue: CatalogueStatus;
  /** The newest first. */
  readonly warnings: readonly Warning[];
}

/** - `ready`: customers are sent to it; all others: they are not. */
export type VolunteerState = "ready" | "new" | "silent" | "left" | "unreachable" | "excluded";

export interface VolunteerStatus {
  readonly volunteer: number;
  readonly name: string;
  /** Where customers are sent to. */
  readonly address: string;
  readonly state: VolunteerState;
  /** Why customers are not sent to it; null if they are. */
  readonly excluded: string | null;
  readonly announceAge: number | null;
  /** What the coordinator believes: downloads, bytes that they have left, bytes per second. */
  readonly believed: {
    readonly transfers: number;
    readonly backlog: number;
    readonly rate: number;
  };
  /** Its own word at the last announce; null for what it does not tell. */
  readonly told: {
    readonly active: number | null;
    /** Bytes per second. */
    readonly uploadRate: number;
    readonly syncRate: number;
    /** Bytes that it has still to fetch. */
    readonly left: number;
  };
  /** Bytes per second that it has offered. */
  readonly uplink: number;
  /** Files that it is believed to hold, and those of them whose digests were compared. */
  readonly files: number;
  readonly verified: number;
}

export interface JournalStatus {
  readonly isRecording: boolean;
  /** Why it is not, in a sentence. */
  readonly problem: string | null;
  /** The file that is written to. */
  readonly file: string;
  readonly records: number;
  readonly bytes: number;
  /** Answers that were given and not written down, since the server was started. */
  readonly unrecorded: number;
  /** Records that wait to be written. */
  readonly queued: number;
  readonly syncAge: number | null;
  readonly snapshotAge: number | null;
}

export interface CatalogueStatus {
  readonly root: string;
  readonly files: number;
  readonly bytes: number;
  readonly version: number;
  /** How long the last scan took. */
  readonly scanSeconds: number | null;
  readonly scanAge: number | null;
  /** Files that the scan under way has seen; null where there is none. */
  readonly scanned: number | null;
}

export interface Warning {
  readonly age: number;
  readonly text: string;
  readonly times: number;
}
