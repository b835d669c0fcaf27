import { InputError } from "../../engine/input-error.ts";
import type { NameList, Trace } from "../trace/trace.ts";
import { accessTrace } from "./access-trace.ts";
import type { Account } from "./account.ts";
import { type DetectedLog, detectLog, type Gives, parserOf } from "./detect-log.ts";
import { type Joined, joinCatalogue } from "./join.ts";
import type { LineParser, LogFormat } from "./log-format.ts";
import { pseudonyms } from "./pseudonym.ts";
import { readCatalogue } from "./read-catalogue.ts";
import { checkBad, readLines } from "./read-log.ts";
import { syncTrace } from "./sync-trace.ts";
import { AccessRows } from "./tables/access-rows.ts";
import { FileTable } from "./tables/file-table.ts";
import { SyncRows } from "./tables/sync-rows.ts";

export interface ImportOptions {
  /** The format of all logs; null to find it out of each. */
  readonly format: LogFormat | null;
  /** What to read from the logs; null for what their format is mostly used for. */
  readonly as: Gives | null;
  /** Catalogues that tell the sizes and digests of files. */
  readonly catalogues: readonly string[];
  /** The largest share of a file's lines, from 0 to 1, that may be bad. */
  readonly maxBad: number;
  /** Seconds within which pieces of a file are one download; 0 leaves them apart. */
  readonly mergeWithin: number;
  /** Makes clients' pseudonyms; null keeps their addresses. */
  readonly key: Uint8Array | null;
}

/** What Mirrorbits takes: a client's pieces of a file that are at most this apart are one download. */
export const MERGE_WITHIN = 600;

export interface Imported {
  readonly trace: Trace;
  /** Of each log, in the order in which they were read. */
  readonly logs: readonly Account[];
  readonly catalogues: readonly Account[];
  /** Rows with an earlier time than the row before; all were sorted. */
  readonly outOfOrder: number;
  /** Rows that were pieces of a download and were merged into it. */
  readonly pieces: number;
  /** Files of the logs that the catalogues have, or null without them. */
  readonly joined: Joined | null;
}

/**
 * Reads logs, which may be pieces of one in any order, and catalogues as one trace. Catalogues alone
 * give a trace without requests.
 *
 * @throws InputError when a file cannot be read, is of no known format or has too many bad lines,
 *   and when no log gives a row.
 */
export async function importTrace(
  paths: readonly string[],
  options: ImportOptions,
): Promise<Imported> {
  const found: DetectedLog[] = [];
  for (const path of paths) found.push(await detectLog(path, options));
  const gives = commonKind(found);
  if (gives === "sync" && options.catalogues.length > 0) {
    throw new InputError(["expected no catalogue with a log of synchronisations; got one"]);
  }
  found.sort((a, b) => (a.start < b.start ? -1 : Number(a.start > b.start))); // May be infinite.
  const access = new AccessRows();
  const sync = new SyncRows();
  const logs = await readAll(found, options.maxBad, access, sync);
  const rows = gives === "access" ? access.rows : sync.rows;
  if (rows === 0 && logs.length > 0) throw nothingFound(gives, found, logs);
  return gives === "access"
    ? finishAccess(access, logs, options)
    : finishSync(sync, logs, options.key);
}

/** What all the logs give. */
function commonKind(logs: readonly DetectedLog[]): Gives {
  const other = logs.find(({ gives }) => gives !== logs[0].gives);
  if (other === undefined) return logs[0]?.gives ?? "access";
  throw new InputError([
    `${other.path}: expected ${logs[0].gives} rows as from ${logs[0].path}; ` +
      `got ${other.gives} rows; see --as`,
  ]);
}

/** Each format has one parser, which keeps what it knows from one file to the next. */
async function readAll(
  found: readonly DetectedLog[],
  maxBad: number,
  access: AccessRows,
  sync: SyncRows,
): Promise<readonly Account[]> {
  const parsers = new Map<LogFormat, LineParser>();
  const logs: Account[] = [];
  for (const { path, format, gives } of found) {
    const parser = parsers.get(format) ?? parserOf(format, gives, access, sync);
    parsers.set(format, parser);
    const account = await readLines(path, format.name, parser);
    checkBad(account, maxBad);
    logs.push(account);
  }
  for (const parser of parsers.values()) parser.finish?.();
  return logs;
}

function nothingFound(
  gives: Gives,
  found: readonly DetectedLog[],
  logs: readonly Account[],
): InputError {
  const what = gives === "access" ? "download" : "synchronisation";
  const other = gives === "access" ? "sync" : "access";
  const hint = found.every(({ format }) => format[other] !== undefined)
    ? `; see --as ${other}`
    : "";
  return new InputError(
    logs.map(({ path, ignored }) => {
      const reasons = [...ignored].map(([reason, count]) => `${count} × ${reason}`).join(", ");
      return `${path}: expected at least one ${what}; got ${reasons || "none"}${hint}`;
    }),
  );
}

async function finishAccess(
  rows: AccessRows,
  logs: readonly Account[],
  { catalogues, maxBad, mergeWithin, key }: ImportOptions,
): Promise<Imported> {
  const listed = new FileTable();
  const accounts: Account[] = [];
  for (const path of catalogues) accounts.push(await readCatalogue(path, listed, maxBad));
  const joined = catalogues.length === 0 ? null : joinCatalogue(rows.files, listed);
  const { trace, outOfOrder, pieces } = accessTrace(rows, mergeWithin);
  const customers = named(trace.customers, key);
  return { trace: { ...trace, customers }, logs, catalogues: accounts, outOfOrder, pieces, joined };
}

function finishSync(rows: SyncRows, logs: readonly Account[], key: Uint8Array | null): Imported {
  const { trace, outOfOrder } = syncTrace(rows);
  const nodes = named(trace.nodes, key);
  const none = { catalogues: [], pieces: 0, joined: null };
  return { trace: { ...trace, nodes }, logs, outOfOrder, ...none };
}

function named(clients: NameList, key: Uint8Array | null): NameList {
  return key === null ? clients : pseudonyms(clients, key);
}
