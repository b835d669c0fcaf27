import { InputError } from "../../../engine/input-error.ts";
import type { Stream } from "../../../engine/random.ts";
import { type DetailedCatalogue, FILE_KINDS, type FileKind } from "../../trace/trace.ts";
import type { AccessRecipe } from "../recipe.ts";
import { shareContents } from "./identical.ts";
import { type Image, makeImages } from "./images.ts";
import { INDEX_FILES, indexFilesOf, type Suite, suitesOf } from "./indexes.ts";
import { type Layout, layOut, NONE } from "./layout.ts";
import { naturalSizes } from "./natural-sizes.ts";
import { buildPath, imagePath, indexPath } from "./paths.ts";
import { type Release, releasePlan } from "./plan.ts";
import { fitSizes, fitted, type SizeFit } from "./size-fit.ts";
import { titleOf } from "./title.ts";
import { UPDATE_KINDS, type UpdateKind } from "./update-kind.ts";

const MEGABYTE = 1e6;

/** A generated repository: a catalogue and how it is built up. */
export interface Repository extends DetailedCatalogue {
  readonly layout: Layout;
  readonly plan: readonly Release[];
  readonly suites: readonly Suite[];
  readonly images: readonly Image[];
  /** Row of the first image; the others follow, and after them the index files. */
  readonly firstImage: number;
  /** What was done to the measured package sizes. */
  readonly fit: SizeFit;
  /** Row of the file that a package file replaces, with how the two differ; null if there is none. */
  previous(file: number): { readonly file: number; readonly update: UpdateKind } | null;
}

/**
 * Makes a repository with the recipe's numbers of files and bytes.
 *
 * Streams: "synth/layout", "synth/images", "synth/sizes" and "synth/identical".
 *
 * @throws InputError when the numbers contradict each other.
 */
export function makeRepository(
  recipe: AccessRecipe,
  streams: (name: string) => Stream,
): Repository {
  const { catalogue } = recipe;
  const { distributions } = catalogue;
  const plan = releasePlan(recipe);
  const images = makeImages(catalogue, plan, streams("synth/images"));
  const files = fileCounts(recipe, images.length, plan);
  const layout = layOut(catalogue, files, plan, streams("synth/layout"));
  const firstImage = files.packages + files.others;
  const suites = suitesOf(recipe, plan, firstImage + images.length);

  const columns = emptyColumns(catalogue.files);
  fillBuilds(columns, layout, plan);
  columns.size.set(naturalSizes(layout, distributions, streams("synth/sizes")));
  fillImages(columns, { layout, images, firstImage });
  fillIndexes(columns, { recipe, layout, suites });
  const fit = fitPackages(columns, recipe);
  const { identical } = catalogue;
  shareContents(layout, distributions, columns, identical, streams("synth/identical"));

  const packages = layout.title.length;
  return {
    ...columns,
    files: catalogue.files,
    path(file) {
      if (file < firstImage) return pathOfBuild(layout, recipe, file);
      const image = file - firstImage;
      if (image < images.length) return imagePath(distributions, images[image], image);
      return indexPath(distributions, suiteOf(suites, file), file);
    },
    packages: {
      length: packages + 2 * distributions.length,
      at: (pack) => packageName(layout, recipe, pack),
    },
    distributions: { length: distributions.length, at: (index) => distributions[index].name },
    layout,
    plan,
    suites,
    images,
    firstImage,
    fit,
    previous: (file) => previousOf(layout, firstImage, file),
  };
}

type Columns = ReturnType<typeof emptyColumns>;

function emptyColumns(files: number) {
  return {
    size: new Float64Array(files),
    digest: Uint32Array.from({ length: files }, (_, file) => file),
    release: new Float64Array(files).fill(Number.NEGATIVE_INFINITY),
    kind: new Uint8Array(files),
    packageOf: new Uint32Array(files),
    distributionOf: new Uint16Array(files),
  };
}

/** What remains for packages and what stands beside them, when images and indexes have their place. */
function fileCounts(recipe: AccessRecipe, images: number, plan: readonly Release[]) {
  const { files, others, distributions } = recipe.catalogue;
  const suites = suitesOf(recipe, plan, 0);
  const indexes = suites.reduce((sum, { changes }) => sum + indexFilesOf(changes.length), 0);
  const beside = Math.round(others * files);
  const packages = files - images - indexes - beside;
  if (packages < 2 * distributions.length) {
    throw new InputError([
      `invalid files: ${files}; of these ${images} are images, ${indexes} indexes and ` +
        `${beside} others, and two packages a distribution do not remain`,
    ]);
  }
  return { packages, others: beside };
}

