/** Uplinks and transfers, and what they tell, for tests. */
import * as assert from "uvu/assert";
import { Customers } from "../customers.ts";
import { InFlightByRequest } from "./by-request.ts";
import type { Progress, TransferReport } from "./in-flight.ts";
import { SharedUplink } from "./shared-uplink.ts";

/** An uplink at time 0, and what its listener was told of. */
export function uplinkOf(claim: number) {
  const passed: number[] = [];
  const resumed: number[] = [];
  const listener = {
    passed: (transfer: number) => passed.push(transfer),
    resumed: (transfer: number) => resumed.push(transfer),
  };
  const uplink = new SharedUplink(claim, listener);
  uplink.advance(0);
  return { uplink, passed, resumed, listener };
}

/** Equal but for rounding. */
export function near(actual: number, expected: number, what = "number"): void {
  const error = Math.abs(actual - expected);
  const isNear = actual === expected || error <= 1e-9 * Math.max(1, Math.abs(expected));
  assert.ok(isNear, `expected ${what} ${expected}; got ${actual}`);
}

/** Transfers in flight by request, of customers and volunteers that are named by their numbers. */
export function inFlightOf(...claims: readonly number[]) {
  const customers = new Customers((place, now) => inFlight.forget(place, now));
  const inFlight = new InFlightByRequest(customers);
  for (const [volunteer, claim] of claims.entries()) inFlight.register(volunteer, claim, 0);
  const praised: number[] = [];
  /** The customer asks for a file and is not sent to a volunteer. */
  const ask = (customer: number, file: number, now: number): number => {
    const place = customers.meet(customer, now);
    inFlight.asked(place, file, now, (volunteer) => praised.push(volunteer));
    return place;
  };
  return {
    ...{ customers, inFlight, praised, ask },
    /** The customer asks for a file of so many bytes and is sent to the volunteer. */
    send(customer: number, file: number, size: number, volunteer: number, now: number): void {
      inFlight.begin(ask(customer, file, now), file, size, volunteer, now);
    },
    complain(customer: number, file: number, volunteer: number, now: number): void {
      inFlight.failed(customers.find(customer) ?? -1, file, volunteer, now);
    },
    /** The volunteer announces itself, having uploaded so many bytes since it did so before. */
    report(
      volunteer: number,
      report: Partial<TransferReport>,
      progress: Progress | null,
      now: number,
    ): void {
      inFlight.report(volunteer, { started: false, ...report }, progress, now);
    },
    /** What the volunteer is believed to be sending, once its estimate is up to date. */
    count(volunteer: number, now: number): number {
      inFlight.at(volunteer).advance(now);
      return inFlight.at(volunteer).transfers;
    },
    /** The bytes that it has still to send. */
    backlog(volunteer: number, now: number): number {
      inFlight.at(volunteer).advance(now);
      return inFlight.at(volunteer).ahead(Number.POSITIVE_INFINITY);
    },
  };
}

/** So many bytes uploaded in so many seconds before `now`. */
export const uploaded = (bytes: number, seconds: number, now: number): Progress => ({
  ...{ uploaded: bytes, seconds },
  since: now - seconds,
});
