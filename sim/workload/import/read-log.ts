import { InputError } from "../../engine/input-error.ts";
import { type Account, type BadLine, Counter } from "./account.ts";
import { LineCutter } from "./input/lines.ts";
import { unpacked } from "./input/unpack.ts";
import type { LineParser } from "./log-format.ts";

/** How many bad lines an error shows. */
const SAMPLES = 3;
const SAMPLE_LENGTH = 120;

/** Gives each line of the file to the parser, and says what became of them. */
export async function readLines(
  path: string,
  format: string,
  parser: LineParser,
): Promise<Account> {
  const counter = new Counter();
  const lines = new LineCutter(path, (bytes, start, end) => {
    counter.count(parser.line(bytes, start, end), bytes, start, end);
  });
  for await (const chunk of unpacked(path)) lines.chunk(chunk);
  lines.end();
  return counter.account(path, format);
}

/** @throws InputError when more than the share `maxBad` of the lines, from 0 to 1, is bad. */
export function checkBad(account: Account, maxBad: number): void {
  const { path, format, lines, bad, badLines } = account;
  if (bad <= maxBad * lines) return;
  throw new InputError([
    `${path}: expected at most ${percent(maxBad)} of the lines to be unreadable as ${format}; ` +
      `got ${bad} of ${lines} (${percent(bad / lines)}); maxBad, or --max-bad, allows more`,
    ...badLines.slice(0, SAMPLES).map((line) => `${path}: ${shown(line)}`),
  ]);
}

/** A bad line for people to read. */
export function shown({ line, reason, text }: BadLine): string {
  const sample = text.length > SAMPLE_LENGTH ? `${text.slice(0, SAMPLE_LENGTH)}…` : text;
  return `line ${line}: ${reason}: ${JSON.stringify(sample)}`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
