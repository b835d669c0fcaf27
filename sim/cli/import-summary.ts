import type { Account } from "../workload/import/account.ts";
import type { Imported } from "../workload/import/import-trace.ts";
import { withoutAddresses } from "../workload/import/pseudonym.ts";
import { shown } from "../workload/import/read-log.ts";

/** How many bad lines of a file are shown. */
const SAMPLES = 5;

/** What `sim trace import` prints as JSON. */
export interface ImportSummary {
  readonly kind: "access" | "sync";
  /** Rows of the trace. */
  readonly rows: number;
  /** Customers or nodes. */
  readonly clients: number;
  /** Files of the catalogue; null for synchronisations. */
  readonly files: number | null;
  /** Bytes that were asked for, or transferred. */
  readonly bytes: number;
  /** Seconds covered. */
  readonly window: number;
  /** Unix time of the start in seconds; null where it is not known. */
  readonly epoch: number | null;
  /** Rows that were sorted, for they were earlier than those before. */
  readonly outOfOrder: number;
  /** Rows that were pieces of a download and were merged into it. */
  readonly pieces: number;
  /** Files of the logs that are in the catalogues; null without catalogues. */
  readonly joined: Imported["joined"];
  readonly logs: readonly FileSummary[];
  readonly catalogues: readonly FileSummary[];
}

/** Of one file that was read: `lines` is the sum of rows, ignored and bad ones. */
interface FileSummary {
  readonly path: string;
  readonly format: string;
  readonly lines: number;
  readonly rows: number;
  readonly ignored: Readonly<Record<string, number>>;
  readonly bad: number;
  readonly samples: readonly string[];
}

/** Bad lines are shown without the addresses in them, unless those are kept. */
export function importSummary(imported: Imported, keepAddresses: boolean): ImportSummary {
  const { trace, logs, catalogues, outOfOrder, pieces, joined } = imported;
  const isAccess = trace.kind === "access";
  const bytes = isAccess ? trace.requests.bytes : trace.bytes;
  const of = (account: Account) => fileSummary(account, keepAddresses);
  return {
    kind: trace.kind,
    rows: isAccess ? trace.requests.requests : trace.syncs,
    clients: isAccess ? trace.customers.length : trace.nodes.length,
    files: isAccess ? trace.catalogue.files : null,
    bytes: bytes.reduce((sum, each) => sum + each, 0),
    window: trace.window,
    epoch: trace.epoch,
    outOfOrder,
    pieces,
    joined,
    logs: logs.map(of),
    catalogues: catalogues.map(of),
  };
}

function fileSummary(account: Account, keepAddresses: boolean): FileSummary {
  const { path, format, lines, rows, ignored, bad, badLines } = account;
  const samples = badLines.slice(0, SAMPLES).map(shown);
  return {
    path,
    format,
    lines,
    rows,
    ignored: Object.fromEntries(ignored),
    bad,
    samples: keepAddresses ? samples : samples.map(withoutAddresses),
  };
}

/** The summary for people; `out` is the trace that was written. */
export function importText(summary: ImportSummary, out: string): string {
  const { kind, rows, clients, files, bytes, window, epoch, outOfOrder, pieces, joined } = summary;
  const what = kind === "access" ? "downloads" : "synchronisations";
  const who = kind === "access" ? "customers" : "nodes";
  const start = epoch === null ? "" : ` from ${new Date(epoch * 1000).toISOString()}`;
  return [
    ...[...summary.logs, ...summary.catalogues].flatMap(fileLines),
    ...(outOfOrder > 0 ? [`${outOfOrder} rows out of order: sorted by time`] : []),
    ...(pieces > 0 ? [`${pieces} pieces of downloads: merged`] : []),
    ...(joined === null ? [] : [`${joined.found} files in the catalogue, ${joined.notFound} not`]),
    `${rows} ${what} of ${bytes} bytes by ${clients} ${who}` +
      `${files === null ? "" : `, ${files} files`}, ${window} s${start}`,
    `trace ${out}`,
  ].join("\n");
}

function fileLines({ path, format, lines, rows, ignored, bad, samples }: FileSummary): string[] {
  return [
    `${path}: ${format}, ${lines} lines, ${rows} with rows`,
    ...Object.entries(ignored).map(([reason, count]) => `  ${count} ignored: ${reason}`),
    ...(bad > 0 ? [`  ${bad} bad`] : []),
    ...samples.map((sample) => `    ${sample}`),
  ];
}
