import { InputError } from "../engine/input-error.ts";
import { unpacked } from "../workload/import/input/unpack.ts";
import { Replay } from "./replay.ts";

/** Problems that are told; a log of another kind would have one a line. */
const MOST_PROBLEMS = 20;

/**
 * Decides every line of the log again. The file may be packed.
 *
 * @throws InputError with all that is wrong with the log, or the first of it where that is much.
 */
export async function replayLog(path: string, replay = new Replay()): Promise<Replay> {
  let line = 0;
  for await (const text of linesOf(path)) {
    line++;
    if (text.trim() !== "") replay.line(text, line);
  }
  const { problems, tallies } = replay;
  if (problems.length > 0) {
    const told = problems.slice(0, MOST_PROBLEMS).map((problem) => `${path}:${problem}`);
    const others = problems.length - told.length;
    throw new InputError(others > 0 ? [...told, `${path}: ${others} more problems`] : told);
  }
  if (tallies.length === 0) {
    throw new InputError([`${path}: expected a log of decisions; got ${line} lines without one`]);
  }
  return replay;
}

/** The lines as texts. They may be long: a record carries all that a policy saw. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of unpacked(path)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
