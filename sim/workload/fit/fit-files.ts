import { LARGE, profileDuplicates } from "../profile/duplicates.ts";
import { fitRankLaw } from "../profile/popularity/fit-rank-law.ts";
import { type AccessTrace, FILE_KINDS } from "../trace/trace.ts";
import { tableOf } from "./quantile-table.ts";
import type { FilesModel, KindSizes, RankBand } from "./recipe.ts";

/** Each band has so many ranks as all before it together: the head keeps its files one by one. */
const GROWTH = 2;
/** Pieces of the law of ranks: one for each, plateau, bend, body and tail. */
const PIECES = 4;

/** @param requests Requests to each file, by its row. */
export function fitFiles({ catalogue }: AccessTrace, requests: Uint32Array): FilesModel {
  const order = Uint32Array.from({ length: catalogue.files }, (_, file) => file).sort(
    (a, b) => requests[b] - requests[a] || a - b,
  );
  const counts = Uint32Array.from(order, (file) => requests[file]);
  // All files with a request: a trace that is made again has its own chance at the tail.
  const law = fitRankLaw(counts, 1, PIECES);
  const duplicates = profileDuplicates(catalogue) ?? [];
  const all = duplicates.find(({ from }) => from === 1);
  const large = duplicates.find(({ from }) => from === LARGE);
  return {
    count: catalogue.files,
    popularity: (law?.pieces ?? [{ from: 1, exponent: 0 }]).map(({ from, exponent }) => ({
      from,
      exponent: Number(exponent.toPrecision(4)),
    })),
    bands: bandsOf(order, (file) => FILE_KINDS[catalogue.kind[file]], catalogue.size),
    identical: {
      large: rounded(share(large?.identical, large?.files)),
      small: rounded(
        share(
          (all?.identical ?? 0) - (large?.identical ?? 0),
          (all?.files ?? 0) - (large?.files ?? 0),
        ),
      ),
    },
  };
}

function bandsOf(
  order: Uint32Array,
  kindOf: (file: number) => KindSizes["kind"],
  size: Float64Array,
): readonly RankBand[] {
  const bands: RankBand[] = [];
  for (let from = 0; from < order.length; ) {
    const to = Math.min(order.length, Math.max(from + 1, from * GROWTH));
    const files = order.subarray(from, to);
    const kinds = FILE_KINDS.flatMap((kind): KindSizes[] => {
      const own = files.filter((file) => kindOf(file) === kind);
      if (own.length === 0) return [];
      return [
        { kind, files: own.length, sizes: tableOf(Float64Array.from(own, (file) => size[file])) },
      ];
    });
    bands.push({ ranks: to - from, kinds });
    from = to;
  }
  return bands;
}

function share(part = 0, whole = 0): number {
  return whole === 0 ? 0 : part / whole;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
