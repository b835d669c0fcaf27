/**
 * How a repository is built up. A package is what one distribution has under one title. Each of
 * the distribution's releases keeps a line of its versions. Each version is a build: a file for
 * every architecture, or one for all, followed by files that stand beside it. Files are numbered in
 * this order, so what a file is follows from where it stands, and no path need be stored.
 */
import { InputError } from "../../../engine/input-error.ts";
import type { Stream } from "../../../engine/random.ts";
import { apportion } from "../apportion.ts";
import { geometric } from "../chance.ts";
import { Growing } from "../growing.ts";
import type { CatalogueRecipe, DistributionRecipe, PackageFormat } from "../recipe.ts";
import type { Release } from "./plan.ts";
import { drawUpdateKind } from "./update-kind.ts";

/** Stands where there is no build, package or release. */
export const NONE = -1;

/**
 * Share of the packages that are the same for every architecture: 49 % in the index of Debian 12;
 * an assumption for rpm, whose packages could not be split by architecture before 2009.
 */
const INDEPENDENT: Readonly<Record<PackageFormat, number>> = { deb: 0.49, rpm: 0.15 };

/** More versions than any line keeps. */
const MOST_VERSIONS = 30;

export interface Layout {
  /** Index into the distributions, by package. */
  readonly distributionOf: Uint16Array;
  /** Number of the title, by package. */
  readonly title: Uint32Array;
  /** 1 if one file serves all architectures, by package. */
  readonly isIndependent: Uint8Array;
  /** The package of the same title in the distribution it derives from, or `NONE`; by package. */
  readonly model: Int32Array;
  /** The first line of each package, and one more entry at the end. */
  readonly firstLine: Uint32Array;
  /** Index into the plan of the release that brings a line's last version, or `NONE`. */
  readonly newest: Int32Array;
  /** The first build of each line, and one more entry at the end. A line may have no build. */
  readonly firstBuild: Uint32Array;
  /** The line of each build. */
  readonly lineOf: Uint32Array;
  /** The package of each line. */
  readonly packageOf: Uint32Array;
  /** Index into `UPDATE_KINDS`, by build; without meaning for the first of a line. */
  readonly update: Uint8Array;
  /** The first file of each build, and one more entry at the end. */
  readonly firstFile: Uint32Array;
  /** Package files of each build; files that stand beside it follow them. */
  readonly packageFiles: Uint8Array;
}

/** Lays out so many package files and files that stand beside them. */
export function layOut(
  recipe: CatalogueRecipe,
  files: { readonly packages: number; readonly others: number },
  plan: readonly Release[],
  random: Stream,
): Layout {
  const draft = new Draft(recipe, files, plan, random);
  const shares = recipe.distributions.map((distribution) => distribution.files);
  for (const [index, quota] of apportion(files.packages, shares).entries()) {
    draft.addDistribution(index, quota);
  }
  return draft.finish();
}

class Draft {
  readonly #recipe: CatalogueRecipe;
  readonly #goal: { readonly packages: number; readonly others: number };
  readonly #plan: readonly Release[];
  readonly #random: Stream;
  readonly #distributionOf = new Growing(Uint16Array);
  readonly #title = new Growing(Uint32Array);
  readonly #isIndependent = new Growing(Uint8Array);
  readonly #model = new Growing(Int32Array);
  readonly #firstLine = new Growing(Uint32Array);
  readonly #newest = new Growing(Int32Array);
  readonly #firstBuild = new Growing(Uint32Array);
  readonly #lineOf = new Growing(Uint32Array);
  readonly #packageOf = new Growing(Uint32Array);
  readonly #update = new Growing(Uint8Array);
  readonly #firstFile = new Growing(Uint32Array);
  readonly #packageFiles = new Growing(Uint8Array);
  /** The first package of each distribution so far. */
  readonly #firstPackage: number[] = [];
  #titles = 0;
  #packagesSoFar = 0;
  #othersSoFar = 0;

  constructor(
    recipe: CatalogueRecipe,
    goal: { readonly packages: number; readonly others: number },
    plan: readonly Release[],
    random: Stream,
  ) {
    this.#recipe = recipe;
    this.#goal = goal;
    this.#plan = plan;
    this.#random = random;
  }

