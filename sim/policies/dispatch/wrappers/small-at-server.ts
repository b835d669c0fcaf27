import { bytes } from "../../policy.ts";
import { SERVER } from "../dispatch.ts";
import { NO_HOLDER } from "../helpers/holders.ts";
import type { DispatchWrapper } from "./wrapper.ts";

const params = {
  smallAtServerSize: bytes(4096, 0, 1_000_000_000_000, "up to which the server delivers itself"),
};

/** Does not redirect what costs little more to send than the redirect itself. */
export const smallAtServer: DispatchWrapper<typeof params> = {
  name: "small-at-server",
  summary: "the server delivers small files itself",
  source: "MirrorBrain's MirrorBrainMinSize; MirrorCache",
  params,
  decide({ size, count }, { smallAtServerSize }, _random, inner) {
    if (size > smallAtServerSize) return inner.decide();
    return count === 0 ? NO_HOLDER : { to: SERVER, reason: "small file" };
  },
};
