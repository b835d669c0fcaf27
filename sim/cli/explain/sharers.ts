import type { Share } from "../../explain/shares.ts";
import { counted } from "./words.ts";

/** What a link was shared with: `shared with 14 downloads and 3 synchronisations`; or nothing. */
export function sharers({ downloads, others }: Pick<Share, "downloads" | "others">): string {
  const parts = [
    ...(downloads >= FEWEST ? [counted(rounded(downloads), "other download")] : []),
    ...(others >= FEWEST ? [counted(rounded(others), "synchronisation")] : []),
  ];
  return parts.length === 0 ? "" : `shared with ${parts.join(" and ")}`;
}

/** Averages below this are not worth a word. */
const FEWEST = 0.05;

function rounded(count: number): number {
  return count < 10 ? Number(count.toFixed(1)) : Math.round(count);
}
