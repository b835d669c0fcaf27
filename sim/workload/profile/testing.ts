/** Small traces for the tests of profiles, written as rows. */
import type { AccessTrace, FileKind, NameList } from "../trace/trace.ts";
import { FILE_KINDS } from "../trace/trace.ts";
import { numberVisits } from "../visits.ts";

export interface FileRow {
  /** Bytes. */
  readonly size: number;
  readonly kind?: FileKind;
  /** Identity of the content; by default its own. */
  readonly digest?: number;
  /** Seconds; by default there before the window. */
  readonly release?: number;
  readonly package?: string;
  readonly distribution?: string;
  readonly path?: string;
}

/**
 * A request: seconds, customer, row of the file; bytes (by default all), status (by default 200) and
 * visit (any number; untold unless the first row says one).
 */
export type RequestRow = readonly [
  time: number,
  customer: number,
  file: number,
  bytes?: number,
  status?: number,
  visit?: number,
];

/** A trace of these rows, sorted by time. Packages and distributions are unknown unless a file has one. */
export function traceOfRows(
  files: readonly FileRow[],
  rows: readonly RequestRow[],
  { window = 86_400, epoch = null }: { window?: number; epoch?: number | null } = {},
): AccessTrace {
  const sorted = rows.toSorted((a, b) => a[0] - b[0]);
  const packages = [...new Set(files.flatMap((file) => file.package ?? []))];
  const distributions = [...new Set(files.flatMap((file) => file.distribution ?? []))];
  const told = sorted[0]?.[5] === undefined ? [] : sorted;
  const visit = Uint32Array.from(told, ([, , , , , number]) => number ?? 0);
  numberVisits(visit);
  const customers = rows.reduce((most, [, customer]) => Math.max(most, customer + 1), 0);
  return {
    kind: "access",
    catalogue: {
      files: files.length,
      size: Float64Array.from(files, ({ size }) => size),
      digest: Uint32Array.from(files, ({ digest }, row) => digest ?? row),
      release: Float64Array.from(files, ({ release }) => release ?? Number.NEGATIVE_INFINITY),
      path: (row) => files[row].path ?? `file-${row}`,
      kind: Uint8Array.from(files, ({ kind }) => FILE_KINDS.indexOf(kind ?? "package")),
      packageOf: Uint32Array.from(numbersOf(packages, files, (file) => file.package)),
      distributionOf: Uint16Array.from(
        numbersOf(distributions, files, (file) => file.distribution),
      ),
      packages: nameList(packages),
      distributions: nameList(distributions),
    },
    requests: {
      requests: sorted.length,
      time: Float64Array.from(sorted, ([time]) => time),
      customer: Uint32Array.from(sorted, ([, customer]) => customer),
      file: Uint32Array.from(sorted, ([, , file]) => file),
      bytes: Float64Array.from(sorted, ([, , file, bytes]) => bytes ?? files[file].size),
      visit,
      status: Uint16Array.from(sorted, ([, , , , status]) => status ?? 200),
    },
    customers: nameList(Array.from({ length: customers }, (_, at) => `customer-${at}`)),
    window,
    epoch,
  };
}

export function nameList(names: readonly string[]): NameList {
  return { length: names.length, at: (index) => names[index] };
}

/** The same numbers in bins `times` as wide; the last may be of fewer. */
export function coarser(values: ArrayLike<number>, times: number): number[] {
  const sums = new Array<number>(Math.ceil(values.length / times)).fill(0);
  for (let bin = 0; bin < values.length; bin++) sums[Math.floor(bin / times)] += values[bin];
  return sums;
}

/** The place of each file's name among the names; none if there are no names. */
function numbersOf(
  names: readonly string[],
  files: readonly FileRow[],
  nameOf: (file: FileRow) => string | undefined,
): number[] {
  if (names.length === 0) return [];
  return files.map((file) => names.indexOf(nameOf(file) ?? names[0]));
}
