import { type DispatchPolicy, SERVER } from "../dispatch.ts";
import { NO_HOLDER } from "../helpers/holders.ts";

/** Leaves every delivery to the repository server: what volunteers are compared with. */
export const originOnly: DispatchPolicy = {
  name: "origin-only",
  summary: "the server delivers every file itself",
  source: "baseline",
  params: {},
  decide({ count }) {
    return count === 0 ? NO_HOLDER : { to: SERVER, reason: "always the server" };
  },
};
