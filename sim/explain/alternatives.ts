import { SERVER_NODE } from "../model/events.ts";
import type { Run } from "../model/simulation.ts";
import type { Decision } from "./decision.ts";
import type { Names } from "./names.ts";
import { type Share, sharesOf } from "./shares.ts";
import type { Life } from "./timeline.ts";
import type { Truth } from "./truth.ts";
import { watchForced } from "./watch.ts";

/** What would have become of a request at one node. */
export interface Alternative {
  /** Null where the customer was asked to come back later. */
  readonly node: number | null;
  readonly delay: number;
  readonly accepted: boolean;
  readonly retries: number;
  /** What would have held it back most; null where it took no time. */
  readonly mostly: Share | null;
}

/** Simulates the run again with the request sent to `node`. */
export function alternative(run: Run, request: number, node: number): Alternative {
  const { life, names } = watchForced(run, request, node);
  return outcome(node, life, names);
}

export function outcome(node: number | null, life: Life, names: Names): Alternative {
  return {
    node,
    delay: life.ended - life.asked,
    accepted: life.accepted,
    retries: Math.max(0, life.attempts.length - 1),
    mostly: sharesOf([life], names)[0] ?? null,
  };
}

/** Best first: who delivers before who does not, then the shorter delay; of equals, the chosen one. */
export function ranked(alternatives: readonly Alternative[], chosen: number | null): Alternative[] {
  return [...alternatives].sort(
    (a, b) =>
      Number(b.accepted) - Number(a.accepted) ||
      a.delay - b.delay ||
      Number(b.node === chosen) - Number(a.node === chosen) ||
      Number(a.node) - Number(b.node),
  );
}

/** Events that are simulated for alternatives unless told otherwise: about half a minute of one core. */
const AFFORDABLE = 6_000_000;

/** Alternatives that are tried where all of them would cost more than that. */
const FEW = 8;

/**
 * The nodes to try instead of the one chosen: the server and at most `limit` candidates, those first
 * that would have been best by the truth at the decision. All candidates where no limit is given and `events`
 * for each can be afforded.
 */
export function nodesToTry(
  { node: chosen, candidates }: Decision,
  truths: readonly Truth[],
  { bytes, events }: { readonly bytes: number; readonly events: number },
  limit: number | undefined,
): number[] {
  const others = candidates.map(({ node }) => node).filter((node) => node !== chosen);
  const most = limit ?? (others.length * events <= AFFORDABLE ? others.length : FEW);
  const seconds = new Map(truths.map((truth) => [truth.node, expected(truth, bytes)]));
  const secondsAt = (node: number) => seconds.get(node) ?? NEVER;
  const best = others.sort((a, b) => secondsAt(a) - secondsAt(b) || a - b).slice(0, most);
  return chosen === SERVER_NODE || limit === 0 ? best : [SERVER_NODE, ...best];
}

/** More seconds than any download takes; finite, so that differences are numbers. */
const NEVER = Number.MAX_VALUE;

/** Seconds that `bytes` more would take if the uplink were shared equally by its downloads. */
function expected({ isOnline, holds, caches, uplink, downloads, toSend }: Truth, bytes: number) {
  if (!isOnline || !(holds || caches)) return NEVER;
  return (Math.min(downloads * bytes, toSend) + bytes) / uplink;
}
