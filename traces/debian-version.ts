/**
 * Compares two Debian version numbers: negative if `a` is the older one.
 *
 * Source: Debian Policy Manual, section 5.6.12, "Version".
 */
export function compareVersions(a: string, b: string): number {
  const left = parse(a);
  const right = parse(b);
  return (
    left.epoch - right.epoch ||
    comparePart(left.upstream, right.upstream) ||
    comparePart(left.revision, right.revision)
  );
}

interface Version {
  readonly epoch: number;
  readonly upstream: string;
  readonly revision: string;
}

function parse(version: string): Version {
  const colon = version.indexOf(":");
  const rest = version.slice(colon + 1);
  const dash = rest.lastIndexOf("-");
  return {
    epoch: colon < 0 ? 0 : Number(version.slice(0, colon)),
    upstream: dash < 0 ? rest : rest.slice(0, dash),
    revision: dash < 0 ? "" : rest.slice(dash + 1),
  };
}

/** Runs of other characters and runs of digits are compared in turn, the latter as numbers. */
function comparePart(a: string, b: string): number {
  const left = runs(a);
  const right = runs(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference =
      compareText(left[i]?.text ?? "", right[i]?.text ?? "") ||
      (left[i]?.number ?? 0) - (right[i]?.number ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function runs(part: string): { readonly text: string; readonly number: number }[] {
  return [...part.matchAll(/(\D*)(\d*)/g)]
    .filter(([run]) => run !== "")
    .map(([, text = "", digits = ""]) => ({ text, number: Number(digits) }));
}

function compareText(a: string, b: string): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = rank(a[i]) - rank(b[i]);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A tilde sorts before the end of the part, letters after it, everything else after letters. */
function rank(character: string | undefined): number {
  if (character === undefined) return 0;
  if (character === "~") return -1;
  return character.charCodeAt(0) + (/[A-Za-z]/.test(character) ? 0 : 256);
}