  /** Adds packages until the distribution has exactly `quota` package files. */
  addDistribution(index: number, quota: number): void {
    const { common, distributions } = this.#recipe;
    const distribution = distributions[index];
    const { like } = distribution;
    const releases = this.#plan.flatMap((release, at) =>
      release.distribution === index ? [at] : [],
    );
    let models = this.#modelsOf(index, like);
    this.#firstPackage.push(this.#title.length);
    const goal = this.#packagesSoFar + quota;
    while (this.#packagesSoFar < goal) {
      const isCommon = models.next < models.end && this.#random() < common;
      const model = isCommon ? models.next : NONE;
      if (isCommon) models = { ...models, next: models.next + 1 };
      this.#addPackage(index, distribution, model, { releases, goal });
    }
  }

  /** The packages of the distribution that this one derives from. */
  #modelsOf(index: number, like: string | null): { readonly next: number; readonly end: number } {
    const at = this.#recipe.distributions.findIndex(({ name }) => name === like);
    if (at >= index)
      throw new InputError([`invalid like: ${like}; not before what derives from it`]);
    if (at < 0) return { next: 0, end: 0 };
    return { next: this.#firstPackage[at], end: this.#firstPackage[at + 1] ?? this.#title.length };
  }

  #addPackage(
    index: number,
    { format, releases: kept, architectures }: DistributionRecipe,
    model: number,
    { releases, goal }: { readonly releases: readonly number[]; readonly goal: number },
  ): void {
    const own = this.#random() < INDEPENDENT[format] ? 1 : 0;
    this.#distributionOf.push(index);
    this.#title.push(model === NONE ? this.#titles++ : this.#title.get(model));
    this.#isIndependent.push(model === NONE ? own : this.#isIndependent.get(model));
    this.#model.push(model);
    this.#firstLine.push(this.#firstBuild.length);
    const isIndependent = this.#isIndependent.get(this.#title.length - 1) === 1;
    for (const [release] of kept.entries()) {
      const modelLine = this.#modelLine(model, release);
      const { versions, newest } =
        modelLine === NONE ? this.#ownLine(releases) : this.#lineLike(modelLine, releases);
      this.#packageOf.push(this.#title.length - 1);
      this.#newest.push(newest);
      this.#firstBuild.push(this.#firstFile.length);
      // The last package of a distribution is cut short where the quota is filled.
      for (let version = 0; version < versions && this.#packagesSoFar < goal; version++) {
        const wanted = isIndependent ? 1 : architectures.length;
        this.#addBuild(Math.min(wanted, goal - this.#packagesSoFar));
      }
    }
  }

  #modelLine(model: number, release: number): number {
    if (model === NONE) return NONE;
    const first = this.#firstLine.get(model);
    const isLast = model + 1 === this.#firstLine.length;
    const end = isLast ? this.#firstBuild.length : this.#firstLine.get(model + 1);
    return first + release < end ? first + release : NONE;
  }

  #ownLine(releases: readonly number[]) {
    let rest = this.#random();
    const newest = releases.find((at) => {
      rest -= this.#plan[at].packages;
      return rest < 0;
    });
    const before = 1 + geometric(this.#random, this.#recipe.versions - 1);
    const least = newest === undefined ? 1 : 2;
    const versions = Math.max(least, Math.min(MOST_VERSIONS, before));
    return { versions, newest: newest ?? NONE };
  }

  /** The line of a derived distribution follows its model's: what is new there comes here later. */
  #lineLike(line: number, releases: readonly number[]) {
    const versions = this.#firstBuildAfter(line) - this.#firstBuild.get(line);
    const there = this.#newest.get(line);
    if (there === NONE) return { versions, newest: NONE };
    const here = releases.find((at) => this.#plan[at].time > this.#plan[there].time);
    return here === undefined
      ? { versions: Math.max(0, versions - 1), newest: NONE }
      : { versions, newest: here };
  }

  #firstBuildAfter(line: number): number {
    const isLast = line + 1 === this.#firstBuild.length;
    return isLast ? this.#firstFile.length : this.#firstBuild.get(line + 1);
  }

  /** Files that stand beside packages are dealt out evenly, so that in the end all are. */
  #addBuild(packageFiles: number): void {
    const { packages, others } = this.#goal;
    this.#lineOf.push(this.#firstBuild.length - 1);
    this.#update.push(drawUpdateKind(this.#random));
    this.#firstFile.push(this.#packagesSoFar + this.#othersSoFar);
    this.#packageFiles.push(packageFiles);
    this.#packagesSoFar += packageFiles;
    this.#othersSoFar = Math.floor((this.#packagesSoFar * others) / packages);
  }

  finish(): Layout {
    this.#firstLine.push(this.#firstBuild.length);
    this.#firstBuild.push(this.#firstFile.length);
    this.#firstFile.push(this.#packagesSoFar + this.#othersSoFar);
    return {
      distributionOf: this.#distributionOf.toArray(),
      title: this.#title.toArray(),
      isIndependent: this.#isIndependent.toArray(),
      model: this.#model.toArray(),
      firstLine: this.#firstLine.toArray(),
      newest: this.#newest.toArray(),
      firstBuild: this.#firstBuild.toArray(),
      lineOf: this.#lineOf.toArray(),
      packageOf: this.#packageOf.toArray(),
      update: this.#update.toArray(),
      firstFile: this.#firstFile.toArray(),
      packageFiles: this.#packageFiles.toArray(),
    };
  }
}
