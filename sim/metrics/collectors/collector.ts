import type { Observer } from "../../model/events.ts";
import type { MetricName } from "../metric.ts";

/** What one family of metrics is worked out from. It hears of nothing but the measured time. */
export interface Collector<Names extends MetricName> extends Observer {
  /** The metrics of the family; null where one is not defined. For use when the run has ended. */
  metrics(): Readonly<Record<Names, number | null>>;
}
