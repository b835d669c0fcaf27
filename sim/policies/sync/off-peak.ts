import { SERVER } from "../dispatch/dispatch.ts";
import { bytesPerSecond, seconds } from "../policy.ts";
import type { SyncPolicy } from "./sync.ts";

const params = {
  opens: seconds(7200, 0, 86_399, "after midnight at which the window opens"),
  lasts: seconds(43_200, 1, 86_400, "that the window stays open"),
  cap: bytesPerSecond(1.5e8, 1, 1e12, "while it synchronises"),
};

const DAY = 86_400;

/** Synchronises once in each day's window, at a limited rate. */
export const offPeak: SyncPolicy<typeof params> = {
  name: "off-peak",
  summary: "once a day, in a window with a rate cap",
  source: "Netflix Open Connect: fill from 02:00 to 14:00 at up to 1.2 Gbit/s",
  params,
  decide({ now, timeOfDay, lastSync }, { opens, lasts, cap }) {
    const open = (timeOfDay - opens + DAY) % DAY; // Seconds since the window opened last.
    const isDue = open < lasts && lastSync < now - open;
    const at = isDue ? now : now - open + DAY;
    return { at, rate: cap, from: SERVER, reason: isDue ? "window open" : "next window" };
  },
};
