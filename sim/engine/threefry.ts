/**
 * Threefry-2x32 with 20 rounds: a block of two words that looks random for each key and counter, so
 * that a stream of chance needs no state but a count.
 *
 * Source: Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3, SC 2011.
 */
export class Threefry {
  /** The block last made, as two words of 32 bits with a sign. */
  first = 0;
  second = 0;
  readonly #key: readonly [number, number, number];

  constructor(key0: number, key1: number) {
    this.#key = [key0 | 0, key1 | 0, 0x1bd11bda ^ key0 ^ key1];
  }

  /** Makes the block of a counter of two words. */
  block(counter0: number, counter1: number): void {
    const key = this.#key;
    let x = (counter0 + key[0]) | 0;
    let y = (counter1 + key[1]) | 0;
    for (let group = 1; group <= 5; group++) {
      const isOdd = (group & 1) === 1;
      const [a, b, c, d] = isOdd ? ROTATIONS.odd : ROTATIONS.even;
      x = (x + y) | 0;
      y = ((y << a) | (y >>> (32 - a))) ^ x;
      x = (x + y) | 0;
      y = ((y << b) | (y >>> (32 - b))) ^ x;
      x = (x + y) | 0;
      y = ((y << c) | (y >>> (32 - c))) ^ x;
      x = (x + y) | 0;
      y = ((y << d) | (y >>> (32 - d))) ^ x;
      x = (x + key[group % 3]) | 0;
      y = (y + key[(group + 1) % 3] + group) | 0;
    }
    this.first = x;
    this.second = y;
  }
}

const ROTATIONS = { odd: [13, 15, 26, 6], even: [17, 29, 16, 24] } as const;