function fillBuilds(columns: Columns, layout: Layout, plan: readonly Release[]): void {
  const kindOfPackage = kindNumber("package");
  const kindOfOther = kindNumber("other");
  for (let build = 0; build < layout.lineOf.length; build++) {
    const line = layout.lineOf[build];
    const pack = layout.packageOf[line];
    const newest = layout.newest[line];
    const isNew = newest !== NONE && build + 1 === layout.firstBuild[line + 1];
    const [start, end] = [layout.firstFile[build], layout.firstFile[build + 1]];
    if (isNew) columns.release.fill(plan[newest].time, start, end);
    columns.packageOf.fill(pack, start, end);
    columns.distributionOf.fill(layout.distributionOf[pack], start, end);
    columns.kind.fill(kindOfPackage, start, start + layout.packageFiles[build]);
    columns.kind.fill(kindOfOther, start + layout.packageFiles[build], end);
  }
}

function fillImages(
  columns: Columns,
  parts: {
    readonly layout: Layout;
    readonly images: readonly Image[];
    readonly firstImage: number;
  },
): void {
  for (const [index, { size, time, distribution, copyOf }] of parts.images.entries()) {
    const file = parts.firstImage + index;
    columns.size[file] = size;
    columns.release[file] = time;
    columns.kind[file] = kindNumber("image");
    columns.packageOf[file] = parts.layout.title.length + distribution;
    columns.distributionOf[file] = distribution;
    if (copyOf !== null) columns.digest[file] = parts.firstImage + copyOf;
  }
}

function fillIndexes(
  columns: Columns,
  parts: {
    readonly recipe: AccessRecipe;
    readonly layout: Layout;
    readonly suites: readonly Suite[];
  },
): void {
  const { catalogue } = parts.recipe;
  const { distributions } = catalogue;
  for (const { firstIndex, changes, distribution } of parts.suites) {
    for (let offset = 0; offset < indexFilesOf(changes.length); offset++) {
      const file = firstIndex + offset;
      const edition = Math.floor(offset / INDEX_FILES.length);
      columns.size[file] = catalogue[INDEX_FILES[offset % INDEX_FILES.length]];
      columns.release[file] = edition === 0 ? Number.NEGATIVE_INFINITY : changes[edition - 1];
      columns.kind[file] = kindNumber("index");
      columns.packageOf[file] = parts.layout.title.length + distributions.length + distribution;
      columns.distributionOf[file] = distribution;
    }
  }
}

/** Fits the package files to what the other files leave of the recipe's totals. */
function fitPackages({ size, kind }: Columns, { catalogue }: AccessRecipe): SizeFit {
  const kindOfPackage = kindNumber("package");
  let large = Math.round((1 - catalogue.small) * catalogue.files);
  let { bytes } = catalogue;
  for (let file = 0; file < size.length; file++) {
    if (kind[file] === kindOfPackage) continue;
    bytes -= size[file];
    if (size[file] >= MEGABYTE) large--;
  }
  const fit = fitSizes(
    size.filter((_, file) => kind[file] === kindOfPackage),
    { large, bytes },
  );
  for (let file = 0; file < size.length; file++) {
    if (kind[file] === kindOfPackage) size[file] = fitted(size[file], fit);
  }
  return fit;
}

function pathOfBuild(layout: Layout, { catalogue }: AccessRecipe, file: number): string {
  const build = lastAtMost(layout.firstFile, file);
  return buildPath(layout, catalogue.distributions, build, file - layout.firstFile[build]);
}

/** Distributions have names like `debian/libfoo`; images and indexes go as packages of their own. */
function packageName(layout: Layout, { catalogue }: AccessRecipe, pack: number): string {
  const { distributions } = catalogue;
  const packages = layout.title.length;
  if (pack < packages) {
    return `${distributions[layout.distributionOf[pack]].name}/${titleOf(layout.title[pack])}`;
  }
  const rest = pack - packages;
  return rest < distributions.length
    ? `${distributions[rest].name}/images`
    : `${distributions[rest - distributions.length].name}/indexes`;
}

function previousOf(layout: Layout, firstImage: number, file: number) {
  if (file >= firstImage) return null;
  const build = lastAtMost(layout.firstFile, file);
  const member = file - layout.firstFile[build];
  const isFirst = build === layout.firstBuild[layout.lineOf[build]];
  if (isFirst || member >= Math.min(layout.packageFiles[build], layout.packageFiles[build - 1])) {
    return null;
  }
  const update = UPDATE_KINDS[layout.update[build]];
  return { file: layout.firstFile[build - 1] + member, update };
}

function suiteOf(suites: readonly Suite[], file: number): Suite {
  return suites[suites.findLastIndex(({ firstIndex }) => firstIndex <= file)];
}

/** The last place in never-decreasing numbers at which one is at most `value`. */
function lastAtMost(values: Uint32Array, value: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (values[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

function kindNumber(kind: FileKind): number {
  return FILE_KINDS.indexOf(kind);
}
