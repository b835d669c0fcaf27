import { SERVER } from "../../policies/index.ts";
import {
  type InFlight,
  NO_LOAD,
  type Progress,
  type Sources,
  type TransferReport,
  type UplinkLoad,
} from "./in-flight.ts";

/**
 * Nothing is believed to be in flight: what is known of volunteers is who is there, what each holds and
 * what it claims to send. Of a customer is remembered only whom it praises when it comes back.
 */
export class InFlightByNothing implements InFlight {
  readonly sources: Sources = { reports: false, redirects: false };
  readonly #loads: { -readonly [Name in keyof UplinkLoad]: UplinkLoad[Name] }[] = [];
  /** By customer's place: whom it was last sent to. */
  readonly #lastOf = new Map<number, number>();

  register(volunteer: number, claim: number, _now: number): void {
    this.#loads[volunteer] ??= { ...NO_LOAD };
    this.#loads[volunteer].rate = claim;
  }

  at(volunteer: number): UplinkLoad {
    return this.#loads[volunteer];
  }

  asked(customer: number, _file: number, _now: number, onPassed: (node: number) => void): void {
    const last = this.#lastOf.get(customer) ?? SERVER;
    this.#lastOf.delete(customer);
    if (last !== SERVER) onPassed(last);
  }

  begin(customer: number, _file: number, _size: number, volunteer: number, _now: number): void {
    this.#lastOf.set(customer, volunteer);
  }

  failed(customer: number, _file: number, _volunteer: number, _now: number): void {
    this.#lastOf.delete(customer);
  }

  report(_of: number, _report: TransferReport, _progress: Progress | null, _now: number): void {}

  forget(customer: number, _now: number): void {
    this.#lastOf.delete(customer);
  }

  save() {
    return { lastOf: [...this.#lastOf] };
  }

  /** The volunteers are registered already. */
  load({ lastOf }: ReturnType<InFlightByNothing["save"]>): void {
    this.#lastOf.clear();
    for (const [customer, volunteer] of lastOf) this.#lastOf.set(customer, volunteer);
  }
}
