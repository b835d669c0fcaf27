import { streams } from "../../engine/random.ts";
import type { AccessTrace, NameList } from "../trace/trace.ts";
import { RequestColumns, RequestTally } from "./demand/columns.ts";
import { requestImages } from "./demand/images.ts";
import { openMarket, requestPackages } from "./demand/packages.ts";
import type { AccessRecipe } from "./recipe.ts";
import { makeRepository, type Repository } from "./repository/catalogue.ts";
import { accessAtScale } from "./scale.ts";

/** A generated trace, with the repository as it is built up. */
export interface SyntheticAccess extends AccessTrace {
  readonly catalogue: Repository;
}

/**
 * Makes the recipe's downloads: the same for the same recipe.
 *
 * Requests for packages are drawn twice, first to be counted, then to be written where they belong;
 * between the two it is known how many bytes of images make up their share.
 *
 * @throws InputError when the recipe's numbers contradict each other.
 */
export function synthesizeAccess(recipe: AccessRecipe): SyntheticAccess {
  const scaled = accessAtScale(recipe);
  const named = streams(recipe.seed);
  const catalogue = makeRepository(scaled, named);
  const market = openMarket(scaled, catalogue, named);

  const tally = new RequestTally(recipe.window);
  const visits = requestPackages(market, named, tally);
  const { imageBytes, customers } = scaled.demand;
  const bytes = (tally.bytes * imageBytes) / (1 - imageBytes);
  const images = requestImages(market, named, { bytes, visits });
  images.replay(tally);

  const columns = new RequestColumns(tally);
  requestPackages(market, named, columns);
  images.replay(columns);
  return {
    kind: "access",
    catalogue,
    requests: columns.sorted(),
    customers: addresses(customers),
    window: recipe.window,
    epoch: null,
  };
}

/** Private addresses, one a customer (RFC 1918: 10.0.0.0/8). */
function addresses(length: number): NameList {
  return {
    length,
    at: (customer) => `10.${customer >>> 16}.${(customer >>> 8) & 255}.${customer & 255}`,
  };
}
