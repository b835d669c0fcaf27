import type { Event } from "../events.ts";
import type { Receipt, Report } from "../report.ts";
import { BITMAPS } from "./bitmaps.ts";
import type { JournalHeader } from "./header.ts";
import { asciiJson, jsonNumber, numberOf, plainOf, restored } from "./values.ts";

/** The name that the host has given to a number: a volunteer's address, the text of whereabouts. */
export interface Named {
  readonly kind: "named";
  readonly what: string;
  readonly number: number;
  readonly name: string;
}

/** What a line of a journal says. */
export type JournalRecord = JournalHeader | Named | Event;

type Kind = JournalRecord["kind"];
type Of<K extends Kind> = Extract<JournalRecord, { readonly kind: K }>;

/** How a field stands in a line, as JSON, and how it comes back; what cannot have been written throws. */
interface Field<T> {
  json(value: T): string;
  back(plain: unknown): T;
}

/** A letter and the fields of a kind, in the order in which they stand in its lines. */
interface Form<K extends Kind> {
  readonly letter: string;
  readonly fields: { readonly [Name in Exclude<keyof Of<K>, "kind">]: Field<Of<K>[Name]> };
}

const number: Field<number> = { json: jsonNumber, back: numberOf };

const numberOrNull: Field<number | null> = {
  json: (value) => (value === null ? "null" : jsonNumber(value)),
  back: (plain) => (plain === null ? null : numberOf(plain)),
};

const text: Field<string> = {
  json: asciiJson,
  back(plain) {
    if (typeof plain === "string") return plain;
    throw new RangeError(`expected a text; got ${JSON.stringify(plain)}`);
  },
};

/** Any plain data. Its inside is taken as it is: the line's checksum says that we wrote it. */
function data<T>(): Field<T> {
  return {
    json: (value) => asciiJson(plainOf(value, BITMAPS)),
    back: (plain) => restored(plain, BITMAPS) as T,
  };
}

/** The receipts, one for each download, without the names of their fields. */
const report: Field<Report> = {
  json({ receipts, ...rest }) {
    const rows = receipts?.map(({ customer, file, bytes, endedAt }) => [
      customer,
      file,
      bytes,
      endedAt,
    ]);
    return asciiJson(plainOf(rows === undefined ? rest : { ...rest, receipts: rows }, BITMAPS));
  },
  back(plain) {
    const { receipts, ...rest } = plain as { receipts?: readonly (readonly unknown[])[] };
    const told = restored(rest, BITMAPS) as Report;
    return receipts === undefined ? told : { ...told, receipts: receipts.map(receiptOf) };
  },
};

function receiptOf(row: readonly unknown[]): Receipt {
  const [customer, file, bytes, endedAt] = row.map(numberOf);
  return { customer, file, bytes, endedAt };
}

const at = number;
const file = number;
const volunteer = number;

const FORMS: { readonly [K in Kind]: Form<K> } = {
  began: { letter: "J", fields: { version: data(), head: data() } },
  named: { letter: "N", fields: { what: text, number, name: text } },
  "file-added": { letter: "f", fields: { at, file, size: number, released: number, path: text } },
  "file-changed": { letter: "c", fields: { at, file, size: number } },
  "file-removed": { letter: "r", fields: { at, file } },
  registered: { letter: "v", fields: { at, volunteer, offer: data() } },
  announced: { letter: "n", fields: { at, volunteer, report } },
  left: { letter: "l", fields: { at, volunteer } },
  located: { letter: "w", fields: { at, where: number, facts: data() } },
  asked: {
    letter: "a",
    fields: { at, customer: number, file, bytes: number, where: number, answer: number },
  },
  complained: {
    letter: "x",
    fields: { at, customer: number, file, volunteer, how: data(), bytes: number },
  },
  "delivery-began": { letter: "b", fields: { at } },
  "delivery-ended": { letter: "e", fields: { at } },
  audited: { letter: "u", fields: { at, volunteer, file, result: data() } },
  doubted: { letter: "q", fields: { at, volunteer, file } },
  probed: { letter: "p", fields: { at, volunteer, seconds: numberOrNull } },
  "sync-asked": { letter: "s", fields: { at, volunteer, look: data(), notBefore: number } },
  "sync-paced": { letter: "d", fields: { at, volunteer, look: data() } },
  "sync-began": { letter: "y", fields: { at, volunteer } },
  ticked: { letter: "t", fields: { at } },
  "uplink-changed": { letter: "i", fields: { at, uplink: number } },
  "dispatch-changed": { letter: "o", fields: { at, policy: data() } },
};

interface Listed {
  readonly kind: Kind;
  readonly letter: string;
  readonly fields: readonly (readonly [name: string, field: Field<unknown>])[];
}

const LISTED: readonly Listed[] = Object.entries(FORMS).map(([kind, { letter, fields }]) => ({
  kind: kind as Kind,
  letter,
  fields: Object.entries(fields) as Listed["fields"] & [],
}));
const BY_KIND = new Map(LISTED.map((form) => [form.kind, form]));
const BY_LETTER: ReadonlyMap<unknown, Listed> = new Map(LISTED.map((form) => [form.letter, form]));

/** The record as JSON. */
export function recordJson(record: JournalRecord): string {
  const { letter, fields } = BY_KIND.get(record.kind) as Listed;
  const values = record as unknown as Readonly<Record<string, unknown>>;
  let json = `["${letter}"`;
  for (const [name, field] of fields) json += `,${field.json(values[name])}`;
  return `${json}]`;
}

/** @throws RangeError when it is no record of this version. */
export function recordOf(plain: unknown): JournalRecord {
  const [letter, ...values] = Array.isArray(plain) ? plain : [];
  const form = BY_LETTER.get(letter);
  if (form === undefined) {
    const known = LISTED.map((each) => each.letter).join(", ");
    throw new RangeError(`unknown kind of record: ${JSON.stringify(letter)}; known: ${known}`);
  }
  const { kind, fields } = form;
  if (values.length !== fields.length) {
    throw new RangeError(`${kind}: expected ${fields.length} fields; got ${values.length}`);
  }
  const record: Record<string, unknown> = { kind };
  for (let i = 0; i < fields.length; i++) {
    const [name, field] = fields[i];
    try {
      record[name] = field.back(values[i]);
    } catch (error) {
      throw new RangeError(`${kind}.${name}: ${(error as Error).message}`);
    }
  }
  return record as unknown as JournalRecord;
}
