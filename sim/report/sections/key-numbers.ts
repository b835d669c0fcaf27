import { differenceOf } from "../../metrics/equality.ts";
import { compare } from "../comparison.ts";
import {
  formatLevel,
  formatMean,
  formatShare,
  formatValue,
  type IntervalTexts,
  intervalTexts,
} from "../format.ts";
import { type Html, html } from "../html.ts";
import type { MetricRow, MetricValue, ReportData } from "../report-data.ts";
import { unbroken } from "../unbroken.ts";
import { metricLink } from "./metric-definitions.ts";

/** A number that tells much of an experiment: that of the best policy, or of the worst. */
interface KeyNumber {
  readonly metric: string;
  readonly heading: string;
  readonly of: "best" | "worst";
  /** Heading of the saving against the baseline, where that says more than the value. */
  readonly savingHeading?: string;
}

const KEY_NUMBERS: readonly KeyNumber[] = [
  {
    ...{ metric: "server.bytes", heading: "Least sent by the server", of: "best" },
    savingHeading: "Saved by the server",
  },
  { metric: "server.peakRate", heading: "Lowest peak rate of the server", of: "best" },
  { metric: "visit.mean", heading: "Shortest visits, mean", of: "best" },
  { metric: "visit.p95", heading: "Shortest visits, 95th percentile", of: "best" },
  { metric: "volunteers.jain", heading: "Fairest load, Jain's index", of: "best" },
  { metric: "visit.incomplete", heading: "Largest share of incomplete visits", of: "worst" },
  { metric: "requests.wrongAccepted", heading: "Most wrong files accepted", of: "worst" },
];

/** A few cards with the numbers that readers ask for first; those that the results have. */
export function keyNumbers(data: ReportData): Html | null {
  const cards = KEY_NUMBERS.flatMap((number) => {
    const metric = data.metrics.find(({ name }) => name === number.metric);
    return metric === undefined || metric.values.length === 0 ? [] : [card(number, metric, data)];
  });
  if (cards.length === 0) return null;
  return html`<section class="cards" aria-labelledby="key-numbers">
<h2 id="key-numbers">Key numbers</h2>
<ul>${cards}</ul>
</section>`;
}

function card(number: KeyNumber, metric: MetricRow, data: ReportData): Html {
  const ranked = [...metric.values].sort((a, b) => a.mean - b.mean);
  const isLowest = (metric.better === "higher") === (number.of === "worst");
  const extreme = ranked.at(isLowest ? 0 : -1) as MetricValue;
  const tied = metric.values.filter(
    ({ mean }) => differenceOf(mean, extreme.mean, metric.unit) === 0,
  );
  const [chosen = extreme] = tied;
  const { savingHeading } = number;
  const saving = savingHeading === undefined ? null : savingOf(chosen, metric, data.baseline);
  const heading = saving === null ? number.heading : savingHeading;
  const { mean, bounds } = saving ?? intervalTexts(chosen, metric.unit);
  const level = formatLevel((saving === null ? null : chosen.difference?.level) ?? 0.95);
  const isShared = tied.length === metric.values.length;
  const whose = isShared ? html`under every policy` : underWhom(chosen, tied, data);
  const details = [
    bounds === null ? null : html`<p class="bounds">${unbroken(`${level} interval ${bounds}`)}</p>`,
    html`<p>${whose}</p>`,
    isShared ? null : beside(chosen, metric, data.baseline, saving !== null),
  ];
  const title = metricLink(metric.name, heading ?? number.heading);
  return html`<li><h3>${title}</h3><p class="number">${unbroken(mean)}</p>${details}</li>`;
}

/** The policy, those that decided alike, and how many others come to the same. */
function underWhom(
  { policy, isAtLeast }: MetricValue,
  tied: readonly MetricValue[],
  { also }: ReportData,
) {
  const alike = also?.get(policy) ?? [];
  const names = alike.length === 0 ? null : html` (also ${alike.join(", ")})`;
  const others = tied.length - 1;
  const ties =
    others === 0
      ? null
      : html`, ${isAtLeast ? "and so" : "equal to"} ${others} ${others === 1 ? "other" : "others"}`;
  return html`under <b>${policy}</b>${names}${ties}`;
}

/** The difference to the baseline as a share of the baseline, turned so that a saving is positive. */
function savingOf(
  { difference, against }: MetricValue,
  { values }: MetricRow,
  baseline: string | null,
): IntervalTexts | null {
  const before = values.find(({ policy }) => policy === (against ?? baseline))?.mean;
  if (difference === null || before === undefined || before === 0) return null;
  const share = (bytes: number) => formatShare(-bytes / before);
  const isBounded = Number.isFinite(difference.low) && Number.isFinite(difference.high);
  return {
    mean: share(difference.mean),
    bounds: isBounded ? `${share(difference.high)} to ${share(difference.low)}` : null,
  };
}

/** The same number of the baseline, and whether the difference is more than chance. */
function beside(
  { mean, difference, against: own }: MetricValue,
  metric: MetricRow,
  baseline: string | null,
  isSaving: boolean,
): Html | null {
  const name = own ?? baseline;
  const other = metric.values.find(({ policy }) => policy === name);
  if (other === undefined || difference === null) return null;
  const against = `${formatMean(other, metric.unit)} under ${name}`;
  if (isSaving) {
    return html`<p class="beside">${unbroken(`${formatValue(mean, metric.unit)} instead of ${against}`)}</p>`;
  }
  const comparison = compare(difference, metric.better);
  const doubt = comparison === "unclear" ? ", no clear difference" : "";
  return html`<p class="beside">${unbroken(`${against}${doubt}`)}</p>`;
}
