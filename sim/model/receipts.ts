import type { Receipt } from "../coordinator/index.ts";

/**
 * What each volunteer will tell of downloads that have ended: a line of its log for each, of which one
 * that lies leaves out some or invents more.
 */
export class Receipts {
  readonly #lines: Receipt[][];
  /** Downloads that have ended at each. */
  readonly #ended: number[];
  readonly #shareOf: (volunteer: number) => number;

  /** `shareOf`: lines that the volunteer writes for one download, 1 if it is honest. */
  constructor(volunteers: number, shareOf: (volunteer: number) => number) {
    this.#lines = Array.from({ length: volunteers }, () => []);
    this.#ended = new Array<number>(volunteers).fill(0);
    this.#shareOf = shareOf;
  }

  add(volunteer: number, receipt: Receipt): void {
    const share = this.#shareOf(volunteer);
    const count = this.#ended[volunteer]++;
    const lines = Math.floor((count + 1) * share) - Math.floor(count * share);
    for (let line = 0; line < lines; line++) this.#lines[volunteer].push(receipt);
  }

  /** Those since the last call; the list becomes the caller's. */
  take(volunteer: number): Receipt[] {
    const lines = this.#lines[volunteer];
    this.#lines[volunteer] = [];
    return lines;
  }
}
