import type { Explained } from "../../explain/explain.ts";
import { metricText } from "./metric-text.ts";
import { requestText } from "./request-text.ts";
import { slowestText, slowestVisitsText } from "./slowest-text.ts";

/** Everything that `sim explain` has to say, for a terminal. */
export function explainedText({ run, request, slowest, visits, metric }: Explained): string {
  const { experiment, policy, replication, isSame } = run;
  const title = `${experiment}, ${policy}, replication ${replication}`;
  const parts = [isSame ? title : `${title}; not as it was stored`];
  if (metric !== undefined) parts.push(metricText(metric));
  if (slowest !== undefined) {
    parts.push(slowestText(slowest));
    const [first] = slowest.slowest;
    if (first !== undefined) parts.push(`closer: ${command(run, first.request)}`);
  }
  if (visits !== undefined) {
    parts.push(slowestVisitsText(visits));
    const [first] = visits.slowest;
    if (first !== undefined) parts.push(`closer: ${command(run, first.longest.request)}`);
  }
  if (request !== undefined) {
    parts.push(requestText(request), `again: ${command(run, request.request)}`);
  }
  return parts.join("\n\n");
}

/** The command that explains one request. */
function command({ folder, policy, replication }: Explained["run"], request: number): string {
  const label = /^[\w.+-]+$/.test(policy) ? policy : `'${policy.replaceAll("'", "'\\''")}'`;
  return `npx sim explain ${folder} --policy ${label} --replication ${replication} --request ${request}`;
}
