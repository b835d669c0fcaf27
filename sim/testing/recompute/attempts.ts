import { share, sum } from "./arithmetic.ts";
import type { AttemptRow, Facts, Recomputed, RowsOfRun } from "./rows-of-run.ts";

/** The metrics of attempts at measured requests. */
export function attemptMetrics({ attempts }: RowsOfRun, { from }: Facts): Recomputed {
  const measured = attempts.filter(({ arrival_s }) => arrival_s >= from);
  const delivered = measured.filter(({ outcome }) => outcome === "delivered");
  const others = measured.filter(({ outcome }) => outcome !== "delivered");
  const number = (of: readonly AttemptRow[], is: (outcome: string) => boolean) =>
    of.filter(({ outcome }) => is(outcome)).length;
  return {
    "server.share": share(
      bytes(delivered.filter(({ source }) => source === "server")),
      bytes(delivered),
    ),
    "requests.retried": number(others, (outcome) => outcome !== "abandoned"),
    "requests.digestFailed": number(others, (outcome) => outcome === "wrong-digest"),
    "bytes.wasted": bytes(others),
  };
}

function bytes(attempts: readonly AttemptRow[]): number {
  return sum(attempts.map(({ sent_bytes }) => sent_bytes));
}
