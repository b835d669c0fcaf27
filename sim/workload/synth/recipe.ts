/**
 * What a synthetic trace is made from. Defaults and their reasons stand in the schema of recipe
 * files; here stand the meanings. Counts are those at scale 1.
 */
import type { Weekday } from "../rhythm.ts";

export type Recipe = AccessRecipe | SyncRecipe;

/** Downloads from a repository over some days. */
export interface AccessRecipe {
  readonly trace: "access";
  readonly title: string;
  readonly seed: number;
  /** Multiplies files, bytes, customers and so requests, and leaves every shape as it is. */
  readonly scale: number;
  /** Seconds, a whole number of days. */
  readonly window: number;
  /** The day of the week on which the window starts, at midnight. */
  readonly weekday: Weekday;
  readonly catalogue: CatalogueRecipe;
  readonly releases: ReleasesRecipe;
  readonly demand: DemandRecipe;
  readonly transfers: TransfersRecipe;
}

export interface CatalogueRecipe {
  readonly files: number;
  readonly bytes: number;
  /** Share of the files that are smaller than 1 MB. */
  readonly small: number;
  /** Share of the files of at least 1 MB that are identical to another under another name. */
  readonly identical: number;
  /** Share of the files that stand beside packages: headers, descriptions, signatures, patches. */
  readonly others: number;
  /** Versions of a package that one release of a distribution keeps, on average. */
  readonly versions: number;
  /** Share of a derived distribution's packages that its model has as well. */
  readonly common: number;
  /** Images of installation media. */
  readonly images: number;
  /** Bytes of the file that says whether anything is new. */
  readonly signature: number;
  /** Bytes of the list of a suite's packages. */
  readonly packageList: number;
  readonly distributions: readonly DistributionRecipe[];
}

export interface DistributionRecipe {
  readonly name: string;
  readonly format: PackageFormat;
  /** Share of the package files; the shares sum to 1. */
  readonly files: number;
  /** Share of the customers; the shares sum to 1. */
  readonly customers: number;
  /** Most used first. */
  readonly releases: readonly string[];
  /** Most used first. */
  readonly architectures: readonly string[];
  /** The day of the week on which it releases what is new. */
  readonly updates: Weekday;
  /** Name of the distribution before it in the list that it derives from, or null. */
  readonly like: string | null;
}

export type PackageFormat = "rpm" | "deb";

export interface ReleasesRecipe {
  /** Share of a suite's packages that get a new version a day. */
  readonly churn: number;
  /** Seconds from midnight to each distribution's weekly release. */
  readonly at: number;
  readonly major: readonly MajorRelease[];
}

/** A release that many machines want at once: a service pack, a new distribution. */
export interface MajorRelease {
  readonly name: string;
  readonly distribution: string;
  /** Seconds from the start of the window. */
  readonly at: number;
  /** Share of the distribution's packages that get a new version. */
  readonly packages: number;
  /** Share of the distribution's images that are new; at least one image if it is above 0. */
  readonly images: number;
}

export interface DemandRecipe {
  readonly customers: number;
  /** Share of the bytes delivered that are of images. */
  readonly imageBytes: number;
  /**
   * Index of the Pareto law of how often customers come: a share of them has at least so many times
   * the least visits, and it falls as that number to minus this.
   */
  readonly visitsIndex: number;
  /** Share of the further machines behind an address that update right after one, and as it does. */
  readonly together: number;
  /**
   * How customers divide among a distribution's releases, and among its architectures: the n-th of
   * either has n to minus this of the first one's.
   */
  readonly suiteExponent: number;
  /** Share of the machines that are in use on all days of the week alike; others rest at weekends. */
  readonly everyDay: number;
  /** Share of the machines that fetch a release at once; the others do when next in use, in a week. */
  readonly prompt: number;
  /** Share of the prompt ones that come within a day of a release. */
  readonly firstDay: number;
  /** How machines' packages spread over ranks. */
  readonly popularity: PopularityRecipe;
  /** Packages that a machine has of its distribution, on average. */
  readonly installed: number;
  /** Visits a day and customer that download an index and find nothing new. */
  readonly polls: number;
  /** Visits a day and customer that install packages. */
  readonly installs: number;
  /** Packages that such a visit installs, on average. */
  readonly installedAtOnce: number;
  /** Share of the package downloads after which a file that stands beside the package is fetched. */
  readonly others: number;
  /** Share of the image downloads that are of new images, if there are any. */
  readonly newImages: number;
}

/**
 * The law of Zipf and Mandelbrot: a package of rank r, as a share of its distribution's packages, is
 * on machines as (1 + r / flat) to minus `exponent`.
 */
export interface PopularityRecipe {
  /** Where the plateau of what nearly every machine has bends: a rank as a share of all packages. */
  readonly flat: number;
  readonly exponent: number;
}

/** How downloads go, as far as it shows in the requests. */
export interface TransfersRecipe {
  /** Bytes per second at which a customer receives; it spaces a visit's requests. */
  readonly rate: number;
  /** Mean seconds between a visit's downloads. */
  readonly gap: number;
  /** Share of the downloads that break off whatever their size. */
  readonly failures: number;
  /** Mean seconds of transfer between two broken connections. */
  readonly breaks: number;
  /** Mean seconds until a broken download is tried again. */
  readonly pause: number;
  /** Share of broken downloads that go on where they stopped, by a range. */
  readonly resumed: number;
  /** Share of broken downloads that start again from the first byte; the rest are given up. */
  readonly restarted: number;
}

/** Synchronisations of edge nodes with the repository, of which one node was traced. */
export interface SyncRecipe {
  readonly trace: "sync";
  readonly title: string;
  readonly seed: number;
  /** Multiplies files, bytes and links alike, and so leaves the hours as they are. */
  readonly scale: number;
  /** Seconds, a whole number of days. */
  readonly window: number;
  readonly nodes: number;
  /** Share of the nodes that mirror the whole repository. */
  readonly complete: number;
  /** Smallest share of the repository that a partial mirror holds. */
  readonly leastCoverage: number;
  /** Seconds a day that the traced node synchronises. */
  readonly traced: { readonly mean: number; readonly max: number; readonly min: number };
  /** Standard deviation of the logarithm of what is new on an ordinary day. */
  readonly spread: number;
  /** Bytes per second that the traced node receives. */
  readonly link: number;
  /** Standard deviation of the logarithm of the other nodes' links. */
  readonly linkSpread: number;
  /** Seconds from midnight to the traced node's synchronisation. */
  readonly first: number;
  /** Seconds over which the other nodes' daily starts are spread after it. */
  readonly starts: number;
  /** Mean bytes of a file transferred. */
  readonly fileSize: number;
}
