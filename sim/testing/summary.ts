/** What a run of uvu came to. */
export interface Summary {
  readonly passed: number;
  /** Tests that failed, and one for each complaint. */
  readonly failed: number;
  readonly skipped: number;
  /** What uvu itself would let pass. */
  readonly complaints: readonly string[];
}

/** Reads uvu's `output`, without colours, and the exit code of its process. */
export function summarise(output: string, exitCode: number | null): Summary {
  const total = lastCount("Total", output);
  const passed = lastCount("Passed", output);
  if (total === undefined || passed === undefined) return nothing("uvu ended without a summary");
  if (total === 0) return nothing("no test ran");

  const complaints = filesWithoutTests(output).map(
    (file) => `${file}: no test ran; is .run() missing?`,
  );
  const isExplained = exitCode === 0 || passed < total;
  if (!isExplained) complaints.push(`uvu ended with ${exitCode ?? "a signal"}`);
  const failed = total - passed + complaints.length;
  return { passed, failed, skipped: lastCount("Skipped", output) ?? 0, complaints };
}

/** The one line that a script needs: `12 passed, 0 failed`. */
export function summaryLine({ passed, failed, skipped }: Summary): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** A number of uvu's summary. A failing test may quote another one, so the last counts. */
function lastCount(name: string, output: string): number | undefined {
  const found = [...output.matchAll(new RegExp(`^ {2}${name}: +(\\d+)$`, "gm"))].at(-1);
  return found === undefined ? undefined : Number(found[1]);
}

/** Each file's report starts with its name on a line of its own; each suite's ends in `(1 / 1)`. */
function filesWithoutTests(output: string): string[] {
  const lines = output.split("\n");
  const starts = lines.flatMap((line, index) => (/^\S+\.test\.ts$/.test(line) ? [index] : []));
  return starts
    .filter((start, nth) => {
      const report = lines.slice(start, starts[nth + 1]);
      return !report.some((line) => /\(\d+ \/ [1-9]\d*\)$/.test(line));
    })
    .map((start) => lines[start]);
}

function nothing(complaint: string): Summary {
  return { passed: 0, failed: 1, skipped: 0, complaints: [complaint] };
}
