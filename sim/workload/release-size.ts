import type { Extract } from "./extract.ts";
import { catalogueOf, installChances, type ReleaseRecipe } from "./release.ts";
import type { WorkloadSize } from "./workload-size.ts";

const DAY = 86_400;

/** What `releaseWorkload` makes on average, or a little more than that: all customers are taken to come. */
export function releaseSize(recipe: ReleaseRecipe, extract: Extract): WorkloadSize {
  const { customers, background, window } = recipe;
  const catalogue = catalogueOf(recipe, extract);
  const chances = installChances(extract);
  const filesOf = (isUpdate: boolean) =>
    extract.reduce(
      (sum, { updates }, row) => sum + ((updates !== undefined) === isUpdate ? chances[row] : 0),
      0,
    );
  const machines = (customers * background * window) / DAY;
  const share = recipe.images?.share ?? 0;
  const perUpdate = share + (1 - share) * (catalogue.indexesToUpdate.length + filesOf(true));
  const perInstall = catalogue.indexesToInstall.after.length + filesOf(false);
  return {
    files: catalogue.files,
    customers: Math.round(customers + machines),
    requests: Math.round(customers * perUpdate + machines * perInstall),
  };
}
