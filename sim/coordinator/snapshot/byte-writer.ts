/** Bytes that are written one behind the other, in an array that grows. */
export class ByteWriter {
  #bytes = new Uint8Array(4096);
  #length = 0;
  readonly #double = new DataView(new ArrayBuffer(8));

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** A whole number from 0 to 2⁵³ − 1: seven bits a byte, the lowest first, the eighth if more follow. */
  whole(value: number): void {
    this.#reserve(8);
    let left = value;
    while (left >= 0x80) {
      this.#bytes[this.#length++] = (left % 0x80) | 0x80;
      left = Math.floor(left / 0x80);
    }
    this.#bytes[this.#length++] = left;
  }

  /** Eight bytes, the lowest first. */
  double(value: number): void {
    this.#double.setFloat64(0, value, true);
    for (let i = 0; i < 8; i++) this.byte(this.#double.getUint8(i));
  }

  /** Four bytes, the lowest first. */
  word(value: number): void {
    for (let i = 0; i < 4; i++) this.byte((value >>> (8 * i)) & 0xff);
  }

  ascii(text: string): void {
    this.#reserve(text.length);
    for (let i = 0; i < text.length; i++) this.#bytes[this.#length++] = text.charCodeAt(i);
  }

  /** A view of what has been written. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#length + more, 2 * this.#bytes.length));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
