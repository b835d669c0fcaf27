/** A mistake in a mark, at a character of what it says. */
export class Misplaced extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}
