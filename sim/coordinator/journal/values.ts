/**
 * Plain data as JSON can hold it. JSON lacks numbers and typed arrays: they stand as texts that begin
 * with `#`, such as `#-Infinity`; a text that begins so gets another `#` in front.
 */

export type TypedArray = Uint8Array | Uint32Array | Int32Array | Float64Array;

/** What JSON is to hold in place of typed arrays, and how it comes back. */
export interface ArrayForm {
  textOf(array: TypedArray): string;
  arrayOf(text: string): TypedArray;
}

/** The value as JSON has it: `#` before what it has not. */
export function plainOf(value: unknown, arrays: ArrayForm): unknown {
  if (typeof value === "number") return plainNumber(value);
  if (typeof value === "string") return value.startsWith("#") ? `#${value}` : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => plainOf(item, arrays));
  if (ArrayBuffer.isView(value)) return `#${arrays.textOf(value as TypedArray)}`;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, plainOf(item, arrays)]),
  );
}

/** What `plainOf` was given, from what JSON gave back. */
export function restored(plain: unknown, arrays: ArrayForm): unknown {
  if (typeof plain === "string") {
    if (!plain.startsWith("#")) return plain;
    if (plain.startsWith("##")) return plain.slice(1);
    return NUMBERS.get(plain) ?? arrays.arrayOf(plain.slice(1));
  }
  if (typeof plain !== "object" || plain === null) return plain;
  if (Array.isArray(plain)) return plain.map((item) => restored(item, arrays));
  return Object.fromEntries(
    Object.entries(plain).map(([name, item]) => [name, restored(item, arrays)]),
  );
}

function plainNumber(value: number): number | string {
  if (Number.isFinite(value) && (value !== 0 || 1 / value > 0)) return value;
  return value === 0 ? "#-0" : `#${value}`;
}

export function jsonNumber(value: number): string {
  const plain = plainNumber(value);
  return typeof plain === "number" ? `${plain}` : `"${plain}"`;
}

/** @throws RangeError when it is no number. */
export function numberOf(plain: unknown): number {
  const number = typeof plain === "string" ? NUMBERS.get(plain) : plain;
  if (typeof number === "number") return number;
  throw new RangeError(`expected a number; got ${JSON.stringify(plain)}`);
}

const NUMBERS = new Map(
  [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, -0].map((number) => [
    `${plainNumber(number)}`,
    number,
  ]),
);

/** JSON in ASCII, as long as it is bytes. */
export function asciiJson(plain: unknown): string {
  const text = JSON.stringify(plain);
  return IS_ASCII.test(text) ? text : text.replace(BEYOND_ASCII, escaped);
}

const IS_ASCII = /^[\0-\x7f]*$/;
const BEYOND_ASCII = /[^\0-\x7f]/g;

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
