import { POLICY_FAMILIES } from "../experiment.ts";

/** Names that no axis may have: `compare` and the columns of results use them otherwise. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...POLICY_FAMILIES,
  "synchronisation",
  "policies",
  ...["metric", "unit", "value"],
  ...["time_s", "rate_bytes_per_s"],
  ...["share", "visit_s", "delay_s"],
  ...["volunteer", "class", "load"],
  ...["day", "mean_h", "least_h", "most_h"],
  ...["reason", "count"],
  ...["of", "against", "replications", "mean", "t_low", "t_high"],
  ...["t_level", "bca_low", "bca_high", "median", "median_low", "median_high"],
  ...["mean_bytes_per_s", "point_low", "point_high", "curve_low", "curve_high", "curve_by"],
]);
