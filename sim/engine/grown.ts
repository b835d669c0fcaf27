/** Copies a column into the start of a larger one, and returns that. */
export function grown<Column extends { set(source: ArrayLike<number>): void }>(
  old: ArrayLike<number>,
  larger: Column,
): Column {
  larger.set(old);
  return larger;
}
