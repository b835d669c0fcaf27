import type { Family } from "../family.ts";
import { indices, isIndex, wrongField, wrongReason } from "../rules.ts";
import { record } from "../shape.ts";
import { admission } from "./admission.ts";
import { boundedLoad } from "./bounded-load.ts";
import { debianRedirector } from "./debian-redirector.ts";
import {
  DISPATCH_EVENT,
  DISPATCH_VIEW,
  type Dispatch,
  type DispatchEvent,
  type DispatchPolicy,
  type DispatchView,
  SERVER,
} from "./dispatch.ts";
import { dragonfly } from "./dragonfly.ts";
import { fresh } from "./fresh.ts";
import { idleBandwidth } from "./idle-bandwidth.ts";
import { joinIdleQueue } from "./join-idle-queue.ts";
import { leastLoaded } from "./least-loaded.ts";
import { leastRequest } from "./least-request.ts";
import { mirrorbits } from "./mirrorbits.ts";
import { mirrorbrain } from "./mirrorbrain.ts";
import { mirrorcache } from "./mirrorcache.ts";
import { mirrormanager } from "./mirrormanager.ts";
import { originOnly } from "./origin-only.ts";
import { outlierEjection } from "./outlier-ejection.ts";
import { powerOfD } from "./power-of-d.ts";
import { prequal } from "./prequal.ts";
import { random } from "./random.ts";
import { rendezvous } from "./rendezvous.ts";
import { roundRobin } from "./round-robin.ts";
import { slowStart } from "./slow-start.ts";
import { smallAtServer } from "./small-at-server.ts";
import { sticky } from "./sticky.ts";
import { tiers } from "./tiers.ts";
import { trackerInformed } from "./tracker-informed.ts";
import { weighted } from "./weighted.ts";
import { type DispatchWrapper, wrap } from "./wrapper.ts";
import { zoneSpillover } from "./zone-spillover.ts";

export const wrappers: readonly DispatchWrapper[] = [
  ...[sticky, slowStart, outlierEjection, smallAtServer, fresh, admission],
];

export const dispatch: Family<"dispatch", DispatchView, Dispatch, DispatchEvent> = {
  key: "dispatch",
  decides: "where a request goes",
  members: [
    ...[originOnly, random, roundRobin, leastLoaded, trackerInformed, weighted, powerOfD],
    ...[joinIdleQueue, boundedLoad, rendezvous, tiers, mirrorbits, mirrorbrain, mirrorcache],
    ...[mirrormanager, debianRedirector, leastRequest, dragonfly, prequal, idleBandwidth],
    zoneSpillover,
  ],
  whenAbsent: "required",
  composition: {
    key: "wrapper",
    first: wrappers,
    composed: (outer: DispatchWrapper, inner: DispatchPolicy) => wrap(outer, inner),
  },
  view: record(DISPATCH_VIEW),
  event: record(DISPATCH_EVENT),
  whatIsWrong({ count }, { to, reason, retryAfter }) {
    if (!isIndex(to, count) && to !== SERVER) return wrongField("to", indices(SERVER, count), to);
    const isWait = typeof retryAfter === "number" && retryAfter > 0 && to === SERVER;
    if (retryAfter !== undefined && !isWait) {
      return wrongField("retryAfter", "seconds above 0, with to -1", retryAfter);
    }
    return wrongReason(reason);
  },
};
