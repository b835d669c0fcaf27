import { inlineMore } from "../runner/inlining.ts";
import { assertHot, HOT_CAPACITY, hotBytes, runHot } from "./hot-run.ts";
import { runCpp, runPython } from "./reference/reference.ts";

/** Runs before the one that counts, which are the compiler's. */
const WARM_UPS = 5;

/** Starts and ends of flows on one link, for each second of the processor. */
export async function hot(): Promise<Record<string, number>> {
  inlineMore();
  const bytes = hotBytes();
  const found: Record<string, number> = {};
  for (const [name, atOnce] of Object.entries({ "1e2": 100, "1e3": 1000, "1e4": 10_000 })) {
    for (let run = 0; run < WARM_UPS; run++) runHot(atOnce, bytes);
    const rate = runHot(atOnce, bytes);
    found[`hot.${name}.eventsPerSecond`] = rate;
    const input = inputOf(atOnce, bytes);
    const references = { Cpp: runCpp("hot", input), SimPy: runPython("hot", "simpy", input) };
    for (const [reference, run] of Object.entries(references)) {
      if (run === null) continue;
      assertHot(atOnce, run.endSum);
      found[`hot.${name}.over${reference}`] = (rate * run.seconds) / (2 * bytes.length);
    }
  }
  return found;
}

function inputOf(atOnce: number, bytes: Float64Array): Float64Array {
  const head = [HOT_CAPACITY, atOnce, bytes.length];
  const input = new Float64Array(head.length + bytes.length);
  input.set(head);
  input.set(bytes, head.length);
  return input;
}
