import { InputError } from "../../engine/input-error.ts";
import type { LineParser } from "./log-format.ts";

/** A format that is tried on the first lines of a file. */
export interface Candidate {
  readonly name: string;
  readonly parser: LineParser;
}

/**
 * The candidate that takes most of the `lines` of the file at `path`; of equals the first one.
 * `what` names what the file should be.
 *
 * @throws InputError when none takes any.
 */
export function detect<Some extends Candidate>(
  path: string,
  what: string,
  lines: readonly Buffer[],
  candidates: readonly Some[],
): Some {
  const taken = candidates.map(({ parser }) => lines.filter((line) => takes(parser, line)).length);
  const most = Math.max(...taken);
  if (most > 0) return candidates[taken.indexOf(most)];
  const known = candidates.map(({ name }) => name).join(", ");
  const line = JSON.stringify(lines[0].toString("latin1").slice(0, 80));
  throw new InputError([`${path}: expected ${what}; got lines like ${line}; known: ${known}`]);
}

const COMMENT = 0x23;

/** Blank lines and comments say nothing: many formats have them. */
function takes(parser: LineParser, line: Buffer): boolean {
  const { kind } = parser.line(line, 0, line.length);
  return kind !== "bad" && line.length > 0 && line[0] !== COMMENT;
}
