import type { DetailedRequests } from "../trace/trace.ts";

/** Rows sorted at once: bounds the memory, 4 bytes a row, however long the trace. */
const MOST_ROWS = 4_000_000;

/**
 * Visits the customers that asked for anything, each with the rows of its requests in order of
 * time. The rows given are overwritten after the visit.
 */
export function forEachCustomer(
  { customer, requests }: Pick<DetailedRequests, "customer" | "requests">,
  customers: number,
  visit: (rows: Uint32Array, customer: number) => void,
  mostRows = MOST_ROWS,
): void {
  const counts = new Uint32Array(customers);
  for (let row = 0; row < requests; row++) counts[customer[row]]++;
  const next = new Uint32Array(customers);
  let rows = new Uint32Array(0);

  for (let first = 0; first < customers; ) {
    // As many customers as fit, but at least one: their rows are found in one pass.
    let end = first;
    let size = 0;
    while (end < customers && (end === first || size + counts[end] <= mostRows)) {
      next[end] = size;
      size += counts[end++];
    }
    if (rows.length < size) rows = new Uint32Array(size);
    for (let row = 0; row < requests; row++) {
      const each = customer[row];
      if (each >= first && each < end) rows[next[each]++] = row;
    }
    for (let each = first; each < end; each++) {
      if (counts[each] > 0) visit(rows.subarray(next[each] - counts[each], next[each]), each);
    }
    first = end;
  }
}
