import { ratio } from "../policy.ts";
import { bestFor } from "./preferred.ts";
import { NO_DEMAND, type ReplicationPolicy } from "./replication.ts";

const params = { mean: ratio(5, 0, 100_000, "copies of a file, on average over all files") };

/** Gives a file copies in proportion to the square root of its requests. */
export const squareRoot: ReplicationPolicy<typeof params> = {
  name: "square-root",
  summary: "copies in proportion to the square root of the requests",
  source: "Cohen and Shenker, Replication strategies, SIGCOMM 2002",
  params,
  decide(view, { mean }) {
    const { files, share, rootSum } = view.demand ?? NO_DEMAND;
    const copies = (mean * files * Math.sqrt(share)) / rootSum;
    return { copyTo: bestFor(view, copies), reason: "root of its requests" };
  },
};
