import type { Evidence } from "./evidence.ts";

/** Something that a user of results would want to know, and may not see in them. */
export interface Diagnosis {
  /** Of lower-case words joined by hyphens; it never changes. */
  readonly id: string;
  /** What it looks at. */
  readonly looksAt: string;
  /** A sentence with the figures and what could be changed; null where all is well. */
  find(evidence: Evidence): string | null;
}
