/** A head, and journals as texts. */

import type { JournalHead } from "./header.ts";
import { JournalReader } from "./journal-reader.ts";
import { JournalWriter } from "./journal-writer.ts";
import type { JournalRecord } from "./records.ts";

export const HEAD: JournalHead = {
  seed: "7",
  settings: {
    ...{ uplink: 1.25e8, timeout: 4500, inFlight: "by-request" },
    ...{ probeEvery: Number.POSITIVE_INFINITY, placeEvery: 3600 },
  },
  policies: {
    dispatch: { name: "random", params: {} },
    replication: { name: "everything", params: {} },
    trust: null,
    sync: null,
  },
  snapshot: null,
  host: {},
};

/** The journal of these records, with a header. */
export function journalOf(records: readonly JournalRecord[], head = HEAD): string {
  let text = "";
  const writer = new JournalWriter((line) => {
    text += line;
  });
  writer.begin(head);
  for (const record of records) writer.write(record);
  return text;
}

/** All records of a journal without its header, which is the first, and how it ended. */
export function readJournal(text: string) {
  const reader = new JournalReader();
  const [header = null, ...records] = reader.read(text);
  return { header, records, ending: reader.end() };
}
