import { formatShare } from "../../report/format.ts";
import type { Workload } from "../../workload/workload.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { demands } from "./evidence.ts";
import { counted } from "./words.ts";

/** Share of a log's requests that no single machine makes of many. */
const MOST = 0.5;
/** Requests of which nothing follows. */
const FEW = 10;

export const oneCustomer: Diagnosis = {
  id: "one-customer",
  looksAt: "whose the requests of a log are",
  find(evidence) {
    for (const [workload, [{ variant }]] of demands(evidence)) {
      const { requests } = workload.trace;
      const share = busiest(workload) / requests;
      if (!("log" in variant.workload) || requests < FEW || share <= MOST) continue;
      const whose =
        share === 1
          ? `All ${counted(requests)} requests of the log come from one address`
          : `${formatShare(share)} of the ${counted(requests)} requests of the log come from one address`;
      return (
        `${whose}, which is one customer with one downlink: were addresses taken out of the log, or ` +
        "does a proxy stand before its clients? Delays and visits then are not those of people"
      );
    }
    return null;
  },
};

/** Requests of the customer who has most. */
function busiest({ trace, customers }: Workload): number {
  const counts = new Uint32Array(customers);
  for (let request = 0; request < trace.requests; request++) counts[trace.customer[request]]++;
  return counts.reduce((most, count) => Math.max(most, count), 0);
}
