import type { Stream } from "../engine/random.ts";
import type { Workload } from "../workload/workload.ts";
import { OpenRequests } from "./open-requests.ts";
import type { CustomerClass, CustomersSpec } from "./system.ts";
import type { CustomerLine } from "./topology.ts";

/** The customers: what they ask for and when, their lines, and the requests that they are at. */
export class Customers {
  readonly spec: CustomersSpec;
  readonly workload: Workload;
  /** Of each customer. */
  readonly lines: readonly CustomerLine[];
  readonly open: OpenRequests;

  /** `random` draws whose line is of which class. */
  constructor(spec: CustomersSpec, workload: Workload, random: Stream) {
    this.spec = spec;
    this.workload = workload;
    this.lines = drawLines(spec, workload.customers, random);
    this.open = new OpenRequests(workload.trace.requests);
  }
}

/** The line of each customer, drawn by the shares of the classes, in whatever order they are listed. */
export function drawLines(spec: CustomersSpec, customers: number, random: Stream): CustomerLine[] {
  const classes = spec.classes.toSorted(byWhatTheyAre);
  return Array.from({ length: customers }, () => {
    let left = random();
    for (const line of classes) {
      left -= line.share;
      if (left < 0) return line;
    }
    return classes[classes.length - 1];
  });
}

/** Classes of customers have no names: what they are is in what order they stand. */
function byWhatTheyAre(a: CustomerClass, b: CustomerClass): number {
  const [site, other] = [a.site ?? "", b.site ?? ""];
  return (
    compared(a.downlink, b.downlink) ||
    compared(site, other) ||
    compared(a.receiveWindow, b.receiveWindow) ||
    a.share - b.share
  );
}

/** Unlike a difference it also orders `Infinity` and texts. */
function compared<Value extends number | string>(a: Value, b: Value): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
