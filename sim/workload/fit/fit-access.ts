import { flashCrowdsOf } from "../profile/crowds/flash-crowds.ts";
import { type FileTally, tallyFiles } from "../profile/file-tally.ts";
import { releasesOf } from "../profile/releases.ts";
import { type AccessTrace, FILE_KINDS } from "../trace/trace.ts";
import { fitArrivals } from "./fit-arrivals.ts";
import { fitFiles } from "./fit-files.ts";
import { tableOf } from "./quantile-table.ts";
import type { CustomersModel, FittedRecipe, TransferModel } from "./recipe.ts";
import { fitVisitSizes } from "./visit-sizes.ts";
import { type Visits, visitsOf } from "./visits.ts";

/** A model of the trace, which must hold a request, as a recipe that makes traces like it. */
export function fitAccess(trace: AccessTrace, title: string): FittedRecipe {
  const tally = tallyFiles(trace);
  const visits = visitsOf(trace);
  const { crowds } = flashCrowdsOf(trace, releasesOf(trace.catalogue, tally));
  return {
    trace: "fitted",
    title,
    seed: 1,
    scale: 1,
    window: trace.window,
    epoch: trace.epoch,
    files: fitFiles(trace, tally.requests),
    arrivals: fitArrivals(trace, visits.start, crowds),
    customers: fitCustomers(trace, visits, tally),
    transfers: fitTransfers(trace),
  };
}

function fitCustomers(trace: AccessTrace, visits: Visits, { requests }: FileTally): CustomersModel {
  const all = requests.reduce((sum, count) => sum + count, 0);
  // Two independent requests are for one file by chance already.
  const chance = requests.reduce((sum, count) => sum + (count / all) ** 2, 0);
  const repeated = visits.gaps.length === 0 ? 0 : visits.repeated / visits.gaps.length;
  const again = chance < 1 ? Math.max(0, (repeated - chance) / (1 - chance)) : 0;
  return {
    count: visits.perCustomer.length,
    visits: tableOf(visits.perCustomer),
    requests: fitVisitSizes(trace, visits.start, visits.requests),
    gaps: visits.gaps.length === 0 ? [] : tableOf(visits.gaps),
    again: Number(again.toPrecision(4)),
  };
}

function fitTransfers({ requests: table, catalogue }: AccessTrace): readonly TransferModel[] {
  return FILE_KINDS.flatMap((kind, number) => {
    const taken: number[] = [];
    let requests = 0;
    for (let row = 0; row < table.requests; row++) {
      const file = table.file[row];
      if (catalogue.kind[file] !== number) continue;
      requests++;
      if (table.bytes[row] < catalogue.size[file])
        taken.push(table.bytes[row] / catalogue.size[file]);
    }
    if (requests === 0) return [];
    const partial = Number((taken.length / requests).toPrecision(4));
    return [{ kind, partial, taken: taken.length === 0 ? [] : tableOf(taken) }];
  });
}
