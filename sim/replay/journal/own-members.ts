import type { OwnMembers } from "../../coordinator/index.ts";
import { InputError } from "../../engine/input-error.ts";
import { guarded } from "../../experiment/own-policy/guard.ts";
import { loadPolicy } from "../../experiment/own-policy/module.ts";

/** The families of a coordinator's policies. */
export const FAMILIES = ["dispatch", "replication", "trust", "sync"] as const;

/** By family, the files of the user's own policies by the names under which they are chosen. */
export type OwnFiles = {
  readonly [Family in (typeof FAMILIES)[number]]?: Readonly<Record<string, string>>;
};

/** @throws InputError when a file is none of a policy. */
export async function ownMembers(files: OwnFiles): Promise<OwnMembers> {
  const members: Record<string, unknown[]> = {};
  for (const family of FAMILIES) {
    members[family] = [];
    for (const [name, path] of Object.entries(files[family] ?? {})) {
      const policy = await loadPolicy(path);
      if (typeof policy === "string") throw new InputError([`${path}: ${policy}`]);
      members[family].push(guarded(name, family, policy));
    }
  }
  return members as OwnMembers;
}
