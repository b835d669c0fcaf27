import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { FAMILY_KEYS, familyOf } from "../../policies/index.ts";

/** Says which of the experiments in `folder` name a policy of the family, alone or composed. */
export function usesIn(folder: string): (family: string, name: string) => string[] {
  const files = existsSync(folder)
    ? readdirSync(folder).filter((name) => /\.ya?ml$/.test(name))
    : [];
  const named = files
    .sort()
    .map((file) => ({ path: join(folder, file), uses: usesOf(folder, file) }));
  return (family, name) =>
    named.filter(({ uses }) => uses.has(`${family} ${name}`)).map(({ path }) => path);
}

/** `family name` of every policy that the file names. A file that is no experiment names none. */
function usesOf(folder: string, file: string): Set<string> {
  const uses = new Set<string>();
  for (const [family, value] of Object.entries(
    policiesIn(readFileSync(join(folder, file), "utf8")),
  )) {
    for (const choice of Array.isArray(value) ? value : [value]) {
      const names = typeof choice === "string" ? [choice] : Object.keys(choice ?? {});
      for (const name of names) {
        uses.add(`${family} ${name}`);
        const parts = name.split("+");
        for (const [index, part] of parts.entries()) {
          const isLast = index === parts.length - 1;
          uses.add(`${isLast ? family : keyBefore(family)} ${part}`);
        }
      }
    }
  }
  return uses;
}

/** The key of what goes before `+` in names of the family. */
function keyBefore(family: string): string {
  const known = FAMILY_KEYS.find((key) => key === family);
  return (known === undefined ? undefined : familyOf(known).composition?.key) ?? family;
}

function policiesIn(text: string): object {
  try {
    const { policies } = parse(text) as { policies?: unknown };
    return typeof policies === "object" && policies !== null ? policies : {};
  } catch {
    return {};
  }
}
