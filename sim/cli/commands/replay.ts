import type { FirstDifference, Replay } from "../../runner/replay/replay.ts";
import type { CommandBody } from "../command-body.ts";
import { EXIT } from "../exit.ts";

interface ReplayArguments {
  readonly log: string;
  readonly json: boolean;
}

export const replayCommand: CommandBody<ReplayArguments> = {
  builder: (yargs) =>
    yargs
      .positional("log", {
        type: "string",
        demandOption: true,
        describe: "Log of decisions as `recorded` of mirrorlab/policies writes it, packed or not",
      })
      .option("json", { type: "boolean", default: false, describe: "Print the result as JSON" })
      .example("$0 replay decisions.jsonl.gz", "do today's policies decide as the server did?")
      .strict() as never,
  async handler({ log, json }) {
    const { replayLog } = await import("../../runner/replay/replay-log.ts");
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
