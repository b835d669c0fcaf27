import type { AccessProfile } from "../../workload/profile/profile-access.ts";
import type { SyncProfile } from "../../workload/profile/sync.ts";
import type { Targets } from "../../workload/profile/targets.ts";

/** A trace as `sim trace profile` tells it. */
export interface Profiled {
  /** The name of its first file. */
  readonly name: string;
  readonly profile: AccessProfile | SyncProfile;
  /** What a generated trace was made to be; null for others. */
  readonly targets: Targets | null;
  /** What reading it left out. */
  readonly notes: readonly string[];
}

/** The profile for machines: its keys, and `target` with those that have one. */
export function profileJson({ profile, targets, notes }: Profiled): string {
  const target = targets === null ? {} : { target: targets };
  return JSON.stringify({ ...profile, ...target, notes }, null, 2);
}
