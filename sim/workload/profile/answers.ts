import type { AccessTrace } from "../trace/trace.ts";

/** How requests were answered. */
export interface AnswersProfile {
  /** Requests by HTTP status; null where the format has none. */
  readonly status: Readonly<Record<string, number>> | null;
  /** Requests that took fewer bytes than the file has: ranges, broken and repeated downloads. */
  readonly partial: number;
  readonly partialBytes: number;
}

export function profileAnswers({ requests: table, catalogue }: AccessTrace): AnswersProfile {
  const counts = new Map<number, number>();
  let partial = 0;
  let partialBytes = 0;
  for (let row = 0; row < table.requests; row++) {
    if (table.status.length > 0) {
      const status = table.status[row];
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    if (table.bytes[row] < catalogue.size[table.file[row]]) {
      partial++;
      partialBytes += table.bytes[row];
    }
  }
  const isKnown = [...counts.keys()].some((status) => status > 0);
  const sorted = [...counts].sort(([a], [b]) => a - b);
  return { status: isKnown ? Object.fromEntries(sorted) : null, partial, partialBytes };
}
