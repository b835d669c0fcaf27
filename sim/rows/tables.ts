/** The tables that a run can leave: what a row of each is, and its columns. */
import type { WordColumn } from "./word-column.ts";

export type ColumnType =
  /** From 0 on, below 2³¹; -1 stands for none. */
  | "integer"
  /** A double; NaN stands for none. */
  | "number"
  /** One of a few words, or none. */
  | "text";

/** Whether a value of a column of integers, or of numbers, stands for none. */
export function isNone(value: number, isInteger: boolean): boolean {
  return isInteger ? value < 0 : Number.isNaN(value);
}

export interface ColumnSpec {
  readonly name: string;
  readonly type: ColumnType;
  /** Whether a row may have none. */
  readonly isOptional: boolean;
  /** What it tells, as the documentation says it; units are in the name. */
  readonly means: string;
}

export interface TableSpec {
  /** What a row is. */
  readonly row: string;
  readonly columns: readonly ColumnSpec[];
}

const column =
  <Type extends ColumnType>(type: Type, isOptional = false) =>
  <const Name extends string>(name: Name, means: string) => ({ name, type, isOptional, means });

const integer = column("integer");
const number = column("number");
const text = column("text");
const maybeInteger = column("integer", true);
const maybeNumber = column("number", true);
const maybeText = column("text", true);

const REQUEST = integer("request", "its number in the workload, from 0 in order of arrival");
const CUSTOMER = integer("customer", "number of the customer");
const SITE = maybeText("site", "site that the customer stands in");
const ARRIVAL = number(
  "arrival_s",
  "when it arrived, by the workload; `measure.from` is applied to this",
);
const SOURCE = maybeText("source", "`server`, `volunteer` or `customer`");
const SOURCE_NUMBER = maybeInteger("source_number", "which volunteer or customer");
const VOLUNTEER = integer("volunteer", "number of the volunteer, through all classes");

/** Every table, in the order in which they are listed. Times are seconds from the window's start. */
export const TABLES = {
  runs: {
    row: "run",
    columns: [
      number("window_s", "length of the window"),
      number("end_s", "when the last request had ended; at least the window"),
      integer("requests", "requests of the workload"),
      integer("visits", "visits of the workload"),
    ],
  },
  requests: {
    row: "request, at its end",
    columns: [
      REQUEST,
      integer("visit", "the visit that it is part of"),
      CUSTOMER,
      SITE,
      integer("file", "number of the file"),
      number("wanted_bytes", "bytes wanted: the file's size, or part of it"),
      ARRIVAL,
      number("asked_s", "when the customer's turn came and it asked the server"),
      maybeNumber("turned_s", "when it turned to its last source"),
      maybeNumber("first_byte_s", "when that source began to send"),
      number("end_s", "when it ended"),
      maybeText("source", "the last source: `server`, `volunteer` or `customer`"),
      SOURCE_NUMBER,
      integer("attempts", "sources it turned to, one after another"),
      text("outcome", "`served`, `deceived` (wrong bytes, unnoticed) or `failed`"),
      maybeText("reason", "why the dispatch policy chose, when it last did"),
    ],
  },
  attempts: {
    row: "attempt of a request at a source, at its end",
    columns: [
      REQUEST,
      integer("attempt", "sources it had turned to by then, this one included"),
      ARRIVAL,
      SOURCE,
      SOURCE_NUMBER,
      maybeNumber(
        "start_s",
        "when it turned to the source; none if it gave up while the server was silent",
      ),
      maybeNumber("first_byte_s", "when the source began to send"),
      number("end_s", "when it ended"),
      number("sent_bytes", "bytes that the source had sent by then, without headers"),
      text("outcome", "`delivered`, `wrong-digest`, `missing`, `gone`, `cut-short` or `abandoned`"),
    ],
  },
  visits: {
    row: "visit, at the end of its last request",
    columns: [
      integer("visit", "its number, from 0 in order of arrival"),
      CUSTOMER,
      SITE,
      ARRIVAL,
      number("end_s", "when its last request ended"),
      integer("requests", "how many requests it has"),
      integer("failed", "how many of them failed"),
      number("wanted_bytes", "bytes wanted by all of them"),
      number("got_bytes", "bytes wanted by those that did not fail"),
    ],
  },
  synchronisations: {
    row: "synchronisation of a volunteer, at its end, whole or interrupted",
    columns: [
      VOLUNTEER,
      number("start_s", "when it began"),
      number("end_s", "when it ended"),
      integer("files", "files it had fetched by then"),
    ],
  },
  fetches: {
    row: "stream of bytes for a volunteer's copies, to a synchronisation or a cache, at its end",
    columns: [
      VOLUNTEER,
      number("end_s", "when it ended"),
      text(
        "way",
        "`pulled` from the server, `exchanged` with a volunteer, or `returned` to the server",
      ),
      maybeInteger("peer", "the volunteer that sent, where it was exchanged"),
      number("moved_bytes", "bytes moved"),
    ],
  },
  copies: {
    row: "file that a volunteer has fetched and holds from then on",
    columns: [
      VOLUNTEER,
      integer("file", "number of the file"),
      number("held_s", "when the volunteer had it"),
      maybeNumber(
        "published_s",
        "when the file got these bytes; none if before the window's start",
      ),
    ],
  },
  audits: {
    row: "audit of a volunteer's copy, at its end",
    columns: [
      VOLUNTEER,
      number("end_s", "when it ended"),
      number("sent_bytes", "bytes that the volunteer sent for it"),
      text("outcome", "`passed` or `failed`"),
    ],
  },
  presence: {
    row: "time through which a volunteer could serve: on line, with a file as it is now",
    columns: [
      VOLUNTEER,
      number("from_s", "since when"),
      number("to_s", "until when; the run's end if it still could"),
    ],
  },
  links: {
    row: "look at links, at 0, each bin's start, `measure.from` and the run's end",
    columns: [
      number("time_s", "when"),
      text("link", "class of links, as metrics name them: `serverUplink`, `volunteerUplink`, …"),
      maybeInteger(
        "volunteer",
        "whose link it is; none where the links of a class are taken together",
      ),
      number("carried_bytes", "bytes carried by then, with headers, since the run's start"),
    ],
  },
  files: {
    row: "file that any request of the run asks for",
    columns: [
      integer("file", "its number"),
      text("path", "its path"),
      number("size_bytes", "its size"),
      maybeNumber("published_s", "when it was released; none if before the window's start"),
    ],
  },
} as const satisfies Readonly<Record<string, TableSpec>>;

export type TableName = keyof typeof TABLES;

/** The columns of a table, by name, as they are held in memory. */
export type ColumnsOf<Name extends TableName> = {
  readonly [Column in (typeof TABLES)[Name]["columns"][number] as Column["name"]]: Column["type"] extends "text"
    ? WordColumn
    : Column["type"] extends "integer"
      ? Int32Array
      : Float64Array;
};

export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];

/** In place of all their names. */
export const ALL_TABLES = "all";
