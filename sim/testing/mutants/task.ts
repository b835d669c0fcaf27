/** What a worker is told to do: run all tests without a mutant, or those that a mutant could fail. */
export type Task =
  | { readonly survey: true }
  | {
      readonly mutant: string;
      /** Fastest first. */
      readonly tests: readonly {
        /** Place among all tests. */
        readonly at: number;
        /** How long it takes without a mutant, and how often it reaches this one. */
        readonly milliseconds: number;
        readonly hits: number;
      }[];
    };

/** A test, and the mutants that it reaches. */
export interface Covered {
  readonly path: string;
  readonly name: string;
  readonly milliseconds: number;
  readonly hits: [mutant: string, times: number][];
}

export interface Answer {
  /** `endless`: a test did not end, or took all memory, which a runner of tests would notice too. */
  readonly outcome: "killed" | "survived" | "endless" | "uncovered";
  /** The test that has noticed it. */
  readonly by: string;
}
