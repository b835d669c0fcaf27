import type { Figures } from "./benchmark.ts";
import { figuresOf } from "./script.ts";

const REQUESTS = 10_000_000;
const TABLES = "requests,attempts,visits";

/** In turn, since the machine may become slower. */
const TURNS = 2;

/**
 * What rows of ten million requests cost: the processor's seconds of the same run with and without them,
 * up to the finished Parquet files, each in processes of their own and in turn.
 */
export async function rows(requests = REQUESTS): Promise<Figures> {
  const plain: Figures[] = [];
  const withRows: Figures[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    plain.push(await figuresOf("rows-run.ts", `${requests}`));
    withRows.push(await figuresOf("rows-run.ts", `${requests}`, TABLES));
  }
  const sum = (of: readonly Figures[], key: string) =>
    of.reduce((total, figures) => total + figures[key], 0);
  return {
    "rows.costGrowth": sum(withRows, "seconds") / sum(plain, "seconds"),
    "rows.plainSeconds": sum(plain, "seconds") / TURNS,
    "rows.seconds": sum(withRows, "seconds") / TURNS,
    "rows.memoryGrowth": sum(withRows, "peakBytes") / sum(plain, "peakBytes"),
    "rows.bytesEach": withRows[0]["bytes"] / requests,
  };
}
