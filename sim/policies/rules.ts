/** What is right and wrong in a family: which views its policies can be asked of, and what they may say. */
import { type Kind, shown } from "./shape.ts";

/** What is in a decision's fields, as long as nobody has looked. */
export type Unsure<Decision> = { readonly [Name in keyof Decision]?: unknown };

export interface Rules<View, Decision, Event> {
  readonly view: Kind<View>;
  /** What hosts tell of; absent where the family's policies are told nothing. */
  readonly event?: Kind<Event>;
  /** What is wrong with a decision about the view, in one sentence: a host could not act on it. */
  whatIsWrong(view: View, decision: Unsure<Decision>): string | undefined;
}

/** Problems that are told of one value; a list whose items all lack a field would have as many. */
const MOST_PROBLEMS = 100;

/** All that is wrong with the value, each with its place and in one sentence. */
export function problemsOf<T>(kind: Kind<T>, value: unknown, place: string): string[] {
  const problems: string[] = [];
  let others = 0;
  const tell = (at: string, expected: string, found: unknown) => {
    if (problems.length === MOST_PROBLEMS) others++;
    else problems.push(`${at}: expected ${expected}; got ${shown(found)}`);
  };
  kind.check(value, place, tell, {});
  return others > 0 ? [...problems, `${others} more problems`] : problems;
}

/** What is wrong with a decision whose field `name` holds `found`. */
export function wrongField(name: string, expected: string, found: unknown): string {
  return `decision.${name}: expected ${expected}; got ${shown(found)}`;
}

/** What is wrong with a decision that gives no reason. */
export function wrongReason(reason: unknown): string | undefined {
  return typeof reason === "string" ? undefined : wrongField("reason", "text", reason);
}

/** What is wrong with a list of indices below `count`, each once. */
export function wrongIndices(name: string, found: unknown, count: number): string | undefined {
  if (!Array.isArray(found)) return wrongField(name, "a list of indices", found);
  const seen = new Set<unknown>();
  for (const index of found) {
    if (!isIndex(index, count) || seen.has(index)) {
      return wrongField(name, `${indices(0, count)}, each once`, index);
    }
    seen.add(index);
  }
  return undefined;
}

export function isIndex(value: unknown, count: number): boolean {
  return Number.isInteger(value) && 0 <= Number(value) && Number(value) < count;
}

export function indices(first: number, count: number): string {
  return `a whole number in [${first}, ${count})`;
}
