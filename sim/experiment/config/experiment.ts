/** An experiment as its file says, with every default filled in and every quantity in base units. */
import type { MetricName } from "../../metrics/metric.ts";
import type { SynchronisationSpec, SyncMethod, SystemSpec } from "../../model/system.ts";
import { FAMILY_KEYS, type FamilyKey } from "../../policies/index.ts";
import type { TableName } from "../../rows/tables.ts";
import type { ChangeRecipe } from "../../workload/changes.ts";
import type { PoissonRecipe } from "../../workload/poisson.ts";
import type { UpdateRecipe } from "../../workload/updates/recipe.ts";

export interface Experiment {
  /** The file's name without folder and extension; results are kept under it. */
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly seed: number;
  /** Runs of each cell, each with its own chance: at the least, where there is `until`. */
  readonly replications: number;
  /** Up to when there are more; absent where there are as many as `replications` says. */
  readonly until?: UntilSpec;
  readonly system: StudiedSystem;
  readonly workload: WorkloadSpec;
  /** Seconds of requests to simulate; `null` when the log says how long it is. */
  readonly window: number | null;
  /**
   * By change of the system, the dispatch policy that takes over then, or null; absent where none ever
   * does. It decides in all cells, whichever was chosen at the start.
   */
  readonly successors?: readonly (PolicyChoice | null)[];
  /** What is run is the product of the lists: see `cells`. */
  readonly policies: Readonly<Record<PolicyFamily, readonly PolicyChoice[]>>;
  readonly measure: MeasureSpec;
  /** What all others are compared with, or `null`. */
  readonly compare: CompareSpec | null;
  /** What varies beside policies and methods; absent where nothing does. */
  readonly vary?: VarySpec;
  /** What `sim check` forgives; absent where the file does not say. It changes no result. */
  readonly check?: CheckSpec;
}

/** Replications are added until the intervals of a metric are narrow enough, up to `max`. */
export interface UntilSpec {
  readonly metric: MetricName;
  /** Half the width of the 95 % intervals that is allowed. */
  readonly halfWidth: HalfWidth;
  readonly max: number;
}

/** In the metric's unit, or as a share of the mean. */
export type HalfWidth = { readonly absolute: number } | { readonly relative: number };

export interface CheckSpec {
  /** Of the metrics that decide; all that have a better direction when null. */
  readonly margins: Readonly<Partial<Record<MetricName, Margin>>> | null;
  /** Runs of each cell for the gate; as many as the experiment has when null. */
  readonly replications: number | null;
}

/** How far a metric may go in the bad direction: a share of what it was, or so much of its unit. */
export type Margin = { readonly relative: number } | { readonly absolute: number };

/** Settings that vary. What is outside of it in the experiment is then that of the first variant. */
export interface VarySpec {
  readonly axes: readonly Axis[];
  /** One for each combination of levels; the last axis varies fastest. */
  readonly variants: readonly Variant[];
}

/** A direction in which an experiment varies. */
export interface Axis {
  readonly name: string;
  readonly levels: readonly string[];
}

/** An experiment at one level of each axis. */
export interface Variant
  extends Pick<Experiment, "system" | "workload" | "window" | "policies" | "successors"> {
  /** The level by the axis's name. */
  readonly levels: Readonly<Record<string, string>>;
}

/** The variants of an experiment: itself alone where nothing varies. */
export function variantsOf(experiment: Experiment): readonly Variant[] {
  return experiment.vary?.variants ?? [variantOf({}, experiment)];
}

/** The variant that an experiment is at those levels. */
export function variantOf(
  levels: Variant["levels"],
  { system, workload, window, policies, successors }: Omit<Variant, "levels">,
): Variant {
  const variant = { levels, system, workload, window, policies };
  return successors === undefined ? variant : { ...variant, successors };
}

