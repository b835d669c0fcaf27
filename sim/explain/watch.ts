import type { Ending, Run, World } from "../model/simulation.ts";
import { WIRE_EFFICIENCY } from "../network/wire.ts";
import { rerun } from "../runner/rerun.ts";
import { type Decision, forced, observed } from "./decision.ts";
import { Names } from "./names.ts";
import type { Life } from "./timeline.ts";
import { type Truth, truths } from "./truth.ts";
import { Watcher } from "./watcher.ts";

/** What a run has shown of some requests. */
export interface Seen {
  readonly lives: ReadonlyMap<number, Life>;
  readonly names: Names;
}

/** Watches the lives of these requests until the last of them has ended. */
export function watchRequests(run: Run, requests: ReadonlySet<number>): Seen {
  return watch(run, requests, () => {});
}

/** A request, the decision about it, and what was then true of the server and each volunteer. */
export interface SeenRequest {
  readonly life: Life;
  readonly names: Names;
  /** Null where the policy had nothing to decide: another customer gives the file. */
  readonly decision: Decision | null;
  readonly truths: readonly Truth[];
  /** The customer's line in bytes per second on the wire, and its site; null where it has none. */
  readonly customer: { readonly downlink: number; readonly site: string | null };
  /** How the run ended. */
  readonly ending: Ending;
}

/** Watches one request and how it was decided, in a run that goes on to its end. */
export function watchRequest(run: Run, request: number): SeenRequest {
  let watched: { readonly world: World; readonly watcher: Watcher } | undefined;
  let decision: Decision | null = null;
  let truth: Truth[] = [];
  const isIt = () => watched?.watcher.decided === request;
  const onDecision = (found: Decision) => {
    if (watched === undefined) return;
    decision = found;
    truth = truths(watched.world, watched.watcher.downloads, run.workload.trace.file[request]);
  };
  const dispatch = () => observed(run.policies.dispatch(), isIt, onDecision);
  const ending = rerun({ ...run, policies: { ...run.policies, dispatch } }, (world) => {
    const watcher = new Watcher(world, run.workload, new Set([request]));
    watched = { world, watcher };
    return watcher;
  });
  const life = watched?.watcher.lives.get(request);
  if (watched === undefined || life === undefined || ending === null) {
    throw new Error(`request ${request} has no end`);
  }
  const { world } = watched;
  const customer = customerOf(run, world, run.workload.trace.customer[request]);
  return { life, names: new Names(world), decision, truths: truth, customer, ending };
}

function customerOf(run: Run, world: World, customer: number): SeenRequest["customer"] {
  const site = world.topology.customerSite(customer)?.facts.site ?? null;
  return { downlink: downlinkOf(run, world, customer), site };
}

/** A customer's downlink as the experiment has it: headers included, where they are counted. */
export function downlinkOf(
  { system }: Run,
  { network, topology }: World,
  customer: number,
): number {
  const efficiency = system.transport.causes.wireEfficiency ? WIRE_EFFICIENCY : 1;
  return network.capacity(topology.customers[customer]) / efficiency;
}

/** The life of the request had it been sent to `node`, and all else been decided as before. */
export function watchForced(
  run: Run,
  request: number,
  node: number,
): Pick<SeenRequest, "life" | "names"> {
  let watcher: Watcher | undefined;
  const isIt = () => watcher?.decided === request;
  const dispatch = () => forced(run.policies.dispatch(), isIt, node);
  const { lives, names } = watch(
    { ...run, policies: { ...run.policies, dispatch } },
    new Set([request]),
    (made) => {
      watcher = made;
    },
  );
  const life = lives.get(request);
  if (life === undefined) throw new Error(`request ${request} has no end`);
  return { life, names };
}

function watch(
  run: Run,
  requests: ReadonlySet<number>,
  onWatcher: (watcher: Watcher) => void,
): Seen {
  let seen: Seen | undefined;
  rerun(run, (world, stop) => {
    const watcher = new Watcher(world, run.workload, requests, stop);
    seen = { lives: watcher.lives, names: new Names(world) };
    onWatcher(watcher);
    return watcher;
  });
  if (seen === undefined) throw new Error("the simulation was not watched");
  return seen;
}
