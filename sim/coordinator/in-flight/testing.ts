/** An uplink and what it tells, for tests. */
import * as assert from "uvu/assert";
import { SharedUplink } from "./shared-uplink.ts";

/** An uplink at time 0, and what its listener was told of. */
export function uplinkOf(claim: number) {
  const passed: number[] = [];
  const resumed: number[] = [];
  const settled: number[] = [];
  const listener = {
    passed: (transfer: number) => passed.push(transfer),
    resumed: (transfer: number) => resumed.push(transfer),
    settled: (transfer: number) => settled.push(transfer),
  };
  const uplink = new SharedUplink(claim, listener);
  uplink.advance(0);
  return { uplink, passed, resumed, settled, listener };
}

/** Equal but for rounding. */
export function near(actual: number, expected: number, what = "number"): void {
  const error = Math.abs(actual - expected);
  const isNear = actual === expected || error <= 1e-9 * Math.max(1, Math.abs(expected));
  assert.ok(isNear, `expected ${what} ${expected}; got ${actual}`);
}
