import { exponential, type Stream } from "../engine/random.ts";
import { type ChangeRecipe, changingFiles, fileChanges, roundsOf } from "./changes.ts";
import type { Extract } from "./extract.ts";
import { popularity } from "./popularity.ts";
import {
  type IndexSizes,
  type ReleaseCatalogue,
  type ReleasedImages,
  releaseCatalogue,
} from "./release-catalogue.ts";
import { arrivals, type ReleaseShape } from "./release-shape.ts";
import { type Rhythm, type Weekday, weeklyRhythm } from "./rhythm.ts";
import { type Session, traceOf } from "./session.ts";
import { type FileChanges, NO_CHANGES, type Workload } from "./workload.ts";

const DAY = 86_400;

/** A day on which many machines update, between the quieter days around it. */
export interface ReleaseRecipe {
  /** Machines that are there before the release; each comes once for its updates. */
  readonly customers: number;
  /** Seconds from the start of the window to the release. */
  readonly at: number;
  /** Seconds. */
  readonly window: number;
  /** The day of the week on which the window starts, at midnight. */
  readonly weekday: Weekday;
  /** The share of customers that comes within a day of the release; without it, as measured. */
  readonly firstDay?: number;
  /**
   * New machines a day, as a share of the customers. Each comes once, at a time of its own, and
   * installs the base set and what else it wants, in the versions of that time.
   */
  readonly background: number;
  readonly indexes: IndexSizes;
  /** Images that are released with the updates; by default none. */
  readonly images?:
    | (ReleasedImages & {
        /** The share of customers that comes for one of them, each as likely, and for no updates. */
        readonly share: number;
      })
    | undefined;
  /**
   * What changes in place, beside the indexes of the updates, which then do at the release; by default
   * those indexes do. Without it every version is a file of its own.
   */
  readonly changes?: ChangeRecipe | undefined;
}

/**
 * Customers that fetch the updates of what they have installed, after a release, and new machines.
 *
 * Every machine has the base set and each further package with that package's popularity,
 * independently. A customer's session asks for the changed indexes and then for every update of a
 * package it has; a session's requests share one time. Who comes for an image asks for that alone. New machines are numbered after
 * the customers.
 *
 * Streams: "workload/arrivals", "workload/installed", "workload/images", "workload/new-machines",
 * "workload/newly-installed" and "workload/changes".
 */
export function releaseWorkload(
  recipe: ReleaseRecipe,
  extract: Extract,
  shape: ReleaseShape,
  streams: (name: string) => Stream,
): Workload {
  const { customers, window } = recipe;
  const rhythm = weeklyRhythm(recipe.weekday);
  const catalogue = catalogueOf(recipe, extract);
  const chances = installChances(extract);

  const crowd = updateSessions(recipe, { extract, chances, catalogue, shape, rhythm, streams });
  const background = installSessions(recipe, { extract, chances, catalogue, rhythm, streams });
  return {
    catalogue,
    changes: changesIn(catalogue, recipe, streams),
    trace: traceOf([...crowd, ...background], catalogue),
    customers: customers + background.length,
    window,
    notes: [
      `${crowd.length} of ${customers} customers update within the window`,
      `${background.length} new machines install`,
    ],
  };
}

/** For each row of the extract, the share of machines that have its package. */
export function installChances(extract: Extract): readonly number[] {
  const others = extract.filter(({ base, updates }) => !base && updates === undefined).length;
  let rank = 0;
  const chances: number[] = [];
  for (const { base, updates } of extract) {
    if (updates !== undefined) chances.push(chances[updates]);
    else chances.push(base ? 1 : popularity(rank++, others));
  }
  return chances;
}

export function catalogueOf(recipe: ReleaseRecipe, extract: Extract): ReleaseCatalogue {
  const { indexes, at, changes, images } = recipe;
  const names = changes === undefined ? "by-hash" : "in-place";
  return releaseCatalogue(extract, indexes, at, names, images);
}

function changesIn(
  catalogue: ReleaseCatalogue,
  { at, window, changes }: ReleaseRecipe,
  streams: (name: string) => Stream,
): FileChanges {
  if (changes === undefined) return NO_CHANGES;
  const { match, share, first } = changes;
  const released = catalogue.indexesToUpdate;
  const isDefault = match === null && share === null;
  const files = isDefault
    ? released
    : changingFiles(changes, catalogue)(streams("workload/changes"));
  const others = roundsOf(changes, { first: first ?? at, window, files });
  return fileChanges([{ time: at, files: released }, ...others], catalogue);
}

interface Ingredients {
  readonly extract: Extract;
  readonly chances: readonly number[];
  readonly catalogue: ReleaseCatalogue;
  readonly rhythm: Rhythm;
  readonly streams: (name: string) => Stream;
}

/** One session a customer, of those that come within the window. */
function updateSessions(
  { customers, at, window, firstDay, images }: ReleaseRecipe,
  { extract, chances, catalogue, shape, rhythm, streams }: Ingredients & { shape: ReleaseShape },
): Session[] {
  const course = { at, until: window, ...(firstDay === undefined ? {} : { firstDay }) };
  const { ageAt } = arrivals(shape, rhythm, course);
  const updates = [...extract.keys()].filter((row) => extract[row].updates !== undefined);
  const arrival = streams("workload/arrivals");
  const installed = streams("workload/installed");
  const image = images === undefined ? null : streams("workload/images");
  /** The image that the next customer comes for, if it comes for one. */
  const imageOf = () => {
    if (image === null || images === undefined || image() >= images.share) return undefined;
    return catalogue.images[Math.floor(image() * images.count)];
  };

  const sessions: Session[] = [];
  for (let customer = 0; customer < customers; customer++) {
    const time = at + ageAt(arrival());
    const files = updates.filter((row) => installed() < chances[row]);
    const wanted = imageOf();
    if (time >= window) continue;
    const updating = [...catalogue.indexesToUpdate, ...files];
    sessions.push({ time, customer, files: wanted === undefined ? updating : [wanted] });
  }
  return sessions;
}

/** New machines, a Poisson process that follows the rhythm. */
function installSessions(
  { customers, background, at, window }: ReleaseRecipe,
  { extract, chances, catalogue, rhythm, streams }: Ingredients,
): Session[] {
  if (customers * background === 0) return [];
  const gap = DAY / (customers * background);
  const arrival = streams("workload/new-machines");
  const installed = streams("workload/newly-installed");
  const old = [...extract.keys()].filter((row) => extract[row].updates === undefined);
  const updateOf = new Map(extract.map(({ updates }, row) => [updates, row]));

  const sessions: Session[] = [];
  let elapsed = exponential(arrival, gap);
  for (let time = rhythm.timeAt(elapsed); time < window; time = rhythm.timeAt(elapsed)) {
    const wanted = old.filter((row) => installed() < chances[row]);
    const files =
      time < at
        ? [...catalogue.indexesToInstall.before, ...wanted]
        : [...catalogue.indexesToInstall.after, ...wanted.map((row) => updateOf.get(row) ?? row)];
    sessions.push({ time, customer: customers + sessions.length, files });
    elapsed += exponential(arrival, gap);
  }
  return sessions;
}
