import { streams } from "../engine/random.ts";
import {
  type Bound,
  type Candidate,
  type Dispatch,
  type DispatchEvent,
  type DispatchView,
  type Random,
  SERVER,
} from "../policies/index.ts";

type DispatchPolicy = Bound<DispatchView, Dispatch, DispatchEvent>;

/** A decision as it was taken, with what was known. Nodes by number, `SERVER` for the server. */
export interface Decision {
  readonly at: number;
  /** Null where the customer was asked to come back later. */
  readonly node: number | null;
  readonly reason: string;
  /** Seconds after which the customer was to come back, where it was put off. */
  readonly retryAfter?: number;
  /** Random numbers that the decision took. */
  readonly draws: number;
  /** Deliveries that the server was sending, of which it knows. */
  readonly serverSending: number;
  /** What the server believed of each candidate. */
  readonly candidates: readonly Believed[];
  /** Whom the policy would have taken, had those before not been there; the one chosen first. */
  readonly order: readonly number[];
}

/** Fields of `Candidate` as they were. Bytes, bytes per second, seconds. */
export interface Believed
  extends Pick<
    Candidate,
    | ("node" | "belief" | "uplink" | "reportedAt" | "uploadRate" | "syncRate" | "left")
    | ("uploaded" | "pending" | "redirected" | "transfers")
  > {
  readonly failures: number;
  readonly failedAt: number;
  readonly joinedAt: number;
  /** Seconds that the last probe took; null where none was answered. */
  readonly latency: number | null;
}

/** The policy, which tells `onDecision` of the first decision for which `isIt` holds. */
export function observed(
  policy: DispatchPolicy,
  isIt: () => boolean,
  onDecision: (decision: Decision) => void,
): DispatchPolicy {
  let isDone = false;
  return {
    ...policy,
    get memory() {
      return policy.memory;
    },
    decide(view, random) {
      if (isDone || !isIt()) return policy.decide(view, random);
      isDone = true;
      const draws: number[] = [];
      const decision = policy.decide(view, () => {
        const draw = random();
        draws.push(draw);
        return draw;
      });
      onDecision(written(policy, view, decision, draws));
      return decision;
    },
  };
}

/**
 * The policy, which sends the first request for which `isIt` holds to `node`. It decides all the same,
 * so that it takes the random numbers that it would have taken.
 */
export function forced(policy: DispatchPolicy, isIt: () => boolean, node: number): DispatchPolicy {
  let isDone = false;
  return {
    ...policy,
    decide(view, random) {
      const decision = policy.decide(view, random);
      if (isDone || !isIt()) return decision;
      isDone = true;
      const to = candidatesOf(view).findIndex((candidate) => candidate.node === node);
      if (to < 0 && node !== SERVER) throw new Error(`volunteer ${node} is no candidate`);
      return { to, reason: "forced" };
    },
  };
}

function written(
  policy: DispatchPolicy,
  view: DispatchView,
  { to, reason, retryAfter }: Dispatch,
  draws: readonly number[],
): Decision {
  return {
    at: view.now,
    node: retryAfter === undefined ? nodeAt(view, to) : null,
    reason,
    ...(retryAfter !== undefined && { retryAfter }),
    draws: draws.length,
    serverSending: view.server.sending,
    candidates: candidatesOf(view).map(believed),
    order: orderOf(policy, view, draws),
  };
}

function believed(candidate: Candidate): Believed {
  const { node, belief, uplink, reportedAt, uploadRate, syncRate, left } = candidate;
  const { uploaded, pending, redirected, transfers, facts } = candidate;
  const { failures, failedAt, joinedAt, latency } = facts;
  return {
    ...{ node, belief, uplink, reportedAt, uploadRate, syncRate, left },
    ...{ uploaded, pending, redirected, transfers, failures, failedAt, joinedAt },
    latency: latency.samples === 0 ? null : latency.last,
  };
}

/** Takes away whom the policy chooses, again and again, until it is left with the server. */
function orderOf(policy: DispatchPolicy, view: DispatchView, draws: readonly number[]): number[] {
  const order: number[] = [];
  let left = candidatesOf(view);
  for (;;) {
    const some = { ...view, candidates: left, count: left.length };
    const { to } = policy.decide(some, replayed(draws));
    const node = nodeAt(some, to);
    order.push(node);
    if (node === SERVER) return order;
    left = left.filter((candidate) => candidate.node !== node);
  }
}

/** The same random numbers again, and others where they do not suffice. */
function replayed(draws: readonly number[]): Random {
  const others = streams("explain")("order");
  let next = 0;
  return () => draws[next++] ?? others();
}

function candidatesOf({ candidates, count }: DispatchView): readonly Candidate[] {
  return candidates.slice(0, count);
}

function nodeAt({ candidates }: DispatchView, to: number): number {
  return to === SERVER ? SERVER : candidates[to].node;
}
