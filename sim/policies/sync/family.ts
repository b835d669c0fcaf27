import type { Family } from "../family.ts";
import { wrongField, wrongReason } from "../rules.ts";
import { record } from "../shape.ts";
import { ageDriven } from "./age-driven.ts";
import { daily } from "./daily.ts";
import { offPeak } from "./off-peak.ts";
import { pushed } from "./pushed.ts";
import { swarm } from "./swarm.ts";
import { SWARM, SYNC_VIEW, type Sync, type SyncView } from "./sync.ts";
import { tree } from "./tree.ts";
import { yielding } from "./yielding.ts";

const SOURCES = "a volunteer, SERVER or SWARM";

export const sync: Family<"sync", SyncView, Sync, never, undefined> = {
  key: "sync",
  decides: "when volunteers synchronise",
  members: [daily, pushed, offPeak, ageDriven, yielding, tree, swarm],
  whenAbsent: { host: "the system's own timetable" },
  view: record(SYNC_VIEW),
  whatIsWrong({ now }, { at, rate, from, reason }) {
    if (!(typeof at === "number" && at >= now)) return wrongField("at", `${now} or later`, at);
    if (!(typeof rate === "number" && rate > 0)) return wrongField("rate", "bytes/s above 0", rate);
    const isSource = Number.isInteger(from) && Number(from) >= SWARM;
    return isSource ? wrongReason(reason) : wrongField("from", SOURCES, from);
  },
};
