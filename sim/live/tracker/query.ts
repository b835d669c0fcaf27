/** What a query says: the bytes of each value, by name, in order. */
export type Query = ReadonlyMap<string, readonly Buffer[]>;

const BROKEN = /%(?![\da-f]{2})/i;
const ESCAPE = /%[\da-f]{2}/gi;
/** Names that a query may have; a client's has about fifteen, a scrape as many as it has torrents. */
const MOST = 200;

/**
 * Reads the query of a request line, byte by byte: info hashes and peer ids are bytes and no UTF-8, so that
 * `URL` and `decodeURIComponent` would spoil them. + is a space, as forms have it; clients escape a plus.
 *
 * @param target As Node gives it in `request.url`: each character is a byte.
 * @returns null where a % is not followed by two hexadecimal digits, or there are too many values.
 */
export function queryOf(target: string): Query | null {
  const values = new Map<string, Buffer[]>();
  const start = target.indexOf("?");
  if (start < 0) return values;
  const fields = target.slice(start + 1).split("&");
  if (fields.length > MOST) return null;
  for (const field of fields) {
    if (field === "") continue;
    const equals = field.indexOf("=");
    const name = bytesOf(equals < 0 ? field : field.slice(0, equals));
    const value = bytesOf(equals < 0 ? "" : field.slice(equals + 1));
    if (name === null || value === null) return null;
    const key = name.toString("latin1");
    const others = values.get(key);
    if (others === undefined) values.set(key, [value]);
    else others.push(value);
  }
  return values;
}

function bytesOf(text: string): Buffer | null {
  if (BROKEN.test(text)) return null;
  const decoded = text
    .replaceAll("+", " ")
    .replace(ESCAPE, (escaped) => String.fromCharCode(Number.parseInt(escaped.slice(1), 16)));
  return Buffer.from(decoded, "latin1");
}
