/** Any traces, for tests of what is done with them. */
import * as fc from "fast-check";
import { numberVisits } from "../visits.ts";
import { namesOf } from "./names.ts";
import { type AccessTrace, FILE_KINDS, type SyncTrace, type Trace } from "./trace.ts";

const name = fc.string({ unit: "grapheme", maxLength: 8 });
const names = (minLength: number) => fc.array(name, { minLength, maxLength: 6 });
const seconds = fc.double({ min: 0, max: 1e9, noNaN: true });
const count = fc.integer({ min: 1, max: 2 ** 40 });
const epoch = fc.option(fc.nat(2 ** 31));

/** Small ones, with and without what may be unknown. */
export const anyAccessTrace: fc.Arbitrary<AccessTrace> = fc
  .record({
    paths: names(1),
    customers: names(1),
    packages: fc.option(names(1)),
    distributions: fc.option(names(1)),
    size: fc.array(count, { minLength: 6, maxLength: 6 }),
    release: fc.array(fc.option(seconds), { minLength: 6, maxLength: 6 }),
    numbers: fc.array(fc.nat(5), { minLength: 6, maxLength: 6 }),
    rows: fc.array(fc.record({ time: seconds, customer: fc.nat(), file: fc.nat(), bytes: count }), {
      maxLength: 20,
    }),
    hasStatus: fc.boolean(),
    hasVisit: fc.boolean(),
    window: seconds,
    epoch,
  })
  .map(({ paths, customers, packages, distributions, size, release, numbers, rows, ...rest }) => {
    const files = paths.length;
    const sorted = rows.toSorted((a, b) => a.time - b.time);
    const customer = Uint32Array.from(sorted, (row) => row.customer % customers.length);
    const among = (list: readonly string[] | null) =>
      list === null ? [] : paths.map((_, file) => numbers[file] % list.length);
    return {
      kind: "access",
      catalogue: {
        files,
        size: Float64Array.from(paths, (_, file) => size[file]),
        digest: Uint32Array.from(paths, (_, file) => numbers[file]),
        release: Float64Array.from(paths, (_, file) => release[file] ?? Number.NEGATIVE_INFINITY),
        path: (file) => paths[file],
        kind: Uint8Array.from(paths, (_, file) => numbers[file] % FILE_KINDS.length),
        packageOf: Uint32Array.from(among(packages)),
        distributionOf: Uint16Array.from(among(distributions)),
        packages: namesOf(packages ?? []),
        distributions: namesOf(distributions ?? []),
      },
      requests: {
        requests: sorted.length,
        time: Float64Array.from(sorted, ({ time }) => time),
        customer,
        file: Uint32Array.from(sorted, ({ file }) => file % files),
        bytes: Float64Array.from(sorted, ({ bytes }) => bytes),
        visit: rest.hasVisit ? anyVisits(customer, numbers) : new Uint32Array(0),
        status: Uint16Array.from(rest.hasStatus ? sorted : [], () => 206),
      },
      customers: namesOf(customers),
      window: rest.window,
      epoch: rest.epoch,
    };
  });

/** Up to six visits a customer, one after the other or at once, as the numbers have it. */
function anyVisits(customer: Uint32Array, numbers: readonly number[]): Uint32Array {
  const visit = customer.map((who, row) => who * 6 + numbers[row % numbers.length]);
  numberVisits(visit);
  return visit;
}

export const anySyncTrace: fc.Arbitrary<SyncTrace> = fc
  .record({
    nodes: names(1),
    rows: fc.array(
      fc.record({
        time: seconds,
        node: fc.nat(),
        files: fc.nat(),
        bytes: count,
        duration: seconds,
      }),
      { maxLength: 20 },
    ),
    window: seconds,
    epoch,
  })
  .map(({ nodes, rows, window, epoch: start }) => {
    const sorted = rows.toSorted((a, b) => a.time - b.time);
    return {
      kind: "sync",
      syncs: sorted.length,
      time: Float64Array.from(sorted, ({ time }) => time),
      node: Uint32Array.from(sorted, ({ node }) => node % nodes.length),
      files: Uint32Array.from(sorted, ({ files }) => files),
      bytes: Float64Array.from(sorted, ({ bytes }) => bytes),
      duration: Float64Array.from(sorted, ({ duration }) => duration),
      nodes: namesOf(nodes),
      window,
      epoch: start,
    };
  });

export const anyTrace: fc.Arbitrary<Trace> = fc.oneof(anyAccessTrace, anySyncTrace);

/** All that a trace says, as plain values that can be compared. */
export function plain(trace: Trace): unknown {
  return JSON.parse(
    JSON.stringify(trace.kind === "access" ? plainAccess(trace) : plainSync(trace)),
  );
}

function plainAccess({ catalogue, requests, customers, ...rest }: AccessTrace) {
  const { packages, distributions, files } = catalogue;
  return {
    ...rest,
    customers: listOf(customers),
    catalogue: {
      ...numbers(catalogue),
      files,
      paths: Array.from({ length: files }, (_, file) => catalogue.path(file)),
      packages: listOf(packages),
      distributions: listOf(distributions),
    },
    requests: { ...numbers(requests), requests: requests.requests },
  };
}

function plainSync({ nodes, ...rest }: SyncTrace) {
  return { ...rest, ...numbers(rest), nodes: listOf(nodes) };
}

/** The columns among an object's values; JSON has no infinite numbers. */
function numbers(columns: object): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(columns)
      .filter(([, values]) => ArrayBuffer.isView(values))
      .map(([key, values]) => [key, Array.from(values as Float64Array, String)]),
  );
}

function listOf(list: { readonly length: number; at(index: number): string }): readonly string[] {
  return Array.from({ length: list.length }, (_, index) => list.at(index));
}
