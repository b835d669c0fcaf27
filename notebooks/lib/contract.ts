import {
  bind,
  type Candidate,
  type DispatchPolicy,
  type DispatchView,
  recorded,
  revived,
  SERVER,
} from "../../sim/policies/index.ts";
import { candidate, deepFreeze, dispatchView, stream } from "../../sim/policies/testing.ts";

const BELIEFS = ["verified", "listed", "stale", "partial"] as const;

/** Views as a host may pass them: with nobody, with bad copies, with more candidates than count. */
export function someViews(many: number, seed = 1): readonly DispatchView[] {
  const random = stream(seed);
  const amount = () => (random() < 0.3 ? 0 : Math.floor(1e9 * random() ** 3));
  return Array.from({ length: many }, () => {
    const candidates = Array.from(
      { length: Math.floor(9 * random()) },
      (_, node): Candidate =>
        candidate(node, {
          belief: BELIEFS[Math.floor(random() * BELIEFS.length)] ?? "verified",
          uplink: 1e4 + Math.floor(1e6 * random()),
          reportedAt: -Math.floor(3600 * random()),
          pending: amount(),
          redirected: amount(),
          uploaded: amount(),
          transfers: Math.floor(6 * random()),
        }),
    );
    const count = Math.max(0, candidates.length - Math.floor(2 * random()));
    return deepFreeze(dispatchView(candidates, { count, size: 1 + amount() }));
  });
}

/** Something that every dispatch policy owes its host, and the first view for which it does not. */
export interface Duty {
  readonly duty: string;
  /** Whether the policy, bound anew, does its duty for the view. */
  readonly isDone: (policy: DispatchPolicy, view: DispatchView) => boolean;
}

/**
 * What the conformance suite of the library asks (sim/policies/conformance), in few words; the suite
 * asks more, of more views.
 */
export const DUTIES: readonly Duty[] = [
  {
    duty: "decides the same for the same view and draws",
    isDone: (policy, view) => {
      const [first, second] = [0, 1].map(() => bind(policy).decide(view, stream(1)));
      return JSON.stringify(first) === JSON.stringify(second);
    },
  },
  {
    duty: "redirects to a candidate that counts, or to the server",
    isDone: (policy, view) => {
      const { to } = bind(policy).decide(view, stream(1));
      return to === SERVER || (Number.isInteger(to) && 0 <= to && to < view.count);
    },
  },
  {
    duty: "redirects to sound copies only",
    isDone: (policy, view) => {
      const { to } = bind(policy).decide(view, stream(1));
      const belief = view.candidates[to]?.belief;
      return belief === undefined || belief === "verified" || belief === "listed";
    },
  },
  {
    duty: "gives a reason",
    isDone: (policy, view) => bind(policy).decide(view, stream(1)).reason !== "",
  },
  {
    duty: "decides the same from its record",
    isDone: (policy, view) => {
      const lines: string[] = [];
      const bound = recorded("dispatch", policy, {}, (line) => lines.push(line));
      const decision = bound.decide(view, stream(1));
      const { view: seen, draws } = JSON.parse(lines[0] ?? "", revived);
      const again = bind(policy).decide(seen, () => draws.shift());
      return JSON.stringify(again) === JSON.stringify(decision);
    },
  },
];

/** How a policy does its duties: the number of views for which it fails, or what it throws. */
export function inspected(policy: DispatchPolicy, views: readonly DispatchView[]) {
  return DUTIES.map(({ duty, isDone }) => {
    try {
      const failures = views.filter((view) => !isDone(policy, view)).length;
      return { duty, verdict: failures === 0 ? "yes" : `no, for ${failures} of ${views.length}` };
    } catch (error) {
      return { duty, verdict: `throws: ${error instanceof Error ? error.message : error}` };
    }
  });
}
