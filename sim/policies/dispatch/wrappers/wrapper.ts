import type { ParamSpecs, ParamValues, Random } from "../../policy.ts";
import type { Candidate, Dispatch, DispatchPolicy, DispatchView } from "../dispatch.ts";

/**
 * A rule that goes before any dispatch policy: it decides itself, or lets the other decide, of all
 * candidates or of some. In an experiment the two are one policy, `wrapper+policy`. The names of its
 * params begin with its own, so that both take their params from one mapping.
 */
export interface DispatchWrapper<Params extends ParamSpecs = ParamSpecs> {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  /** What the source does otherwise; absent where nothing is known to differ. */
  readonly differs?: string;
  readonly params: Params;
  decide(view: DispatchView, params: ParamValues<Params>, random: Random, inner: Inner): Dispatch;
}

/** The policy inside a wrapper. */
export interface Inner {
  decide(): Dispatch;
  /** Its decision of the candidates that `keep` keeps; of all, where those are fewer than `atLeast`. */
  among(keep: (candidate: Candidate) => boolean, atLeast?: number): Dispatch;
}

/** The policy `outer+inner`. */
export function wrap(outer: DispatchWrapper, inner: DispatchPolicy): DispatchPolicy {
  // Room for the candidates kept and their places in the view, used within one decision only.
  const kept: Candidate[] = [];
  const places: number[] = [];
  const differs = [outer, inner].flatMap((part) => part.differs ?? []).join("; ");
  return {
    ...inner,
    name: `${outer.name}+${inner.name}`,
    summary: `${outer.summary}; then ${inner.summary}`,
    source: `${outer.source}; ${inner.source}`,
    ...(differs !== "" && { differs }),
    params: { ...inner.params, ...outer.params },
    decide: (view, params, random, memory) =>
      outer.decide(view, params, random, {
        decide: () => inner.decide(view, params, random, memory),
        among(keep, atLeast = 0) {
          let count = 0;
          for (let i = 0; i < view.count; i++) {
            if (!keep(view.candidates[i])) continue;
            kept[count] = view.candidates[i];
            places[count++] = i;
          }
          if (count < atLeast) return inner.decide(view, params, random, memory);
          const some = { ...view, candidates: kept, count };
          const decision = inner.decide(some, params, random, memory);
          return decision.to < 0 ? decision : { ...decision, to: places[decision.to] };
        },
      }),
  };
}
