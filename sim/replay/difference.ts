/** Where two decisions differ first, and what stands there. */
export interface Difference {
  /** Such as `decision.copyTo[2]`. */
  readonly field: string;
  readonly expected: unknown;
  readonly found: unknown;
}

/** The first difference between two values as JSON could say them, in the order of the first. */
export function difference(
  expected: unknown,
  found: unknown,
  field: string,
): Difference | undefined {
  if (!isObject(expected) || !isObject(found) || Array.isArray(expected) !== Array.isArray(found)) {
    return Object.is(expected, found) ? undefined : { field, expected, found };
  }
  for (const name of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const inner = Array.isArray(expected) ? `${field}[${name}]` : `${field}.${name}`;
    const [one, other] = [expected, found] as readonly Readonly<Record<string, unknown>>[];
    const differing = difference(one[name], other[name], inner);
    if (differing !== undefined) return differing;
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
