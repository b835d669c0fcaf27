import { statSync } from "node:fs";
import type { FirstDifference, Replay } from "../../replay/replay.ts";
import type { CommandBody } from "../command-body.ts";
import { EXIT } from "../exit.ts";
import { agrees, folderJson, folderText } from "../journal-folder-text.ts";
import { journalJson, journalText } from "../journal-text.ts";

interface ReplayArguments {
  readonly log: string;
  readonly snapshot: string | undefined;
  readonly json: boolean;
}

export const replayCommand: CommandBody<ReplayArguments> = {
  builder: (yargs) =>
    yargs
      .positional("log", {
        type: "string",
        demandOption: true,
        describe:
          "Journal of a server or of `sim run --journal`, or log of decisions, packed or not; or the " +
          "state folder of a server",
      })
      .option("snapshot", {
        type: "string",
        defaultDescription: "the one beside it",
        describe: "Snapshot that the journal follows",
      })
      .option("json", { type: "boolean", default: false, describe: "Print the result as JSON" })
      .example("$0 replay journal.gz", "does today's mirrorlab decide as the server did?")
      .example("$0 replay /var/lib/mirrorlab", "the same of all that a server has kept")
      .example("$0 replay decisions.jsonl.gz", "the same of decisions that `recorded` wrote")
      .strict() as never,
  async handler({ log, snapshot, json }) {
    if (statSync(log, { throwIfNoEntry: false })?.isDirectory()) {
      const { replayFolder } = await import("../../replay/journal/replay-folder.ts");
      const replayed = await replayFolder(log);
      console.log(json ? folderJson(replayed) : folderText(replayed));
      if (!agrees(replayed)) process.exitCode = EXIT.checkFailed;
      return;
    }
    const { isJournal, replayJournal } = await import("../../replay/journal/replay-journal.ts");
    if (await isJournal(log)) {
      const { snapshotBeside } = await import("../../replay/decisions/journal-files.ts");
      const replayed = await replayJournal(log, snapshot ?? snapshotBeside(log));
      console.log(json ? journalJson(replayed) : journalText(replayed, log));
      if (replayed.first !== null) process.exitCode = EXIT.checkFailed;
      return;
    }
    const { replayLog } = await import("../../replay/replay-log.ts");
    const replay = await replayLog(log);
    console.log(json ? jsonOf(replay) : textOf(replay, log));
    if (replay.first !== undefined) process.exitCode = EXIT.checkFailed;
  },
};

function jsonOf({ tallies, first, events }: Replay): string {
  return JSON.stringify({ policies: tallies, events, first: first ?? null }, null, 2);
}

function textOf({ tallies, first }: Replay, log: string): string {
  const lines = tallies.map(({ family, policy, agreed, differed }) => {
    const bad = differed > 0 ? `, ${differed} differ` : "";
    return `${family} ${policy}: ${agreed} of ${agreed + differed} decisions agree${bad}`;
  });
  return [...lines, ...(first === undefined ? [] : [differenceText(first, log)])].join("\n");
}

function differenceText(first: FirstDifference, log: string): string {
  const { line, family, policy, field, expected, found } = first;
  const place = `${log}:${line}: ${family} ${policy}`;
  return `${place}: ${field}: expected ${JSON.stringify(expected)}; got ${JSON.stringify(found)}`;
}
