import type { Gap } from "../live/journal/segment-head.ts";
import type { Joint, ReplayedFolder, ReplayedSegment } from "../replay/journal/replay-folder.ts";
import { journalResult, journalText } from "./journal-text.ts";

export function folderJson({ segments, notes }: ReplayedFolder): string {
  const results = segments.map(({ replayed, ...segment }) => ({
    ...segment,
    ...journalResult(replayed),
  }));
  return JSON.stringify({ segments: results, notes }, null, 2);
}

/** Whether all answers came out as they were written, and each segment began where one ended. */
export function agrees({ segments }: ReplayedFolder): boolean {
  return segments.every(({ joint, replayed }) => joint !== "differs" && replayed.differed === 0);
}

/** Some lines for each segment, and one for all of them. */
export function folderText({ segments, notes }: ReplayedFolder): string {
  const agreed = segments.reduce((sum, { replayed }) => sum + replayed.agreed, 0);
  const differed = segments.reduce((sum, { replayed }) => sum + replayed.differed, 0);
  const bad = differed > 0 ? `, ${differed} differ` : "";
  const events = segments.reduce((sum, { replayed }) => sum + replayed.events, 0);
  return [
    ...notes,
    ...segments.map(segmentText),
    `all: ${agreed} of ${agreed + differed} answers agree${bad} (${events} events)`,
  ].join("\n");
}

function segmentText({ journal, joint, gap, replayed }: ReplayedSegment): string {
  const told = journalText(replayed, journal);
  return `${journal}: ${gap === null ? JOINTS[joint] : gapText(gap)}\n  ${told.replaceAll("\n", "\n  ")}`;
}

const JOINTS: Readonly<Record<Joint, string>> = {
  first: "begins with its snapshot",
  same: "goes on, to the byte",
  differs: "its snapshot differs from the state at the end of the one before",
  gap: "",
  "without snapshot": "goes on; its snapshot is lost",
};

function gapText({ unrecorded, from, to }: Gap): string {
  const what = unrecorded === null ? "an unknown number of" : `${unrecorded}`;
  return `a gap before it: ${what} records between ${from} and ${to} s are missing`;
}
