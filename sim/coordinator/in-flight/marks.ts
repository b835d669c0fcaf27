/** A transfer and the clock at which it is over. Bytes. */
export interface Mark {
  readonly transfer: number;
  readonly size: number;
  readonly mark: number;
}

/**
 * Transfers in the order of their marks, with the sums of these, so that what they have left is summed
 * up to any bound in O(log n), once after each change in O(n). A transfer comes or goes by moving memory.
 */
export class Marks {
  #marks = new Float64Array(8);
  #sizes = new Float64Array(8);
  #transfers = new Int32Array(8);
  /** The sum of the marks before each place, as far as they have been summed up. */
  #sums = new Float64Array(9);
  #summed = 0;
  #first = 0;
  #end = 0;

  get count(): number {
    return this.#end - this.#first;
  }

  /** The least mark; of no transfers, `Infinity`. */
  get least(): number {
    return this.#first < this.#end ? this.#marks[this.#first] : Number.POSITIVE_INFINITY;
  }

  /** The sum over all of what each mark is above `clock`, counted up to `size` each. O(log n). */
  above(clock: number, size: number): number {
    let low = this.#first;
    let high = this.#end;
    if (low === high) return 0;
    const bound = clock + size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#marks[middle] <= bound) low = middle + 1;
      else high = middle;
    }
    this.#sumUpTo(low);
    const small = low - this.#first;
    const whole = this.#sums[low] - this.#sums[this.#first] - small * clock;
    const others = this.#end - low;
    return others === 0 ? whole : whole + others * size;
  }

  /** The transfer's mark, or undefined if it is not among them. */
  of(transfer: number): number | undefined {
    const at = this.#placeOf(transfer);
    return at < 0 ? undefined : this.#marks[at];
  }

  /** The transfers, the one with the least mark first. */
  transfers(): number[] {
    return [...this.#transfers.subarray(this.#first, this.#end)];
  }

  /** Takes out the transfer with the least mark. */
  takeFirst(): Mark {
    const at = this.#first++;
    return { transfer: this.#transfers[at], size: this.#sizes[at], mark: this.#marks[at] };
  }

  add({ transfer, size, mark }: Mark): void {
    if (this.#first === this.#end) this.reset();
    if (this.#end === this.#marks.length) this.#makeRoom();
    let low = this.#first;
    let high = this.#end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#marks[middle] <= mark) low = middle + 1;
      else high = middle;
    }
    this.#marks.copyWithin(low + 1, low, this.#end);
    this.#sizes.copyWithin(low + 1, low, this.#end);
    this.#transfers.copyWithin(low + 1, low, this.#end);
    this.#marks[low] = mark;
    this.#sizes[low] = size;
    this.#transfers[low] = transfer;
    this.#end++;
    this.#summed = Math.min(this.#summed, low);
  }

  /** Takes the transfer out; false if it is not among them. */
  remove(transfer: number): boolean {
    const at = this.#placeOf(transfer);
    if (at < 0) return false;
    this.#removeAt(at);
    return true;
  }

  /** Lowers to `clock` and its size each mark that is further above. */
  limit(clock: number): void {
    for (let at = this.#end - 1; at >= this.#first; ) {
      const [transfer, size] = [this.#transfers[at], this.#sizes[at]];
      if (this.#marks[at] <= clock + size) at--;
      else {
        this.#removeAt(at); // It comes to stand here or before: then another stands here now.
        this.add({ transfer, size, mark: clock + size });
      }
    }
  }

  /** Forgets where the marks began, of which none is left. */
  reset(): void {
    this.#first = 0;
    this.#end = 0;
    this.#summed = 0;
  }

  #removeAt(at: number): void {
    this.#marks.copyWithin(at, at + 1, this.#end);
    this.#sizes.copyWithin(at, at + 1, this.#end);
    this.#transfers.copyWithin(at, at + 1, this.#end);
    this.#end--;
    this.#summed = Math.min(this.#summed, at);
  }

  #placeOf(transfer: number): number {
    for (let at = this.#first; at < this.#end; at++)
      if (this.#transfers[at] === transfer) return at;
    return -1;
  }

  /** Sums of the marks before each place up to `end`. */
  #sumUpTo(end: number): void {
    for (let i = this.#summed; i < end; i++) this.#sums[i + 1] = this.#sums[i] + this.#marks[i];
    this.#summed = Math.max(this.#summed, end);
  }

  /** Moves the transfers to the front, or to larger columns. */
  #makeRoom(): void {
    const { count } = this;
    const room = this.#marks.length;
    if (2 * count > room) {
      const { marks, sizes, transfers } = this.save();
      const sums = new Float64Array(count + 1);
      this.load({ first: 0, room: 2 * room, marks, sizes, transfers, sums });
    } else {
      this.#marks.copyWithin(0, this.#first, this.#end);
      this.#sizes.copyWithin(0, this.#first, this.#end);
      this.#transfers.copyWithin(0, this.#first, this.#end);
      this.#first = 0;
      this.#end = count;
    }
    this.#summed = 0;
  }

  /**
   * Plain data. What is before the first is left out; but where that stands in the columns is not,
   * since sums begin anew when they are moved: another place would be another rounding later.
   */
  save() {
    const [first, end] = [this.#first, this.#end];
    this.#sumUpTo(end);
    return {
      first,
      room: this.#marks.length,
      marks: this.#marks.slice(first, end),
      sizes: this.#sizes.slice(first, end),
      transfers: this.#transfers.slice(first, end),
      sums: this.#sums.slice(first, end + 1),
    };
  }

  load({ first, room, marks, sizes, transfers, sums }: ReturnType<Marks["save"]>): void {
    this.#marks = new Float64Array(room);
    this.#sizes = new Float64Array(room);
    this.#transfers = new Int32Array(room);
    this.#sums = new Float64Array(room + 1);
    this.#marks.set(marks, first);
    this.#sizes.set(sizes, first);
    this.#transfers.set(transfers, first);
    this.#sums.set(sums, first);
    this.#first = first;
    this.#end = first + marks.length;
    this.#summed = this.#end;
  }
}
