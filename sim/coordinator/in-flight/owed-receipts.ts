/**
 * Receipts that a volunteer still owes for transfers which other evidence has ended: when they come,
 * they are of the server's own redirects and of nobody else's. Those of two reports are kept.
 */
export class OwedReceipts {
  #recent = new Map<number, number>();
  #older = new Map<number, number>();

  owe(customer: number, file: number): void {
    const key = keyOf(customer, file);
    this.#recent.set(key, (this.#recent.get(key) ?? 0) + 1);
  }

  /** A receipt has come: whether it was owed. */
  pay(customer: number, file: number): boolean {
    const key = keyOf(customer, file);
    return take(this.#older, key) || take(this.#recent, key);
  }

  /** A report has been heeded. */
  age(): void {
    this.#older = this.#recent;
    this.#recent = new Map();
  }

  save() {
    return { recent: [...this.#recent], older: [...this.#older] };
  }

  load({ recent, older }: ReturnType<OwedReceipts["save"]>): void {
    this.#recent = new Map(recent);
    this.#older = new Map(older);
  }
}

/** One number for the pair: files beyond 2²² share numbers, which costs a little accuracy. */
function keyOf(customer: number, file: number): number {
  return customer * 4_194_304 + (file & 4_194_303);
}

function take(owed: Map<number, number>, key: number): boolean {
  const count = owed.get(key);
  if (count === undefined) return false;
  if (count === 1) owed.delete(key);
  else owed.set(key, count - 1);
  return true;
}
