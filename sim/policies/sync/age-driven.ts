import { SERVER } from "../dispatch/dispatch.ts";
import type { SyncPolicy } from "./sync.ts";

const HOUR = 3600;

/** Until which age of the newest release how often to look. */
const STEPS = [
  { age: HOUR, every: HOUR / 2 },
  { age: 4 * HOUR, every: HOUR },
  { age: 24 * HOUR, every: 4 * HOUR },
  { age: 72 * HOUR, every: 8 * HOUR },
  { age: Number.POSITIVE_INFINITY, every: 24 * HOUR },
];

/** Synchronises the more often the newer the newest release is. */
export const ageDriven: SyncPolicy = {
  name: "age-driven",
  summary: "every half hour after a release, then less and less often, at last once a day",
  source: "MirrorCache, WebAPI/Plugin/Stat.pm: intervals of rescans",
  params: {},
  decide({ now, lastSync, releasedAt }) {
    const step = STEPS.find(({ age }) => now - releasedAt < age) ?? STEPS[STEPS.length - 1];
    return {
      at: Math.max(now, lastSync + step.every),
      rate: Number.POSITIVE_INFINITY,
      from: SERVER,
      reason: "by the newest release",
    };
  },
};
