import type { Stream } from "../../../engine/random.ts";
import { normal } from "../chance.ts";
import type { SyncRecipe } from "../recipe.ts";

const DAY = 86_400;

/** An edge node as far as its synchronisations are concerned. */
export interface EdgeNode {
  readonly name: string;
  /** Share of the repository that it mirrors. */
  readonly coverage: number;
  /** Bytes per second that it receives. */
  readonly link: number;
  /** Seconds from midnight to its daily synchronisation. */
  readonly start: number;
}

/**
 * The nodes, the traced one first: a complete mirror with the recipe's link. Of the others the
 * wanted share is complete; the partial ones hold anything from the least share up, all alike.
 */
export function fleetOf(recipe: SyncRecipe, random: Stream): readonly EdgeNode[] {
  const { nodes, complete, leastCoverage, link, linkSpread, first, starts } = recipe;
  const completeNodes = Math.max(1, Math.round(complete * nodes));
  return Array.from({ length: nodes }, (_, node) => {
    const [share, speed, start] = [random(), normal(random), random()];
    const name = `edge-${String(node + 1).padStart(String(nodes).length, "0")}`;
    if (node === 0) return { name, coverage: 1, link, start: first };
    return {
      name,
      coverage: node < completeNodes ? 1 : leastCoverage + (1 - leastCoverage) * share,
      link: link * Math.exp(linkSpread * speed),
      start: Math.floor(first + starts * start) % DAY,
    };
  });
}
