import { bytes, count, seconds } from "../policy.ts";
import { sampling } from "../sampling.ts";
import type { ReplicationPolicy } from "./replication.ts";

const params = {
  window: seconds(172_800, 0, 2_592_000, "age at which a release stops being new"),
  copies: count(40, 0, 100_000, "volatile volunteers given a new release, at most"),
  cap: bytes(1e10, 0, 1e12, "size above which a file is not given to volatile volunteers"),
  budget: bytes(1e15, 0, 1e15, "new releases that a volatile volunteer is given, together at most"),
};

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
  decide({ size, age, volunteers, count }, { window, copies, cap, budget }, random) {
    const copyTo: number[] = [];
    const volatile: number[] = [];
    for (let i = 0; i < count; i++) {
      const { free, volatile: comesAndGoes, given = 0 } = volunteers[i];
      if (free < size) continue;
      if (!comesAndGoes) copyTo.push(i);
      else if (given + size <= budget) volatile.push(i);
    }
    if (age >= window) return { copyTo, reason: "no longer new" };
    if (size > cap) return { copyTo, reason: "over the cap" };

    const isPicked = sampling(volatile.length, copies, random);
    for (const index of volatile) if (isPicked()) copyTo.push(index);
    return { copyTo, reason: "new release" };
  },
};
