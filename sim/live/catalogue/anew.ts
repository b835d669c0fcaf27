import type { CatalogueChange, CatalogueView } from "../parts.ts";

/**
 * What somebody is to be told who knew another catalogue, with numbers below `count`: all that it knew is
 * gone, and all that is here has come.
 */
export function* anew(catalogue: CatalogueView, count: number): Iterable<CatalogueChange> {
  for (let file = 0; file < count; file++) yield { kind: "removed", file };
  for (let file = 0; file < catalogue.count; file++) {
    if (catalogue.has(file)) yield { kind: "added", file };
  }
}
