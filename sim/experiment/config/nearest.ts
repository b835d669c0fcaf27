/**
 * The name in `known` that was most likely meant by `word`, or `undefined` if none is close.
 *
 * Close means that at most a third of the name has to be typed differently. The case of letters
 * costs nothing, so that `mbit/s` finds `Mbit/s`.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const limit = (name: string) => Math.max(1, Math.ceil(name.length / 3));
  return known
    .map((name) => ({ name, edits: editDistance(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= limit(name) && edits < name.length)
    .sort((a, b) => a.edits - b.edits)[0]?.name;
}

/** Insertions, deletions and substitutions from `a` to `b` (Wagner and Fischer, JACM 21(1), 1974). */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substituted = previous[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(previous[column] + 1, current[column - 1] + 1, substituted));
    }
    previous = current;
  }
  return previous[b.length];
}
