import { FILE_KINDS, type FileKind } from "../../trace/trace.ts";
import type { LogFormat } from "../log-format.ts";
import { bad, ignored, type Outcome, ROW } from "../outcome.ts";
import type { AccessRows } from "../tables/access-rows.ts";
import type { FileFacts } from "../tables/file-table.ts";
import type { SyncRows } from "../tables/sync-rows.ts";
import { countOf } from "../text/count.ts";
import { csvParser, type Field } from "./csv-line.ts";

/**
 * Downloads as `sim trace export` writes them: CSV with a header, columns in any order, others left
 * out. Times are `unix_time`, seconds since 1970, or `time`, seconds since the window's start.
 *
 * Needed besides: `customer`, `path`, `bytes`. As far as known: `visit`, `status`, and of the file
 * `size`, `digest`, `kind`, `package`, `distribution` and `release`, a time like the row's.
 *
 * Rows of one customer with the same `visit`, any whole number, are a visit; so a number may come
 * again with another customer or below another header.
 */
export const ownAccess: LogFormat = {
  name: "mirrorlab-access",
  summary: "downloads in mirrorlab's own CSV",
  gives: "access",
  access: (rows) => {
    const clock = clockColumn(rows);
    let headers = 0;
    return csvParser({
      needed: ["customer", "path", "bytes"],
      header: (columns) => {
        headers++;
        return clock.header(columns);
      },
      row: (field) => download(field, clock.column, rows, headers),
    });
  },
};

/** Synchronisations likewise: `unix_time` or `time`, `node`, `files`, `bytes`, `duration`. */
export const ownSync: LogFormat = {
  name: "mirrorlab-sync",
  summary: "synchronisations in mirrorlab's own CSV",
  gives: "sync",
  sync: (rows) => {
    const clock = clockColumn(rows);
    return csvParser({
      needed: ["node", "files", "bytes", "duration"],
      header: clock.header,
      row: (field) => synchronisation(field, clock.column, rows),
    });
  },
};

const HEADER = ignored("header");

/** Finds the column of times in a header, which must be of the same clock as those before. */
function clockColumn(rows: AccessRows | SyncRows) {
  const found = {
    column: "",
    header(columns: ReadonlySet<string>): Outcome {
      const column = ["unix_time", "time"].find((name) => columns.has(name));
      if (column === undefined) return bad("expected a column unix_time or time; got neither");
      const isUnix = column === "unix_time";
      if (rows.rows > 0 && rows.isUnix !== isUnix) {
        return bad("expected all times since 1970, or all since the window's start; got both");
      }
      rows.isUnix = isUnix;
      found.column = column;
      return HEADER;
    },
  };
  return found;
}

/** `part` is the number of the header that the row stands below. */
function download(field: Field, clock: string, rows: AccessRows, part: number): Outcome {
  const time = secondsIn(field(clock));
  const bytes = countOf(field("bytes"));
  const status = countOf(field("status") || "0");
  if (Number.isNaN(time)) return bad("expected a time in seconds; got another text");
  if (!(bytes >= 1)) return bad("expected at least 1 byte; got another text");
  if (!(status < 1000)) return bad("expected a status below 1000; got another text");
  if (!isVisit(field("visit"))) return bad("expected a whole number as visit; got another text");
  const facts = factsIn(field);
  if (facts === null)
    return bad("expected a size of at least the bytes, and a known kind; got others");
  const { files, customers } = rows;
  const known = files.length;
  const file = files.paths.numberOf(field("path"));
  if (files.length > known) files.state(file, facts);
  const customer = customers.numberOf(field("customer"));
  const visit =
    field("visit") === ""
      ? 0
      : 1 + rows.visits.numberOf(`${part} ${customer} ${Number(field("visit"))}`);
  rows.add(time, customer, file, bytes, status, visit);
  return ROW;
}

/** What the row says of its file; null where that cannot be. */
function factsIn(field: Field): FileFacts | null {
  const size = field("size") === "" ? null : countOf(field("size"));
  const kind = field("kind");
  const release = field("release") === "" ? null : secondsIn(field("release"));
  const isSound =
    (size === null || size >= Number(field("bytes"))) &&
    (kind === "" || isKind(kind)) &&
    !Number.isNaN(release);
  if (!isSound) return null;
  return {
    ...(size === null ? {} : { size }),
    ...(isKind(kind) ? { kind } : {}),
    ...(release === null ? {} : { release }),
    ...stated("digest", field("digest")),
    ...stated("package", field("package")),
    ...stated("distribution", field("distribution")),
  };
}

function synchronisation(field: Field, clock: string, rows: SyncRows): Outcome {
  const time = secondsIn(field(clock));
  const files = countOf(field("files"));
  const bytes = countOf(field("bytes"));
  const duration = secondsIn(field("duration"));
  if (Number.isNaN(time)) return bad("expected a time in seconds; got another text");
  if (!(files < 2 ** 32) || Number.isNaN(bytes) || Number.isNaN(duration)) {
    return bad("expected files, bytes and a duration in seconds; got others");
  }
  rows.add({ time, node: rows.nodes.numberOf(field("node")), files, bytes, duration });
  return ROW;
}

/** Seconds of any precision, of at most a few thousand years; NaN for another text. */
function secondsIn(text: string): number {
  return /^\d{1,12}(\.\d+)?(e-\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
}

/** A whole number that a double holds exactly, or none. */
function isVisit(text: string): boolean {
  return /^(-?\d{1,15})?$/.test(text);
}

function isKind(text: string): text is FileKind {
  return (FILE_KINDS as readonly string[]).includes(text);
}

function stated<Name extends string>(name: Name, text: string) {
  return text === "" ? {} : ({ [name]: text } as Readonly<Record<Name, string>>);
}
