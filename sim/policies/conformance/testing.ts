/**
 * What every policy owes its hosts, whatever its family and its idea.
 *
 * A check is tried on a thousand sampled views of the family, the same for each policy. They are
 * frozen, so that a policy which changes one throws.
 */
import { bind, type Policy, paramProblems } from "../policy.ts";
import { jsonOf, recorded, revived } from "../record.ts";
import type { Rules } from "../rules.ts";
import { deepFreeze, evenly, replay } from "../testing.ts";

export type Checks<P> = Readonly<Record<string, (policy: P) => void>>;

/** Frozen views of one family, as many pasts that its hosts may tell of, and the family's rules. */
export interface Samples<View, Decision, Event> {
  readonly rules: Rules<View, Decision, Event>;
  readonly views: readonly View[];
  readonly pasts: readonly (readonly Event[])[];
}

export function commonChecks<View, Decision extends { readonly reason: string }, Event>({
  rules,
  views,
  pasts,
}: Samples<View, Decision, Event>) {
  const checks: Checks<Policy<View, Decision, Event>> = {
    "names itself, its idea and its source": ({ name, summary, source, differs }) => {
      for (const part of name.split("+")) claim(isKebab(part), name);
      claim(summary.length > 0 && source.length > 0 && differs !== "", name);
    },

    "has params whose defaults are allowed": (policy) => {
      const defaults = Object.entries(policy.params).map(([param, spec]) => [param, spec.default]);
      claimEqual(paramProblems(policy, Object.fromEntries(defaults)), []);
      for (const [param, { summary }] of Object.entries(policy.params)) {
        claim(/^[a-z]+([A-Z][a-z]*)*$/.test(param) && summary.length > 0, param);
      }
    },

    "repeats its decision for the same view, draws and events": (policy) => {
      for (const [index, view] of views.entries()) {
        const [host, again] = [bind(policy), bind(policy)];
        for (const event of pasts[index]) host.observe(event);
        for (const event of pasts[index]) again.observe(event);
        const decision = host.decide(view, evenly());
        host.decide(views[(index + 1) % views.length], evenly(0.5)); // Must leave nothing behind.
        claimEqual(host.decide(view, evenly()), decision);
        claimEqual(again.decide(view, evenly()), decision);
      }
    },

    "decides the same from what is recorded of it": (policy) => {
      for (const [index, view] of views.entries()) {
        const lines: string[] = [];
        const host = recorded("test", policy, {}, (line) => lines.push(line));
        for (const event of pasts[index]) host.observe(event);
        const decision = host.decide(view, evenly());
        const again = bind(policy);
        for (const line of lines) {
          const record = JSON.parse(line, revived);
          if ("event" in record) again.observe(record.event);
          else {
            const draws = [...record.draws];
            claimEqual(again.decide(record.view, replay(draws)), decision);
            claimEqual(record.decision, decision);
          }
        }
      }
    },

    "decides by its family's rules when they are checked": (policy) => {
      const [host, plain] = [bind(policy, {}, { checked: rules }), bind(policy)];
      for (const [index, view] of views.entries()) {
        for (const event of pasts[index]) host.observe(event);
        for (const event of pasts[index]) plain.observe(event);
        claimEqual(host.decide(view, evenly()), plain.decide(view, evenly()));
      }
    },

    "takes neither chance nor time from its surroundings": (policy) => {
      const { decide } = bind(policy);
      withoutSurroundings(() => {
        for (const view of views) decide(view, () => 0.5);
      });
    },

    "does not change the memory it is given": ({ memory }) => {
      if (memory === undefined) return;
      for (const past of pasts) {
        past.reduce((before: unknown, event) => {
          const after = memory.observe(deepFreeze(before), event);
          claimEqual(memory.observe(before, event), after);
          return after;
        }, memory.init());
      }
    },

    "remembers plain data, from which it goes on after a time as JSON": (policy) => {
      for (const [index, view] of views.entries()) {
        const [host, later] = [bind(policy), bind(policy)];
        for (const event of pasts[index]) host.observe(event);
        const { memory, remembers } = host;
        claim(remembers === (policy.memory !== undefined), `${remembers}`);
        if (!remembers) return claim(memory === undefined, "keeps a memory that it has not");
        claim(isPlain(memory), "remembers more than plain data");
        later.recall(JSON.parse(jsonOf(memory), revived));
        const [event] = pasts[(index + 1) % pasts.length];
        for (const bound of event === undefined ? [] : [host, later]) bound.observe(event);
        claimEqual(later.memory, host.memory);
        claimEqual(later.decide(view, evenly()), host.decide(view, evenly()));
      }
    },

    "gives one of a few short reasons": (policy) => {
      const { decide } = bind(policy);
      const random = evenly();
      const reasons = new Set(views.map((view) => decide(view, random).reason));
      claim(reasons.size <= 8, [...reasons].join());
      for (const reason of reasons) claim(0 < reason.length && reason.length <= 40, reason);
    },
  };
  return checks;
}

/** The names of the checks that `policy` fails. */
export function failing<P>(policy: P, checks: Checks<P>): string[] {
  return Object.keys(checks).filter((name) => {
    try {
      checks[name](policy);
      return false;
    } catch {
      return true;
    }
  });
}

/** `suite` of uvu, or what works alike. */
type Suite = (name: string) => { (name: string, test: () => void): void; run(): void };

/** Runs all checks on all members of a family. */
export function conforms<P extends { readonly name: string }>(
  suite: Suite,
  family: string,
  members: readonly P[],
  checks: Checks<P>,
): void {
  for (const policy of members) {
    const it = suite(`${family}: ${policy.name}`);
    for (const [name, check] of Object.entries(checks)) it(name, () => check(policy));
    it.run();
  }
}

export function claim(condition: boolean, problem: string): void {
  if (!condition) throw new Error(problem);
}

/** Whether a list of indices is without repetition and below `count`. */
export function areDistinct(indices: readonly number[], count: number): boolean {
  const areIndices = indices.every((i) => Number.isInteger(i) && 0 <= i && i < count);
  return areIndices && new Set(indices).size === indices.length;
}

function claimEqual(actual: unknown, expected: unknown): void {
  const [one, other] = [textOf(actual), textOf(expected)];
  claim(one === other, `expected ${other}; got ${one}`);
}

/** As JSON, but with Infinity and NaN told apart. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === "number" ? String(part) : part));
}

/** Whether JSON can say the value, but for the numbers that it has not. */
function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) {
    return value === null || ["number", "string", "boolean"].includes(typeof value);
  }
  const isData = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  return isData && Object.values(value).every(isPlain);
}

function isKebab(name: string): boolean {
  return /^[a-z]+(-[a-z]+)*$/.test(name);
}

/** Runs `action` while reading a clock or drawing ambient chance throws. */
function withoutSurroundings(action: () => void): void {
  const forbidden = () => {
    throw new Error("a policy read its surroundings");
  };
  const { random } = Math;
  const { now } = performance;
  const clock = globalThis.Date;
  Object.assign(Math, { random: forbidden });
  Object.assign(performance, { now: forbidden });
  globalThis.Date = new Proxy(clock, { construct: forbidden, apply: forbidden, get: forbidden });
  try {
    action();
  } finally {
    Object.assign(Math, { random });
    Object.assign(performance, { now });
    globalThis.Date = clock;
  }
}
