/** Reads what a `ByteWriter` wrote. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at: number;
  readonly #double = new DataView(new ArrayBuffer(8));

  constructor(bytes: Uint8Array, start = 0) {
    this.#bytes = bytes;
    this.#at = start;
  }

  byte(): number {
    if (this.#at >= this.#bytes.length) throw new RangeError("expected more bytes");
    return this.#bytes[this.#at++];
  }

  whole(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  double(): number {
    for (let i = 0; i < 8; i++) this.#double.setUint8(i, this.byte());
    return this.#double.getFloat64(0, true);
  }

  /** So many characters, or as many as there are. */
  ascii(length: number): string {
    const end = this.#at + length;
    let text = "";
    for (; this.#at < end; this.#at += CALL) {
      const piece = this.#bytes.subarray(this.#at, Math.min(end, this.#at + CALL));
      text += String.fromCharCode(...piece);
    }
    this.#at = end;
    return text;
  }
}

/** Arguments that a call may have in every engine. */
const CALL = 4096;
