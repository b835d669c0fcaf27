import { largest, sum } from "./arithmetic.ts";
import type { Facts, LinkRow, Recomputed, RowsOfRun } from "./rows-of-run.ts";

const GIGABYTE = 1e9;

/** What links carry, and what that costs. */
export function linkMetrics({ links, runs }: RowsOfRun, facts: Facts): Recomputed {
  const { from, volunteers, serverPrice, customerPrice } = facts;
  const [{ end_s }] = runs;
  const before = lookAt(links, from);
  const after = lookAt(links, end_s);
  const bytes = (link: string) => carried(after, link) - carried(before, link);
  const volunteerCosts = volunteers.map(({ price }, number) => {
    const own = (of: readonly LinkRow[]) =>
      carried(
        of.filter(({ volunteer }) => volunteer === number),
        "volunteerUplink",
      );
    return price * (own(after) - own(before));
  });
  const cost =
    serverPrice * bytes("serverUplink") +
    customerPrice * bytes("customerUplink") +
    sum(volunteerCosts);
  return {
    "server.bytes": bytes("serverUplink"),
    "server.peakRate": peakRate(links, facts, runs[0].window_s),
    "bytes.serverUplink": bytes("serverUplink"),
    "bytes.volunteerUplink": bytes("volunteerUplink"),
    "bytes.volunteerDownlink": bytes("volunteerDownlink"),
    "bytes.customerDownlink": bytes("customerDownlink"),
    "bytes.customerUplink": bytes("customerUplink"),
    "cost.total": cost / GIGABYTE,
  };
}

/** The highest mean rate of the server in a bin that lies whole between `from` and the window's end. */
function peakRate(links: readonly LinkRow[], { from, bin }: Facts, window: number): number | null {
  const server = links.filter(({ link }) => link === "serverUplink");
  const bins = Array.from({ length: Math.floor(window / bin) }, (_, number) => number * bin);
  const rates = bins
    .filter((start) => start >= from)
    .map((start) => {
      const [low, high] = [start, start + bin].map((time) => lookAt(server, time));
      return (high[0].carried_bytes - low[0].carried_bytes) / bin;
    });
  return largest(rates);
}

/** The rows of the look at that time. Looks follow each other by sums of bins, which are rounded. */
function lookAt(links: readonly LinkRow[], time: number): readonly LinkRow[] {
  const isAt = ({ time_s }: LinkRow) => Math.abs(time_s - time) <= 1e-9 * Math.max(1, time);
  const found = links.filter(isAt);
  if (found.length === 0) throw new Error(`nobody looked at the links at ${time} s`);
  return found.filter(({ time_s }) => time_s === found[0].time_s);
}

function carried(links: readonly LinkRow[], of: string): number {
  return sum(links.filter(({ link }) => link === of).map(({ carried_bytes }) => carried_bytes));
}
