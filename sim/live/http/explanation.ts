import type { ExcludedVolunteer } from "../parts.ts";

/** The headers that explain an answer to who asked for that. */
export function explanation(reason: string, excluded: readonly ExcludedVolunteer[]): string[] {
  const reasons = ["X-Mirrorlab-Reason", visible(reason, LONGEST_REASON)];
  if (excluded.length === 0) return reasons;
  return [...reasons, "X-Mirrorlab-Excluded", listed(excluded)];
}

/** Characters. Clients and proxies refuse heads of more than 8 KiB, or of lines of more than 4. */
const LONGEST_REASON = 400;
const LONGEST_LIST = 2000;
const LONGEST_ENTRY = 200;

function listed(excluded: readonly ExcludedVolunteer[]): string {
  let text = "";
  for (const [index, { name, reason }] of excluded.entries()) {
    const entry = `${named(name)}=${named(reason)}`;
    if (text.length + entry.length > LONGEST_LIST)
      return `${text}and ${excluded.length - index} more`;
    text += `${entry}; `;
  }
  return text.slice(0, -"; ".length);
}

/** Without what parts entries. */
function named(text: string): string {
  return visible(text, LONGEST_ENTRY / 2).replace(/[=;]/g, "_");
}

/** Names and reasons are others' texts: in a header, nothing but visible ASCII and spaces. */
function visible(text: string, longest: number): string {
  return text
    .slice(0, longest)
    .replace(/[^\x20-\x7e]/g, "?")
    .trim();
}
