/** What the page of a trace shows: plain rows, already counted. */
export interface TraceData {
  /** Short name of the trace; exported charts are named after it. */
  readonly name: string;
  readonly title: string;
  /** What the trace is, in a sentence. */
  readonly summary: string;
  readonly figures: readonly TraceFigure[];
  readonly tables: readonly TraceTable[];
  /** Of a trace of downloads. */
  readonly access: AccessRows | null;
  /** Of a trace of synchronisations. */
  readonly sync: SyncRows | null;
  /** Warnings that a reader should weigh, such as lines that could not be read. */
  readonly notes: readonly string[];
}

/** A number of the trace, with what it was made to be where it was made. */
export interface TraceFigure {
  readonly label: string;
  readonly value: string;
  readonly target: string | null;
}

export interface TraceTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface AccessRows {
  readonly kinds: readonly TraceKindRow[];
  /** By rising size: files of a size from `from` to below `to` bytes. */
  readonly sizes: readonly {
    readonly from: number;
    readonly to: number;
    readonly files: number;
    readonly bytes: number;
  }[];
  /** Requests by rank of the file. */
  readonly ranks: readonly { readonly rank: number; readonly requests: number }[];
  /** The fitted law at ranks that tell it; empty without a fit. */
  readonly law: readonly { readonly rank: number; readonly requests: number }[];
  /** Requests and bytes in bins of `width` seconds from `start` on. */
  readonly course: {
    readonly start: number;
    readonly width: number;
    readonly requests: readonly number[];
    readonly bytes: readonly number[];
  };
  readonly crowds: readonly {
    readonly start: number;
    readonly end: number;
    readonly label: string;
  }[];
  /** Factor of each hour of the day. */
  readonly hours: readonly number[];
}

export interface TraceKindRow {
  readonly kind: string;
  readonly files: number;
  readonly bytes: number;
  readonly requests: number;
  readonly uploadBytes: number;
}

export interface SyncRows {
  /** Hours on each day of the traced node. */
  readonly hours: readonly number[];
  readonly nodes: readonly {
    readonly node: string;
    readonly mean: number;
    readonly max: number;
    readonly min: number;
  }[];
}