/** A system, with all methods of synchronisation that are to be compared. */
export interface StudiedSystem extends Omit<SystemSpec, "synchronisation"> {
  readonly synchronisation: Omit<SynchronisationSpec, "method"> & {
    readonly method: readonly SyncMethod[];
  };
}

/** The baseline: a dispatch policy, a method of synchronisation, levels, or several of them. */
export interface CompareSpec {
  readonly dispatch: string | null;
  readonly synchronisation: SyncMethod | null;
  /** Levels by the names of their axes; absent where nothing varies. */
  readonly levels?: Readonly<Record<string, string>>;
}

/** The families of policies that an experiment chooses from, in the order in which cells vary. */
export const POLICY_FAMILIES = FAMILY_KEYS;
export type PolicyFamily = FamilyKey;

/** The name that leaves a decision to the host: the system or the clients decide as they do. */
export const HOST = "host";

export interface PolicyChoice {
  readonly name: string;
  /** Only the params that the experiment sets, in base units; the others have their defaults. */
  readonly params: Readonly<Record<string, number>>;
  /**
   * The files of the user's own policies among the parts of the name, as they can be opened from the
   * working directory; absent where there are none.
   */
  readonly own?: Readonly<Record<string, string>>;
}

export type WorkloadSpec = (
  | { readonly release: ReleaseSpec }
  | { readonly log: LogSpec }
  | { readonly poisson: PoissonSpec }
  | { readonly sync: SyncSpec }
) & {
  /** Files that change in place; absent where none do. */
  readonly changes?: ChangeRecipe;
};

/** A repository that changes, for volunteers to synchronise; nobody downloads. */
export type SyncSpec = Omit<UpdateRecipe, "window">;

/** Requests by chance alone, as in queueing theory. */
export type PoissonSpec = Omit<PoissonRecipe, "window">;

/** A flash crowd after a release, over a background of everyday downloads. */
export interface ReleaseSpec {
  /** Path of the catalogue of files, as it can be opened from the working directory. */
  readonly catalogue: string;
  /** Path of the curve of downloads after a release, as it can be opened. */
  readonly curve: string;
  /** Seconds from the start of the window to the release. */
  readonly at: number;
  /** Seconds from then to the moment at which customers hear of it. */
  readonly announced: number;
  /** Customers who want the release. */
  readonly customers: number;
  /** Share of those customers who come within a day of hearing of it. */
  readonly firstDay: number;
  /** New machines a day, as a ratio of the number of customers; each installs everything once. */
  readonly background: number;
  /** Images that are released beside the updates; absent where there are none. */
  readonly images?: ImagesSpec | undefined;
  /** Day of the week on which the window starts. */
  readonly weekday: Weekday;
}

/** Installation images, each wanted for itself. */
export interface ImagesSpec {
  readonly count: number;
  /** Bytes of one. */
  readonly size: number;
  /** Share of the customers who come for one of them, and not for updates. */
  readonly share: number;
}

export const WEEKDAYS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface LogSpec {
  /** Path of the access log, as it can be opened from the working directory. */
  readonly file: string;
  /** Share of the lines that may be unreadable before the log is refused. */
  readonly maxBad: number;
}

/** Nothing; each visit by itself at its fastest; or all together, by a linear programme. */
export const BOUND_KINDS = ["none", "alone", "tight"] as const;
export type BoundKind = (typeof BOUND_KINDS)[number];

export interface MeasureSpec {
  /** Seconds from the start of the window before which nothing is measured; the state is kept. */
  readonly from: number;
  /** Seconds at which a visit, or a request, stands that has failed or takes longer. */
  readonly horizon: number;
  /** Width of the bins of time series, in seconds. */
  readonly bin: number;
  /** Whether beliefs of transfers in flight are compared with the truth. */
  readonly beliefs: boolean;
  /** What the time of visits is compared with that no dispatch policy could beat. */
  readonly bound: BoundKind;
  /** Tables of rows that are left beside the results; absent where none are. No result depends on it. */
  readonly rows?: readonly TableName[];
}
