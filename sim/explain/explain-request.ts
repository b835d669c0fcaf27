import { SERVER_NODE } from "../model/events.ts";
import { volunteersOf } from "../model/machines.ts";
import type { Run } from "../model/simulation.ts";
import { type Alternative, nodesToTry, outcome, ranked } from "./alternatives.ts";
import type { Decision } from "./decision.ts";
import { phaseName, type Share, sharesOf } from "./shares.ts";
import type { Attempt, Phase, Step } from "./timeline.ts";
import type { Truth } from "./truth.ts";
import { type SeenRequest, watchRequest } from "./watch.ts";

/** Why a download took as long as it did. Seconds from the start of the window, bytes, bytes/s. */
export interface RequestExplanation {
  readonly request: number;
  readonly customer: CustomerFacts;
  readonly file: { readonly path: string; readonly size: number };
  /** What the customer wanted of it. */
  readonly bytes: number;
  readonly arrived: number;
  readonly asked: number;
  readonly ended: number;
  readonly delay: number;
  readonly accepted: boolean;
  readonly attempts: readonly (Attempt & { readonly name: string })[];
  /** What held it back, most first; the seconds add up to the delay. */
  readonly shares: readonly Share[];
  readonly phases: readonly NamedPhase[];
  /** The rate at which its bytes came, from each time on, in bytes per second. */
  readonly steps: readonly Step[];
  readonly decision: Decision | null;
  readonly holders: Holders;
  /** The server and all volunteers, at the decision. */
  readonly truths: readonly (Truth & { readonly name: string; readonly class: string })[];
  /** The decision as it was and those tried instead, best first. */
  readonly outcomes: readonly Alternative[];
  /** Seconds that the best of them would have saved. */
  readonly regret: number;
}

export interface CustomerFacts {
  readonly number: number;
  /** Bytes per second. */
  readonly downlink: number;
  /** Null for a place of its own on the backbone. */
  readonly site: string | null;
}

export interface NamedPhase extends Omit<Phase, "hold"> {
  readonly heldBy: string;
  /** Bytes per second, on average. */
  readonly rate: number;
}

/** Numbers of volunteers, as of the decision. */
export interface Holders {
  /** On line, and able to give the file. */
  readonly able: readonly number[];
  /** Of those, whom the server did not know or trust. */
  readonly unknown: readonly number[];
  /** Candidates that could not give it. */
  readonly wrong: readonly number[];
}

/** Tries other nodes for a request, by whatever means; the outcomes in the order of `nodes`. */
export type TryNodes = (nodes: readonly number[]) => Promise<readonly Alternative[]>;

/** Explains one request of the run; the fingerprint is that of the whole run. */
export async function explainRequest(
  run: Run,
  request: number,
  limit: number | undefined,
  tryNodes: TryNodes,
): Promise<{ readonly explanation: RequestExplanation; readonly fingerprint: string }> {
  const seen = watchRequest(run, request);
  const bytes = run.workload.trace.bytes[request];
  const { life, names, decision, truths, ending } = seen;
  const others =
    decision === null
      ? []
      : await tryNodes(nodesToTry(decision, truths, { bytes, events: life.events }, limit));
  const chosen = decision === null ? (life.attempts[0]?.node ?? null) : decision.node;
  const outcomes = ranked([outcome(chosen, life, names), ...others], chosen);
  return {
    explanation: { ...facts(run, seen), ...regretOf(outcomes, life) },
    fingerprint: ending.fingerprint,
  };
}

function regretOf(outcomes: readonly Alternative[], life: SeenRequest["life"]) {
  const [best] = outcomes;
  return { outcomes, regret: best.accepted ? life.ended - life.asked - best.delay : 0 };
}

function facts(
  { workload, system }: Run,
  { life, names, decision, truths, customer }: SeenRequest,
): Omit<RequestExplanation, "outcomes" | "regret"> {
  const { request, arrived, asked, ended, accepted, attempts } = life;
  const { trace, catalogue } = workload;
  const file = trace.file[request];
  const classes = volunteersOf(system).map(({ spec }) => spec.name);
  return {
    request,
    customer: { number: trace.customer[request], ...customer },
    file: { path: catalogue.path(file), size: catalogue.size[file] },
    bytes: trace.bytes[request],
    ...{ arrived, asked, ended, delay: ended - asked, accepted },
    attempts: attempts.map((attempt) => ({ ...attempt, name: names.node(attempt.node) })),
    shares: sharesOf([life], names),
    phases: life.phases.map((phase) => {
      const { hold: _, ...rest } = phase;
      const rate = phase.bytes / (phase.to - phase.from);
      return { ...rest, rate, heldBy: phaseName(life, phase, names).name };
    }),
    steps: life.steps,
    decision,
    holders: holdersOf(decision, truths),
    truths: truths.map((truth) => ({
      ...truth,
      name: names.node(truth.node),
      class: classes[truth.node] ?? "",
    })),
  };
}

function holdersOf(decision: Decision | null, truths: readonly Truth[]): Holders {
  const believed = new Set(decision?.candidates.map(({ node }) => node));
  const able = truths
    .filter((truth) => truth.node !== SERVER_NODE && isAble(truth))
    .map(({ node }) => node);
  return {
    able,
    unknown: able.filter((node) => !believed.has(node)),
    wrong: [...believed].filter((node) => !able.includes(node)),
  };
}

function isAble({ isOnline, holds, caches }: Truth): boolean {
  return isOnline && (holds || caches);
}
