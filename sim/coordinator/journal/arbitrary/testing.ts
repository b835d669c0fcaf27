/** Arbitrary records of a journal, for properties of what is written and read. */
import * as fc from "fast-check";
import type { Event } from "../../events.ts";
import type { FileSet } from "../../file-set.ts";
import type { JournalRecord, Named } from "../records.ts";

/** As object literals make them. */
function record<T>(fields: { [Name in keyof T]: fc.Arbitrary<T[Name]> }): fc.Arbitrary<T>;
function record<T, Key extends keyof T>(
  fields: { [Name in keyof T]: fc.Arbitrary<T[Name]> },
  required: { readonly requiredKeys: readonly Key[] },
): fc.Arbitrary<Partial<T> & Pick<T, Key>>;
function record<T>(fields: { [Name in keyof T]: fc.Arbitrary<T[Name]> }, required = {}) {
  return fc.record(fields, { ...required, noNullPrototype: true });
}

const number = fc.oneof(fc.nat(), fc.double());
const count = fc.nat(5_000_000);
const optional = { requiredKeys: [] } as const;

/** Texts with all that a text can hold: `#`, line ends, halves of pairs. */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("#", "##", "#NaN", "a\nb", "\ud800"),
);

export const anyFileSet: fc.Arbitrary<FileSet> = fc.oneof(
  record({ below: number, except: fc.array(count) }),
  record({ bitmap: fc.uint32Array({ maxLength: 9 }) }),
);

const report = record(
  {
    ...{ uploaded: number, downloaded: number, left: number, started: fc.boolean() },
    ...{ completed: fc.array(count), dropped: fc.array(count) },
    holds: anyFileSet,
    active: count,
    receipts: fc.array(record({ customer: count, file: count, bytes: number, endedAt: number })),
  },
  { requiredKeys: ["uploaded", "downloaded", "left", "started", "completed", "dropped"] },
);

const place = record({ latitude: number, longitude: number });

const offer = record(
  {
    ...{ uplink: number, shared: number, disk: number, availability: number },
    ...{ caches: fc.boolean(), volatile: fc.boolean(), covers: anyFileSet },
    facts: record({ site: text, asNumbers: fc.array(count), position: place }, optional),
  },
  { requiredKeys: ["uplink"] },
);

const whereabouts = record({
  ...{ site: text, networks: fc.array(text), asNumber: count },
  ...{ country: text, region: text, continent: text },
  position: fc.option(place),
});

const look = record({
  ...{ releasedAt: number, pendingFiles: count, pendingBytes: number },
  ...{ capacity: number, delivering: number },
});

const at = number;
const one = <Kind extends Event["kind"]>(kind: Kind) => fc.constant(kind);

export const anyEvent = fc.oneof(
  record({
    kind: one("file-added"),
    ...{ at, file: count, size: number, released: number, path: text },
  }),
  record({ kind: one("file-changed"), at, file: count, size: number }),
  record({ kind: one("file-removed"), at, file: count }),
  record({ kind: one("registered"), at, volunteer: count, offer }),
  record({ kind: one("announced"), at, volunteer: count, report }),
  record({ kind: one("left"), at, volunteer: count }),
  record({ kind: one("located"), at, where: count, facts: whereabouts }),
  record({
    kind: one("asked"),
    ...{ at, customer: count, file: count, bytes: number, where: count },
    answer: fc.integer({ min: -3, max: 40 }),
  }),
  record({
    kind: one("complained"),
    ...{ at, customer: count, file: count, volunteer: count, bytes: number },
    how: fc.constantFrom("gone", "missing", "wrong", "cut-short"),
  }),
  record({ kind: fc.constantFrom("delivery-began", "delivery-ended", "ticked"), at }),
  record({
    kind: one("audited"),
    ...{ at, volunteer: count, file: count },
    result: fc.constantFrom("passed", "failed", "unanswered"),
  }),
  record({ kind: one("probed"), at, volunteer: count, seconds: fc.option(number) }),
  record({ kind: one("sync-asked"), at, volunteer: count, look, notBefore: number }),
  record({ kind: one("sync-paced"), at, volunteer: count, look }),
  record({ kind: one("sync-began"), at, volunteer: count }),
  record({ kind: one("doubted"), at, volunteer: count, file: count }),
  record({ kind: one("uplink-changed"), at, uplink: number }),
  record({
    kind: one("dispatch-changed"),
    at,
    policy: record({ name: text, params: fc.dictionary(text, number, { noNullPrototype: true }) }),
  }),
) as fc.Arbitrary<Event>;

const anyName: fc.Arbitrary<Named> = record({
  ...{ kind: fc.constant("named" as const), what: text, number: count, name: text },
});

export const anyRecords: fc.Arbitrary<JournalRecord[]> = fc.array(
  fc.oneof({ arbitrary: anyEvent, weight: 9 }, { arbitrary: anyName, weight: 1 }),
);
