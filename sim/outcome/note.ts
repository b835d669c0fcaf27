/** A remark on results, for people and, by its id, for programs. */
export interface Note {
  /** Of lower-case words joined by hyphens. Several may have one. */
  readonly id: string;
  readonly text: string;
}
