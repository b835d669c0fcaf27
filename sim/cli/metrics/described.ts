import { InputError } from "../../engine/input-error.ts";
import { nearest } from "../../experiment/config/nearest.ts";
import { METRIC_FAMILIES, METRICS, type Metric } from "../../metrics/metric.ts";

/** A metric as `sim metrics NAME` tells of it. */
export interface Described {
  readonly family: string;
  readonly metric: Metric;
}

/** All metrics, in the order of their families. */
export function everyMetric(): Described[] {
  return Object.entries<readonly Metric[]>(METRIC_FAMILIES).flatMap(([family, metrics]) =>
    metrics.map((metric) => ({ family, metric })),
  );
}

/**
 * The metric of this name, or all those that it fits: `visit.*`, or `visit` alone.
 *
 * @throws InputError that names the nearest, if there is none.
 */
export function describedBy(name: string): Described[] {
  const isMeant = fitting(name);
  const found = everyMetric().filter(({ metric }) => isMeant(metric.name));
  if (found.length > 0) return found;
  const meant = nearest(
    name,
    METRICS.map((metric) => metric.name),
  );
  const hint = meant === undefined ? "see sim metrics" : `did you mean '${meant}'?`;
  throw new InputError([`unknown metric: ${name}; ${hint}`]);
}

/** A star stands for any letters, and the first parts of names for whatever follows them. */
function fitting(pattern: string): (name: string) => boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[^\w]/g, "\\$&"));
  const whole = new RegExp(`^${parts.join(".*")}(?:\\..*)?$`, "i");
  return (name) => whole.test(name);
}
