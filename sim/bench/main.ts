/** `npm run bench`: how fast the parts are. Never part of the tests. */
import { parseArgs } from "node:util";
import { decide } from "./decide.ts";
import { hold } from "./hold.ts";
import { hot } from "./hot.ts";
import { star } from "./star.ts";
import { traceImportRates } from "./trace-import.ts";

const ROUNDS = 3;

/**
 * Each benchmark returns its figures by key. Rates are better when higher; what a decision takes, in
 * nanoseconds and bytes, when lower.
 */
const BENCHMARKS: Readonly<Record<string, () => Promise<Record<string, number>>>> = {
  async hold() {
    return {
      "hold.1e2.opsPerSecond": hold(100),
      "hold.1e4.opsPerSecond": hold(10_000),
      "hold.1e6.opsPerSecond": hold(1_000_000),
    };
  },
  async decide() {
    return decide();
  },
  star,
  hot,
  async trace() {
    const { importLines, readRows, scanRows } = await traceImportRates();
    return {
      "trace.import.linesPerSecond": importLines,
      "trace.read.rowsPerSecond": readRows,
      "trace.scan.rowsPerSecond": scanRows,
    };
  },
};

const { values: options } = parseArgs({
  options: { only: { type: "string" }, json: { type: "boolean", default: false } },
});
const names = options.only === undefined ? Object.keys(BENCHMARKS) : [options.only];
const unknown = names.filter((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown.length > 0) {
  console.error(`unknown benchmark: ${unknown}; known: ${Object.keys(BENCHMARKS).join(", ")}`);
  process.exit(2);
}

const found: Record<string, { median: number; low: number; high: number }> = {};
for (const name of names) {
  const rounds: Record<string, number>[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await BENCHMARKS[name]());
  for (const key of Object.keys(rounds[0])) {
    const sorted = rounds.map((figures) => figures[key]).sort((a, b) => a - b);
    found[key] = { low: sorted[0], median: sorted[ROUNDS >> 1], high: sorted[ROUNDS - 1] };
  }
}
if (options.json) console.log(JSON.stringify(found, null, 2));
else {
  const width = Math.max(...Object.keys(found).map((key) => key.length));
  for (const [key, { median, low, high }] of Object.entries(found)) {
    const text = key.endsWith("PerSecond") ? millions : whole;
    console.log(`${key.padEnd(width)} ${text(median)} (${text(low)} to ${text(high)})`);
  }
}

function millions(rate: number): string {
  return `${(rate / 1e6).toFixed(2)} M`;
}

function whole(quantity: number): string {
  return quantity.toFixed(quantity < 10 ? 2 : 0);
}
