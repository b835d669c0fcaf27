import { recordsIn, segmentsIn } from "../../live/journal/segments.ts";
import { type ReplayedFolder, replayFolder } from "../../replay/journal/replay-folder.ts";

/** All that a journal says was asked, in order. */
export function askedIn(folder: string) {
  return segmentsIn(folder).flatMap(({ journal }) =>
    [...recordsIn(journal)].flatMap((record) => (record.kind === "asked" ? [record] : [])),
  );
}

/** What is wrong with a journal after its server was killed, a sentence each. */
export async function problemsOf(folder: string): Promise<string[]> {
  const { segments, notes }: ReplayedFolder = await replayFolder(folder);
  return [
    ...notes.filter((note) => !note.endsWith("not begun")),
    ...segments.flatMap(({ journal, joint, replayed: { differed } }) => [
      ...(differed > 0 ? [`${journal}: ${differed} answers differ`] : []),
      ...(joint === "differs" || joint === "gap" ? [`${journal}: ${joint}`] : []),
    ]),
  ];
}
