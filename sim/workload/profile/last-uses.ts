/**
 * The order in which files were last asked for, and how far back each stands in it: its stack distance
 * (R. Mattson, J. Gecsei, D. Slutz, I. Traiger, "Evaluation techniques for storage hierarchies", IBM
 * Systems Journal 9(2), 1970), in files and in bytes.
 *
 * Each file's last use has a slot of a Fenwick tree (P. Fenwick, "A new data structure for cumulative
 * frequency tables", Software: Practice and Experience 24(3), 1994), so a use takes logarithmic time.
 * When the slots are used up, those still held move to the front: there are twice as many slots as
 * files, so this costs a constant time a use, and memory grows with files and not with uses.
 */
export class LastUses {
  readonly #size: Float64Array;
  /** The slot of each file's last use, from 1; 0 before its first. */
  readonly #slotOf: Uint32Array;
  /** The file of each slot, counted from 1; 0 where none has its last use. */
  readonly #fileAt: Uint32Array;
  readonly #files: Float64Array;
  readonly #bytes: Float64Array;
  #last = 0;
  /** Files used so far, and their bytes. */
  #usedFiles = 0;
  #usedBytes = 0;

  /**
   * @param size Bytes of each file.
   * @param used Files of these that will be used, at most.
   */
  constructor(size: Float64Array, used: number) {
    this.#size = size;
    this.#slotOf = new Uint32Array(size.length);
    this.#fileAt = new Uint32Array(2 * used + 1);
    this.#files = new Float64Array(2 * used + 1);
    this.#bytes = new Float64Array(2 * used + 1);
  }

  /** Files and bytes used since the file's last use, with its own; null at its first. Uses it again. */
  use(file: number): { readonly files: number; readonly bytes: number } | null {
    const slot = this.#slotOf[file];
    const size = this.#size[file];
    let distance = null;
    if (slot === 0) {
      this.#usedFiles++;
      this.#usedBytes += size;
    } else {
      let files = this.#usedFiles + 1;
      let bytes = this.#usedBytes + size;
      for (let at = slot; at > 0; at &= at - 1) {
        files -= this.#files[at];
        bytes -= this.#bytes[at];
      }
      distance = { files, bytes };
      this.#add(slot, -1, -size);
      this.#fileAt[slot] = 0;
    }
    if (this.#last + 1 === this.#fileAt.length) this.#compact();
    this.#place(++this.#last, file);
    this.#add(this.#last, 1, size);
    return distance;
  }

  #place(slot: number, file: number): void {
    this.#slotOf[file] = slot;
    this.#fileAt[slot] = file + 1;
  }

  #add(slot: number, files: number, bytes: number): void {
    for (let at = slot; at < this.#files.length; at += at & -at) {
      this.#files[at] += files;
      this.#bytes[at] += bytes;
    }
  }

  /** Moves the last uses to the first slots, in order. */
  #compact(): void {
    const held = this.#fileAt.filter((file) => file > 0);
    this.#fileAt.fill(0);
    this.#files.fill(0);
    this.#bytes.fill(0);
    this.#last = 0;
    for (const file of held) {
      this.#place(++this.#last, file - 1);
      this.#add(this.#last, 1, this.#size[file - 1]);
    }
  }
}
