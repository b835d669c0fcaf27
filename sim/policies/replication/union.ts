import type { ReplicationPolicy } from "./replication.ts";

/** The policy `one+other`: whoever should hold the file by either of the two. */
export function union(one: ReplicationPolicy, other: ReplicationPolicy): ReplicationPolicy {
  return {
    name: `${one.name}+${other.name}`,
    summary: `${one.summary}; and ${other.summary}`,
    source: `${one.source}; ${other.source}`,
    params: { ...one.params, ...other.params },
    decide(view, params, random) {
      const first = one.decide(view, params, random, undefined);
      const second = other.decide(view, params, random, undefined);
      const copyTo = [...new Set([...first.copyTo, ...second.copyTo])];
      const isByFirst = first.copyTo.length > 0;
      return { copyTo, reason: isByFirst ? first.reason : second.reason };
    },
  };
}
