import type { Part } from "./plan.ts";

/** A member that can send: `spare` is what its uplink would give one more receiver, bytes per second. */
export interface Source {
  readonly node: number;
  readonly spare: number;
}

/** Volunteers that one fetch takes from at once: those that unchoke it (BEP 3). */
export const SOURCES = 4;

/** Those with the most to spare; of equals, those that come first. */
export function best(sources: readonly Source[], count: number): Source[] {
  return sources.toSorted((a, b) => b.spare - a.spare || a.node - b.node).slice(0, count);
}

/** Bytes in proportion to what each source can spare, so that all end about together; else equal ones. */
export function split(sources: readonly Source[], bytes: number, to: number): Part[] {
  const spare = sources.reduce((sum, source) => sum + source.spare, 0);
  return sources
    .map((source) => ({
      from: source.node,
      to,
      bytes: spare === 0 ? bytes / sources.length : (bytes * source.spare) / spare,
    }))
    .filter((part) => part.bytes > 0);
}
