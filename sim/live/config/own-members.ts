import type { OwnMembers } from "../../coordinator/index.ts";
import { InputError } from "../../engine/input-error.ts";
import { guarded } from "../../experiment/own-policy/guard.ts";
import { loadPolicy } from "../../experiment/own-policy/module.ts";
import type { Policies } from "../../policies/index.ts";
import type { ServerPolicies } from "./server-config.ts";

/** The operator's own policies, by family, under the names by which they are chosen. */
export interface OwnServerMembers extends OwnMembers {
  readonly chunkSize?: Policies["chunkSize"];
  readonly handout?: Policies["handout"];
}

export const SERVER_FAMILIES = [
  ...(["dispatch", "replication", "trust", "sync", "chunkSize", "handout"] as const),
];

/**
 * Loads the files that the choices name.
 *
 * @throws InputError when one is no policy any more.
 */
export async function ownServerMembers(chosen: ServerPolicies): Promise<OwnServerMembers> {
  const members: Record<string, unknown[]> = {};
  for (const family of SERVER_FAMILIES) {
    for (const [name, path] of Object.entries(chosen[family]?.own ?? {})) {
      const policy = await loadPolicy(path);
      if (typeof policy === "string") throw new InputError([`${path}: ${policy}`]);
      members[family] = [...(members[family] ?? []), guarded(name, family, policy)];
    }
  }
  return members as OwnServerMembers;
}
