import { createHmac } from "node:crypto";
import { isIP } from "node:net";
import { type CompactNames, namesOf } from "../trace/names.ts";
import type { NameList } from "../trace/trace.ts";

/** Hexadecimal digits of a pseudonym: 64 bits, so that even a billion clients rarely share one. */
const DIGITS = 16;

/**
 * A name for each client that only who has the key can find again (HMAC-SHA-256, RFC 2104): the same
 * client has the same name in all that is written with one key.
 */
export function pseudonyms(clients: NameList, key: Uint8Array): CompactNames {
  const names = Array.from({ length: clients.length }, (_, client) =>
    createHmac("sha256", key).update(clients.at(client)).digest("hex").slice(0, DIGITS),
  );
  return namesOf(names);
}

/** The text with addresses taken out, for lines that could not be read and are shown. */
export function withoutAddresses(text: string): string {
  return text.replace(/[\da-f:.]{2,}/gi, (found) => (isIP(found) === 0 ? found : "[address]"));
}
