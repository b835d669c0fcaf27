/**
 * A 64-bit hash over a stream of numbers, in order.
 *
 * Two runs with equal fingerprints saw the same events at the same times, to the last bit. It is
 * not cryptographic: it finds accidents, not forgeries. Mixing steps are those of MurmurHash3
 * (Appleby, public domain), on two 32-bit lanes.
 */
export class Fingerprint {
  #a = 0x9e3779b9 | 0;
  #b = 0x85ebca6b | 0;
  readonly #number = new Float64Array(1);
  readonly #halves = new Uint32Array(this.#number.buffer);

  add(value: number): void {
    this.#number[0] = value;
    this.#mix(this.#halves[0]);
    this.#mix(this.#halves[1]);
  }

  addText(text: string): void {
    this.#mix(text.length);
    for (let i = 0; i < text.length; i++) this.#mix(text.charCodeAt(i));
  }

  /** Sixteen hexadecimal digits. */
  toString(): string {
    const hex = (lane: number) => (finish(lane) >>> 0).toString(16).padStart(8, "0");
    return hex(this.#a) + hex(this.#b ^ Math.imul(this.#a, 5));
  }

  #mix(word: number): void {
    let k = Math.imul(word, 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    k = Math.imul(k, 0x1b873593);
    this.#a ^= k;
    this.#a = (this.#a << 13) | (this.#a >>> 19);
    this.#a = (Math.imul(this.#a, 5) + 0xe6546b64) | 0;
    this.#b = Math.imul(this.#b ^ word ^ (this.#a >>> 7), 0x01000193) + this.#a;
    this.#b |= 0;
  }
}

function finish(lane: number): number {
  let h = lane;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
