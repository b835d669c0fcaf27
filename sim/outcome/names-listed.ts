/** `a`, `a and b`, `a, b and 3 others`: at most `most` by their names. */
export function namesListed(names: readonly string[], most = Number.POSITIVE_INFINITY): string {
  const named = names.slice(0, most);
  const rest = names.length - named.length;
  const parts = rest === 0 ? named : [...named, rest === 1 ? "1 other" : `${rest} others`];
  return parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
