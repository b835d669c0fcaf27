import { show } from "../experiment/config/complaint.ts";
import {
  type DecisionRecord,
  type EventRecord,
  RECORD_VERSION,
  type RecallRecord,
  revived,
} from "../policies/index.ts";

export type LogRecord = DecisionRecord | EventRecord | RecallRecord;

/** What a line of a log of decisions says, or what is wrong with it, each in one sentence. */
export function readRecord(
  line: string,
): { readonly record: LogRecord } | { readonly problems: string[] } {
  let fields: unknown;
  try {
    fields = JSON.parse(line, revived);
  } catch {
    return { problems: [`expected a line of JSON; got ${show(line)}`] };
  }
  if (!isMapping(fields)) return { problems: [`expected a record; got ${show(fields)}`] };
  const { v } = fields;
  if (v !== RECORD_VERSION) return { problems: [`v: expected ${RECORD_VERSION}; got ${show(v)}`] };
  const shape = "event" in fields ? EVENT : "recalled" in fields ? RECALL : DECISION;
  const problems = Object.entries(shape).flatMap(([name, { what, is }]) => {
    const value = fields[name];
    return is(value) ? [] : [`${name}: expected ${what}; got ${show(value)}`];
  });
  return problems.length > 0 ? { problems } : { record: fields as unknown as LogRecord };
}

interface Kind {
  readonly what: string;
  is(value: unknown): boolean;
}

const text: Kind = { what: "text", is: (value) => typeof value === "string" };
const mapping: Kind = { what: "a mapping", is: isMapping };
const present: Kind = { what: "a value", is: (value) => value !== undefined };
const params: Kind = {
  what: "a mapping of numbers",
  is: (value) => isMapping(value) && Object.values(value).every((each) => typeof each === "number"),
};
const draws: Kind = {
  what: "a list of numbers in [0, 1)",
  is: (value) => Array.isArray(value) && value.every((draw) => 0 <= draw && draw < 1),
};
const whole: Kind = { what: "a whole number", is: Number.isInteger };

const POLICY: Readonly<Record<string, Kind>> = {
  ...{ family: text, policy: text, params, memory: whole },
};
const DECISION = { ...POLICY, view: mapping, draws, decision: mapping };
const EVENT = { ...POLICY, event: present };
const RECALL = { ...POLICY, recalled: present };

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
