/**
 * The transfers the server believes a volunteer is sending for it.
 *
 * The server knows when it redirected whom, never when a download ended. It learns that from two
 * signs: the customer asks for its next file, or the volunteer's announced total shows that the
 * download must be through. For the second it shares each announced amount equally among the
 * transfers under way, as the volunteer's uplink does: a transfer is over when its share has
 * reached its size. A mark is the share at which that will be.
 */
export class TransfersUnderWay {
  readonly #customers: number[] = [];
  readonly #marks: number[] = [];
  /** Bytes that a transfer under way from the beginning would have got. */
  #share = 0;

  get count(): number {
    return this.#customers.length;
  }

  begin(customer: number, bytes: number): void {
    this.#customers.push(customer);
    this.#marks.push(this.#share + bytes);
  }

  /** The customer has moved on: its oldest transfer here is over. */
  end(customer: number): void {
    const at = this.#customers.indexOf(customer);
    if (at >= 0) this.#remove(at);
  }

  /** The volunteer has uploaded `bytes` more. */
  progress(bytes: number): void {
    let left = bytes;
    while (left > 0 && this.count > 0) {
      const next = Math.min(...this.#marks);
      const needed = (next - this.#share) * this.count;
      if (needed > left) {
        this.#share += left / this.count;
        return;
      }
      left -= needed;
      this.#share = next;
      for (let at = this.count - 1; at >= 0; at--) if (this.#marks[at] <= next) this.#remove(at);
    }
  }

  clear(): void {
    this.#customers.length = 0;
    this.#marks.length = 0;
  }

  #remove(at: number): void {
    this.#customers.splice(at, 1);
    this.#marks.splice(at, 1);
  }
}
