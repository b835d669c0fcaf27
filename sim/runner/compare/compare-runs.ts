import { METRICS, type MetricName } from "../../metrics/metric.ts";
import { type Comparison, compare } from "../../report/comparison.ts";
import type { StoredRun } from "../results/run-folder.ts";
import type { CellRuns } from "../run-experiment.ts";
import { type Interval, meanInterval, pairedDifference } from "../statistics/interval.ts";
import { welchDifference } from "../statistics/welch.ts";
import { type ChangedSetting, changedSettings } from "./changed-settings.ts";
import { isPaired } from "./pairing.ts";

/** What changed from one run to another. */
export interface RunComparison {
  readonly before: StoredRun;
  readonly after: StoredRun;
  /** Equal fingerprints: every event of every run is the same. */
  readonly isIdentical: boolean;
  readonly settings: readonly ChangedSetting[];
  /** Cells of both, by label. */
  readonly cells: readonly CellComparison[];
  /** Labels of cells that only one run has. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

export interface CellComparison {
  readonly label: string;
  /** Replications that were compared in each. */
  readonly runs: readonly [number, number];
  /** Whether both met the same chance, so that differences are taken pair by pair. */
  readonly isPaired: boolean;
  readonly changes: Readonly<Record<MetricName, Change>>;
}

/** Of one metric of one cell. An interval is null where the metric is not defined in every run. */
export interface Change {
  readonly before: Interval | null;
  readonly after: Interval | null;
  /** After less before; paired where chance is common, else by Welch. */
  readonly difference: Interval | null;
  readonly says: Comparison | "undefined";
}

/** What changed in each of the later runs against the first. */
export function compareRuns([before, ...others]: readonly StoredRun[]): RunComparison[] {
  return others.map((after) => {
    const labels = (of: StoredRun) => of.all.map(({ cell }) => cell.label);
    const [had, has] = [labels(before), labels(after)];
    return {
      before,
      after,
      isIdentical: before.manifest.fingerprint === after.manifest.fingerprint,
      settings: changedSettings(before.manifest.experiment, after.manifest.experiment),
      cells: had.filter((label) => has.includes(label)).map((of) => cellOf(before, after, of)),
      removed: had.filter((label) => !has.includes(label)),
      added: has.filter((label) => !had.includes(label)),
    };
  });
}

function cellOf(before: StoredRun, after: StoredRun, label: string): CellComparison {
  const [was, is] = [before, after].map(({ all }) => {
    const found = all.find(({ cell }) => cell.label === label);
    if (found === undefined) throw new Error(`no cell ${label}`);
    return found;
  });
  const paired = isPaired(
    { manifest: before.manifest, variant: was.cell.variant },
    { manifest: after.manifest, variant: is.cell.variant },
  );
  const shared = Math.min(was.runs.length, is.runs.length);
  const changes = METRICS.map(({ name, better }) => {
    const values = [was, is].map((of) => valuesOf(of, name));
    return [name, changeOf(values[0], values[1], { paired, better })];
  });
  return {
    label,
    runs: paired ? [shared, shared] : [was.runs.length, is.runs.length],
    isPaired: paired,
    changes: Object.fromEntries(changes),
  };
}

function valuesOf({ runs }: CellRuns, name: MetricName): (number | null)[] {
  return runs.map(({ metrics }) => metrics[name] ?? null); // Older runs lack newer metrics.
}

function changeOf(
  before: readonly (number | null)[],
  after: readonly (number | null)[],
  { paired, better }: { paired: boolean; better: (typeof METRICS)[number]["better"] },
): Change {
  const [was, is] = [before, after].map((values) => values.filter((value) => value !== null));
  const intervals = {
    before: was.length < before.length ? null : meanInterval(was),
    after: is.length < after.length ? null : meanInterval(is),
  };
  const difference = paired ? pairedDifference(after, before) : welchDifference(is, was);
  if (intervals.before === null || intervals.after === null || difference === null) {
    return { ...intervals, difference: null, says: "undefined" };
  }
  return { ...intervals, difference, says: compare(difference, better) };
}
