import type { ReplicationPolicy } from "./replication.ts";

const params = {
  window: {
    default: 172_800,
    min: 0,
    max: 2_592_000,
    unit: "seconds",
    summary: "age at which a release stops being new",
  },
  copies: {
    default: 40,
    min: 0,
    max: 100_000,
    unit: "count",
    summary: "volatile volunteers given a new release, at most",
  },
  cap: {
    default: 10_000_000_000,
    min: 0,
    max: 1_000_000_000_000,
    unit: "bytes",
    summary: "size above which a file is not given to volatile volunteers",
  },
} as const;

/**
 * Gives every file to the steady mirrors, and to volatile volunteers only while it is new.
 *
 * Flash crowds follow releases, so this is when a volunteer that may leave at any time still pays
 * for the copy it was given. Where there are more volatile volunteers than copies wanted, chance
 * picks them, for no volunteer should get every release and none should get no release.
 */
export const newReleases: ReplicationPolicy<typeof params> = {
  name: "new-releases",
  summary: "steady mirrors hold everything, volatile volunteers only what is new",
  source: "abstract, on ongoing work: only newly released packages for volatile volunteers",
  params,
  decide({ size, age, volunteers, count }, { window, copies, cap }, random) {
    const copyTo: number[] = [];
    const volatile: number[] = [];
    for (let i = 0; i < count; i++) {
      const { free, volatile: comesAndGoes } = volunteers[i];
      if (free >= size) (comesAndGoes ? volatile : copyTo).push(i);
    }
    if (age >= window) return { copyTo, reason: "no longer new" };
    if (size > cap) return { copyTo, reason: "over the cap" };

    // Selection sampling (Knuth, TAOCP vol. 2, 3.4.2, algorithm S): a uniform subset, in order.
    let wanted = Math.min(copies, volatile.length);
    for (const [passed, index] of volatile.entries()) {
      if (wanted === 0) break;
      const left = volatile.length - passed;
      if (wanted === left || random() * left < wanted) {
        copyTo.push(index);
        wanted--;
      }
    }
    return { copyTo, reason: "new release" };
  },
};
