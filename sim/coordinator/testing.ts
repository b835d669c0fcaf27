/** A coordinator with policies that do as they are told, for tests. */
import type {
  Bound,
  Dispatch,
  DispatchEvent,
  DispatchView,
  Random,
  Replication,
  ReplicationView,
} from "../policies/index.ts";
import type { ActionKind } from "./actions.ts";
import { Coordinator } from "./coordinator.ts";
import type { Event } from "./events.ts";
import type { Chance, CoordinatorPolicies, CoordinatorSettings } from "./parts.ts";
import type { Report } from "./report.ts";

const NEVER = Number.POSITIVE_INFINITY;

export const SETTINGS: CoordinatorSettings = {
  ...{ uplink: 1000, timeout: 100, inFlight: "by-request", probeEvery: NEVER, placeEvery: NEVER },
};

/** A policy that says so; what it is told, it remembers as a list. */
export function saying<View, Decision, Event>(
  decide: (view: View, random: Random) => Decision,
): Bound<View, Decision, Event> & { readonly events: Event[] } {
  let events: Event[] = [];
  return {
    ...{ name: "saying", remembers: true, decide },
    get events() {
      return events;
    },
    observe: (event) => {
      events = [...events, { ...event }];
    },
    get memory() {
      return events;
    },
    recall: (saved) => {
      events = (saved ?? []) as Event[];
    },
  };
}

/** Sends each customer to the first candidate, or else the server delivers. */
export const toFirst = (view: DispatchView): Dispatch =>
  view.count > 0 ? { to: 0, reason: "first" } : { to: -1, reason: "nobody" };

/** Has nobody hold anything. */
export const nowhere = (): Replication => ({ copyTo: [], reason: "nobody" });

/** Streams that count: by their names, their first numbers differ. What was handed out is told. */
export function countedChance() {
  const names: string[] = [];
  const kept = new Map<string, number>();
  const stream = (name: string, start: number): Random => {
    let next = start;
    return () => {
      next = (next + 0.1) % 1;
      kept.set(name, next);
      return next;
    };
  };
  const chance: Chance = {
    stream(name) {
      names.push(name);
      kept.set(name, 0);
      return () => {
        const next = ((kept.get(name) ?? 0) + 0.125) % 1;
        kept.set(name, next);
        return next;
      };
    },
    fresh(name) {
      names.push(`fresh ${name}`);
      return stream(`fresh ${name}`, 0.5);
    },
    save: () => Object.fromEntries([...kept].filter(([name]) => !name.startsWith("fresh"))),
    load(saved) {
      for (const [name, state] of Object.entries(saved as Record<string, number>))
        kept.set(name, state);
    },
  };
  return { chance, names };
}

export interface TestParts {
  readonly settings?: Partial<CoordinatorSettings>;
  readonly dispatch?: (view: DispatchView, random: Random) => Dispatch;
  readonly replication?: (view: ReplicationView, random: Random) => Replication;
  readonly policies?: Partial<CoordinatorPolicies>;
  /** Whether there is no journal. */
  readonly isSilent?: boolean;
}

/** A coordinator, what it tells its journal, and its actions in words. */
export function coordinatorOf(parts: TestParts = {}) {
  const events: Event[] = [];
  const { chance, names } = countedChance();
  const dispatch = saying<DispatchView, Dispatch, DispatchEvent>(parts.dispatch ?? toFirst);
  const replication = saying<ReplicationView, Replication, never>(parts.replication ?? nowhere);
  const coordinator = new Coordinator({
    settings: { ...SETTINGS, ...parts.settings },
    policies: { dispatch, replication, trust: null, sync: null, ...parts.policies },
    chance,
    pathOf: (file) => `pool/${file}`,
    onEvent: parts.isSilent ? undefined : (event) => events.push(event),
  });
  const actions = (): string[] => {
    const all: string[] = [];
    coordinator.actions.take((kind: ActionKind, volunteer, subject) =>
      all.push(`${kind} ${volunteer} ${subject}`),
    );
    return all;
  };
  return { coordinator, events, actions, dispatch, names };
}

/** An announce of nothing, but for these facts. */
export const report = (facts: Partial<Report> = {}): Report => ({
  ...{ uploaded: 0, downloaded: 0, left: 0, completed: [], dropped: [], started: false },
  ...facts,
});

const LONG_AGO = Number.NEGATIVE_INFINITY;

/** So many volunteers, all of which hold files 0 to 9 of 100 B, and what the policy is shown. */
export function redirecting(count: number, parts: TestParts = {}) {
  const views: DispatchView[] = [];
  const decide = parts.dispatch ?? toFirst;
  const all = coordinatorOf({
    ...parts,
    dispatch: (view, random) => {
      const candidates = view.candidates.slice(0, view.count);
      views.push({
        ...{ ...view, client: { ...view.client }, server: { ...view.server } },
        candidates: candidates.map((candidate) => ({
          ...candidate,
          ...{ transfers: candidate.transfers, foreign: candidate.foreign, rate: candidate.rate },
          ...{ backlog: candidate.backlog, ahead: candidate.ahead, facts: { ...candidate.facts } },
        })),
      });
      return decide(view, random);
    },
  });
  const { coordinator } = all;
  for (let file = 0; file < 10; file++) coordinator.addFile(file, 100, LONG_AGO, 0);
  for (let volunteer = 0; volunteer < count; volunteer++) {
    coordinator.register(volunteer, { uplink: 10 }, 0);
    coordinator.announce(volunteer, report({ holds: { below: 10, except: [] } }), 0);
  }
  const last = (): DispatchView => views[views.length - 1];
  return {
    ...{ ...all, views, last },
    nodes: () => last().candidates.map(({ node }) => node),
    beliefs: () => last().candidates.map(({ belief }) => belief),
  };
}
