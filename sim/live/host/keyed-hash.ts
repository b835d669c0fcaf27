import { createHmac } from "node:crypto";

/** Texts whose hashes are kept; the older half is forgotten when there are more. */
const MOST = 50_000;

/**
 * Customers as numbers: the first 48 bits of HMAC-SHA256 (RFC 2104) of address and user agent, by a key
 * that only this server has. Nobody can tell the address by it, not even by trying all of IPv4, and two
 * of a million customers are taken for one with a chance of 0.2 %.
 */
export class KeyedHash {
  readonly #key: Uint8Array;
  #recent = new Map<string, number>();
  #older = new Map<string, number>();

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  customerOf(address: string, agent: string): number {
    const text = `${address}\n${agent}`;
    const known = this.#recent.get(text) ?? this.#older.get(text);
    if (known !== undefined) return known;
    const customer = createHmac("sha256", this.#key).update(text).digest().readUIntBE(0, 6);
    if (this.#recent.size >= MOST) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(text, customer);
    return customer;
  }
}
