/** Puts the items in place of all that the list holds. There may be millions: too many for a call. */
export function refill<Item>(list: Item[], items: Iterable<Item>): void {
  list.length = 0;
  for (const item of items) list.push(item);
}

/** The column with room for place `at`, the same one or a larger copy. */
export function grown<Column extends Float64Array | Int32Array | Uint32Array | Uint8Array>(
  column: Column,
  at: number,
): Column {
  if (at < column.length) return column;
  const Kind = column.constructor as new (length: number) => Column;
  const larger = new Kind(Math.max(at + 1, Math.ceil(column.length * 1.5)));
  larger.set(column);
  return larger;
}
