import { count, seconds } from "../../policy.ts";
import { SERVER } from "../dispatch.ts";
import type { DispatchWrapper } from "./wrapper.ts";

const params = {
  admissionTransfers: count(200, 1, 1_000_000, "redirects in flight that a volunteer may have"),
  admissionSending: count(2000, 0, 1_000_000, "deliveries that the server may be sending"),
  admissionWait: seconds(30, 1, 86_400, "after which a customer asks again; up to twice as many"),
};

/**
 * Limits what each machine does at a time. Where all are at their limits the customer is told to
 * come back, after a drawn time, so that those turned away do not all return at once.
 */
export const admission: DispatchWrapper<typeof params> = {
  name: "admission",
  summary: "limits at volunteers and server; customers above them are to come back",
  source:
    "limits of dragonflyoss/dragonfly 66db456, scheduler/config/constants.go; RFC 9110, 10.2.3",
  params,
  decide({ server }, limits, random, inner) {
    const { admissionTransfers, admissionSending, admissionWait } = limits;
    const decision = inner.among(({ transfers }) => transfers < admissionTransfers);
    if (decision.to !== SERVER || server.sending < admissionSending) return decision;
    return { to: SERVER, reason: "come back later", retryAfter: admissionWait * (1 + random()) };
  },
};
