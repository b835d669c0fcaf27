import type { Family } from "../family.ts";
import { indices, isIndex, wrongField, wrongReason } from "../rules.ts";
import { record } from "../shape.ts";
import {
  DISPATCH_EVENT,
  DISPATCH_VIEW,
  type Dispatch,
  type DispatchEvent,
  type DispatchPolicy,
  type DispatchView,
  SERVER,
} from "./dispatch.ts";
import { boundedLoad } from "./policies/bounded-load.ts";
import { debianRedirector } from "./policies/debian-redirector.ts";
import { dragonfly } from "./policies/dragonfly.ts";
import { idleBandwidth } from "./policies/idle-bandwidth.ts";
import { joinIdleQueue } from "./policies/join-idle-queue.ts";
import { leastAddedWait } from "./policies/least-added-wait.ts";
import { leastLoaded } from "./policies/least-loaded.ts";
import { leastRequest } from "./policies/least-request.ts";
import { mirrorbits } from "./policies/mirrorbits.ts";
import { mirrorbrain } from "./policies/mirrorbrain.ts";
import { mirrorcache } from "./policies/mirrorcache.ts";
import { mirrormanager } from "./policies/mirrormanager.ts";
import { originOnly } from "./policies/origin-only.ts";
import { powerOfD } from "./policies/power-of-d.ts";
import { prequal } from "./policies/prequal.ts";
import { random } from "./policies/random.ts";
import { rendezvous } from "./policies/rendezvous.ts";
import { roundRobin } from "./policies/round-robin.ts";
import { tiers } from "./policies/tiers.ts";
import { trackerInformed } from "./policies/tracker-informed.ts";
import { weighted } from "./policies/weighted.ts";
import { zoneSpillover } from "./policies/zone-spillover.ts";
import { admission } from "./wrappers/admission.ts";
import { fresh } from "./wrappers/fresh.ts";
import { outlierEjection } from "./wrappers/outlier-ejection.ts";
import { slowStart } from "./wrappers/slow-start.ts";
import { smallAtServer } from "./wrappers/small-at-server.ts";
import { sticky } from "./wrappers/sticky.ts";
import { type DispatchWrapper, wrap } from "./wrappers/wrapper.ts";

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
    ...[zoneSpillover, leastAddedWait],
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
