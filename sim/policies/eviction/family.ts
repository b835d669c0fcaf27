import type { Family } from "../family.ts";
import { wrongIndices, wrongReason } from "../rules.ts";
import { record } from "../shape.ts";
import { age } from "./age.ts";
import { diskShare } from "./disk-share.ts";
import { EVICTION_VIEW, type Eviction, type EvictionView } from "./eviction.ts";
import { idleTime } from "./idle-time.ts";
import { nothing } from "./nothing.ts";

export const eviction: Family<"eviction", EvictionView, Eviction, never, undefined> = {
  key: "eviction",
  decides: "what volunteers with a limited disk delete",
  members: [nothing, idleTime, age, diskShare],
  whenAbsent: { policy: nothing.name },
  view: record(EVICTION_VIEW),
  whatIsWrong: ({ count }, { evict, reason }) =>
    wrongIndices("evict", evict, count) ?? wrongReason(reason),
};
