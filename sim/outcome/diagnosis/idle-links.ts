import { formatShare, formatTime, formatValue } from "../../report/format.ts";
import { volunteerClasses } from "../rows.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { CellEvidence, Evidence } from "./evidence.ts";

/** Links that are never fuller than that, over a bin, make hardly anybody wait. */
const IDLE = 0.5;

export const idleLinks: Diagnosis = {
  id: "idle-links",
  looksAt: "how full the uplinks of the server and of the volunteers have been",
  find(evidence) {
    const fullest = evidence.cells
      .flatMap((each) => [serverPeak(each, evidence), ...volunteerPeaks(each)])
      .reduce<Peak | null>((most, peak) => (peak.share > (most?.share ?? 0) ? peak : most), null);
    if (fullest === null || fullest.share >= IDLE) return null;
    const { whose, cell, share, capacity, width } = fullest;
    const isAlone = evidence.cells.length === 1;
    return (
      `No uplink was ever more than ${formatShare(share)} busy: the fullest was ${whose}` +
      `${isAlone ? "" : ` under ${cell}`}, at ${formatValue(share * capacity, "bytes/s")} of ` +
      `${formatValue(capacity, "bytes/s")} over ${formatTime(width)}; ${consequence(evidence)}`
    );
  },
};

interface Peak {
  readonly whose: string;
  readonly cell: string;
  /** Of the capacity, over so many seconds. */
  readonly share: number;
  readonly capacity: number;
  readonly width: number;
}

function serverPeak({ cell, variant, runs }: CellEvidence, { experiment }: Evidence): Peak {
  const { uplink: capacity } = variant.system.server;
  const rates = runs.map((run) => run.metrics["server.peakRate"] ?? 0);
  const share = Math.max(0, ...rates) / capacity;
  const { bin: width } = experiment.measure;
  return { whose: "the server's", cell: cell.label, share, capacity, width };
}

/** The fullest of each class. */
function volunteerPeaks({ cell, variant, runs }: CellEvidence): Peak[] {
  const classOf = volunteerClasses(variant);
  return variant.system.volunteers.map(({ name, uplink: capacity }) => {
    const shares = runs.map(({ busy }) => {
      const columns = busy.share.length / classOf.length;
      return busy.share.reduce((most, share, at) => {
        const isOwn = classOf[Math.floor(at / columns)] === name;
        return isOwn ? Math.max(most, share) : most;
      }, 0);
    });
    const share = Math.max(0, ...shares);
    const width = runs[0]?.busy.width ?? 0;
    return { whose: `one of ${name}`, cell: cell.label, share, capacity, width };
  });
}

function consequence({ cells }: Evidence): string {
  if (cells.some(({ variant }) => hasOtherLimits(variant))) {
    return "only what departments, sites or limits of rates carry can have been full";
  }
  return "nobody waited for others, so that policies can hardly differ; more customers, or narrower links, make them";
}

function hasOtherLimits({ system }: CellEvidence["variant"]): boolean {
  const { sites, volunteers } = system;
  const limits = [
    sites.backbone,
    ...sites.classes.flatMap(({ uplink, downlink }) => [uplink, downlink]),
    ...volunteers.flatMap(({ shared, deliveryRate, transferRate }) => [
      shared,
      deliveryRate,
      transferRate,
    ]),
  ];
  return limits.some(Number.isFinite);
}
