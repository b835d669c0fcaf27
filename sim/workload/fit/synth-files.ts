import type { Stream } from "../../engine/random.ts";
import { LARGE } from "../profile/duplicates.ts";
import { shuffle } from "../synth/chance.ts";
import { type DetailedCatalogue, FILE_KINDS, type FileKind } from "../trace/trace.ts";
import { spreadValues } from "./quantile-table.ts";
import type { FilesModel, RankBand } from "./recipe.ts";

/** Paths that tell the kind, by kind. */
const PATHS: Readonly<Record<FileKind, (file: number) => string>> = {
  image: (file) => `images/image-${file}.iso`,
  package: (file) => `packages/package-${file}-1.0-1.noarch.rpm`,
  index: (file) => `repodata/index-${file}.xml.gz`,
  other: (file) => `others/file-${file}`,
};

/** The model's files by rank: row 0 is the most popular. */
export function synthFiles(model: FilesModel, random: Stream): DetailedCatalogue {
  const size = new Float64Array(model.count);
  const kind = new Uint8Array(model.count);
  let from = 0;
  for (const band of model.bands) {
    fillBand(band, size.subarray(from), kind.subarray(from), random);
    from += band.ranks;
  }
  return {
    files: model.count,
    size,
    digest: digests(model, size, kind),
    release: new Float64Array(model.count).fill(Number.NEGATIVE_INFINITY),
    path: (file) => PATHS[FILE_KINDS[kind[file]]](file),
    kind,
    packageOf: new Uint32Array(0),
    distributionOf: new Uint16Array(0),
    packages: NONE,
    distributions: NONE,
  };
}

const NONE = { length: 0, at: () => "" };

function fillBand(band: RankBand, size: Float64Array, kind: Uint8Array, random: Stream): void {
  const places = shuffle(
    random,
    Uint32Array.from({ length: band.ranks }, (_, at) => at),
  );
  let next = 0;
  for (const own of band.kinds) {
    const number = FILE_KINDS.indexOf(own.kind);
    for (const value of spreadValues(own.sizes, own.files, random)) {
      size[places[next]] = Math.max(1, Math.round(value));
      kind[places[next++]] = number;
    }
  }
}

/**
 * Contents: the model's share of the files of a kind are pairs of one content. A pair are two
 * neighbours in size, and the larger takes the size of the smaller.
 */
function digests({ count, identical }: FilesModel, size: Float64Array, kind: Uint8Array) {
  const digest = Uint32Array.from({ length: count }, (_, file) => file);
  const order = digest.slice().sort((a, b) => kind[a] - kind[b] || size[a] - size[b] || a - b);
  let due = 0;
  for (let at = 0; at + 1 < count; at++) {
    const [file, next] = [order[at], order[at + 1]];
    due += size[file] >= LARGE ? identical.large : identical.small;
    if (due < 2 || kind[file] !== kind[next]) continue;
    size[next] = size[file];
    digest[next] = digest[file];
    due -= 2;
  }
  return digest;
}
