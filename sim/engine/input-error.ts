/** What the user gave is wrong: shown without a stack trace, and the command exits with 2. */
export class InputError extends Error {
  override readonly name = "InputError";
  /** Everything found wrong, each with its place, in the order of the input. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}
