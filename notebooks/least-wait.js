/**
 * The policy that the notebook "Writing a policy" arrives at, as a file that `sim run` takes by its path.
 *
 * @type {import("../sim/policies/index.ts").DispatchPolicy}
 */
export const policy = {
  name: "least-wait",
  summary: "least time until the file is sent, by the report and what must have happened since",
  source: "notebooks/writing-a-policy.html",
  params: {},
  decide({ candidates, count, now, size }, _params, random) {
    let to = -1;
    let least = Number.POSITIVE_INFINITY;
    let equals = 0;
    for (let i = 0; i < count; i++) {
      const { belief, pending, redirected, uplink, reportedAt } = candidates[i];
      if (belief !== "verified" && belief !== "listed") continue;
      const backlog = Math.max(0, pending + redirected - uplink * (now - reportedAt));
      const wait = (backlog + size) / uplink;
      if (wait > least) continue;
      equals = wait < least ? 1 : equals + 1;
      least = wait;
      if (equals === 1 || random() * equals < 1) to = i;
    }
    return { to, reason: to === -1 ? "no holder" : "least wait" };
  },
};
