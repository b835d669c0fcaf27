import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { inlineMore } from "../runner/inlining.ts";
import { runCpp } from "./reference/reference.ts";
import { secondsAtOnce } from "./star-growth.ts";
import { assertStar, runStar } from "./star-run.ts";
import { type StarSize, type StarWorkload, starWorkload } from "./star-workload.ts";

/** Runs before the one that counts, which are the compiler's. */
const WARM_UPS: Readonly<Record<StarSize, number>> = { "1e3": 100, "1e4": 30, "1e5": 4, "1e6": 1 };

/** Transfers at once whose costs are compared, and events that are counted. */
const FEW = 100;
const MANY = 25_000;
const EVENTS = 400_000;

/** Starts and ends of transfers in a star, for each second of the processor. */
export async function star(): Promise<Record<string, number>> {
  inlineMore();
  const found: Record<string, number> = {};
  for (const size of ["1e3", "1e4", "1e5", "1e6"] as const) {
    const workload = starWorkload(size);
    for (let run = 0; run < WARM_UPS[size]; run++) runStar(size, workload);
    const rate = runStar(size, workload);
    found[`star.${size}.eventsPerSecond`] = rate;
    const cpp = runCpp("star", inputOf(workload));
    if (cpp === null) continue;
    assertStar(size, cpp.endSum);
    found[`star.${size}.overCpp`] = (rate * cpp.seconds) / (2 * workload.start.length);
  }
  found["star.1e4.cold.eventsPerSecond"] = coldRate();
  found["star.costGrowth"] = costGrowth();
  // Last: what has met both solvers calls either more slowly.
  const oracle = runStar("1e3", starWorkload("1e3"), "oracle");
  found["star.1e3.overOracle"] = found["star.1e3.eventsPerSecond"] / oracle;
  return found;
}

function coldRate(): number {
  const program = fileURLToPath(new URL("star-cold.ts", import.meta.url));
  const output = execFileSync(process.execPath, ["--import", "tsx", program], { encoding: "utf8" });
  return Number(output);
}

/** What an event costs with many transfers at once, over what it costs with few. */
function costGrowth(): number {
  const workload = starWorkload("1e6");
  secondsAtOnce(FEW, workload, EVENTS);
  const few = secondsAtOnce(FEW, workload, EVENTS);
  return secondsAtOnce(MANY, workload, EVENTS) / few;
}

/** Counts, capacities and columns, with customers numbered behind the sources. */
function inputOf({ uplinks, downlinks, ...columns }: StarWorkload): Float64Array {
  const transfers = columns.start.length;
  const parts = [
    [uplinks.length + downlinks.length, transfers],
    uplinks,
    downlinks,
    columns.start,
    columns.source,
    columns.customer.map((customer) => uplinks.length + customer),
    columns.bytes,
  ];
  const input = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    input.set(part, at);
    at += part.length;
  }
  return input;
}
