import { POLICY_FAMILIES } from "../experiment.ts";

/** Names that no axis may have: `compare` and the columns of results use them otherwise. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...POLICY_FAMILIES,
  "synchronisation",
  "policies",
  ...["metric", "unit", "value"],
  ...["time_s", "rate_bytes_per_s"],
  ...["share", "delay_s"],
  ...["volunteer", "class", "load"],
  ...["reason", "count"],
]);
