/**
 * What the values of a type look like while the program runs, so that a host's views can be checked.
 *
 * A shape stands beside its type and names a kind for each of its fields. The compiler holds the two
 * equal: a field without a kind, of another kind, or a kind without a field does not compile.
 */

/** Is told of a value that is not what its place asks for. */
export type Tell = (place: string, expected: string, found: unknown) => void;

type Fields = Readonly<Record<string, unknown>>;

interface Check {
  /** Tells of all that is wrong with the value at `place`, which is a field of `owner`. */
  check(value: unknown, place: string, tell: Tell, owner: Fields): void;
}

/** What a value must be. */
export interface Kind<T> extends Check {
  /** Never there. By it the kind of one type is no kind of a wider or a narrower one. */
  readonly of?: (value: T) => T;
}

/** A kind for each field of `T`; for one that may be absent, an `optional` kind. */
export type Shape<T> = {
  readonly [Name in keyof T]-?: object extends Pick<T, Name>
    ? Kind<Exclude<T[Name], undefined> | undefined>
    : Kind<T[Name]>;
};

/** A finite number, such as a time on the host's clock. */
export const number = numeric("a finite number", Number.isFinite);

/** Bytes, bytes per second, seconds, a ratio: finite, and not below 0. */
export const amount = numeric("0 or more, and finite", (value) => value >= 0 && value < Infinity);

/** An amount that may be `Infinity`, where no limit is known. */
export const unbounded = numeric("0 or more", (value) => value >= 0);

/** A time on the host's clock; -Infinity for what never was, or was long ago. */
export const moment = numeric("a time, or -Infinity", (value) => value < Infinity);

export const text = simple<string>("text", (value) => typeof value === "string");
export const flag = simple<boolean>("true or false", (value) => typeof value === "boolean");

/** A count, or the number of a thing; of volunteers also the numbers below 0 that stand for others. */
export function whole(least = 0): Kind<number> {
  const expected = `a whole number, ${least} or more`;
  return numeric(expected, (value) => Number.isInteger(value) && value >= least);
}

export function oneOf<const Name extends string>(...names: readonly Name[]): Kind<Name> {
  const known: ReadonlySet<unknown> = new Set(names);
  return simple(`one of ${names.join(", ")}`, (value) => known.has(value));
}

export function optional<T>({ check }: Kind<T>): Kind<T | undefined> {
  return {
    check(value, ...where) {
      if (value !== undefined) check(value, ...where);
    },
  };
}

export function orNull<T>({ check }: Kind<T>): Kind<T | null> {
  return {
    check(value, ...where) {
      if (value !== null) check(value, ...where);
    },
  };
}

/** An object with these fields, and whatever others its host gives it. */
export function record<T>(shape: Shape<T>): Kind<T> {
  const kinds = Object.entries<Check>(shape);
  return {
    check(value, place, tell) {
      if (!isRecord(value)) return tell(place, "an object", value);
      for (const [name, kind] of kinds) kind.check(value[name], `${place}.${name}`, tell, value);
    },
  };
}

/** The field that says how much of a list counts, and the one by which what counts ascends. */
export interface Counting {
  readonly count?: string;
  readonly ascending?: string;
}

/** An array, of whose items only those are looked at that count. */
export function list<T>(item: Kind<T>, counting: Counting = {}): Kind<readonly T[]> {
  return items(item, counting, "a list", Array.isArray);
}

/** An array or a typed array. */
export function numbers(item: Kind<number>, counting: Counting = {}): Kind<ArrayLike<number>> {
  const isLike = (value: unknown) => Array.isArray(value) || ArrayBuffer.isView(value);
  return items(item, counting, "an array of numbers", isLike);
}

function items<T>(
  item: Kind<T>,
  { count, ascending }: Counting,
  expected: string,
  isList: (value: unknown) => boolean,
) {
  return {
    check(value: unknown, place: string, tell: Tell, owner: Fields) {
      if (!isList(value)) return tell(place, expected, value);
      const all = value as ArrayLike<unknown>;
      const counted = count === undefined ? all.length : owner[count];
      if (Number(counted) > all.length) tell(`${place}.length`, `${counted} or more`, all.length);
      // A count that is none is told of at its own place.
      const end = typeof counted === "number" ? Math.min(counted, all.length) : all.length;
      for (let i = 0; i < end; i++) item.check(all[i], `${place}[${i}]`, tell, {});
      if (ascending === undefined) return;
      for (let i = 1; i < end; i++) {
        const [last, next] = [all[i - 1], all[i]].map((one) => isRecord(one) && one[ascending]);
        const isDisorder = typeof last === "number" && typeof next === "number" && last >= next;
        if (isDisorder) tell(`${place}[${i}].${ascending}`, `more than ${last} before it`, next);
      }
    },
  };
}

function simple<T>(expected: string, is: (value: unknown) => boolean): Kind<T> {
  return {
    check(value, place, tell) {
      if (!is(value)) tell(place, expected, value);
    },
  };
}

function numeric(expected: string, is: (value: number) => boolean): Kind<number> {
  return {
    check(value, place, tell) {
      if (typeof value !== "number" || Number.isNaN(value)) tell(place, "a number", value);
      else if (!is(value)) tell(place, expected, value);
    },
  };
}

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Characters of a text that are told. */
const LONGEST = 60;

/** The value as a sentence can say it. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, LONGEST));
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return "a list";
  return isRecord(value) ? "an object" : String(value);
}
