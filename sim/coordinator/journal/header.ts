import type { ChosenPolicies } from "../chosen-policies.ts";
import type { CoordinatorSettings } from "../parts.ts";

/** Version of the lines. A reader refuses every other. */
export const JOURNAL_VERSION = 1;

/** The first line of a journal: what a coordinator needs to come to the same decisions. */
export interface JournalHeader {
  readonly kind: "began";
  readonly version: typeof JOURNAL_VERSION;
  readonly head: JournalHead;
}

export interface JournalHead {
  /** Seed of the host's chance. */
  readonly seed: string;
  readonly settings: CoordinatorSettings;
  readonly policies: ChosenPolicies;
  /** Digest of the snapshot that the events follow, as the host writes digests; null for none. */
  readonly snapshot: string | null;
  /** What else the host wants to find again, such as the time of day at which its clock was 0. */
  readonly host: Readonly<Record<string, unknown>>;
}

export function journalHeader(head: JournalHead): JournalHeader {
  return { kind: "began", version: JOURNAL_VERSION, head };
}
