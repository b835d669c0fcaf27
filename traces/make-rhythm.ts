/**
 * Prints the factors of sim/workload/rhythm.ts:
 *
 *     node --import tsx traces/make-rhythm.ts daily_totals.tsv requests_per_minute.csv.gz
 *
 * Days of the week: the first argument is a table of a package mirror's requests with the columns
 * day, packages_requested and requests. A day's factor is the median, from 2013 on, of its
 * requests over the mean of the seven days around it, which removes growth.
 *
 * Hours of the day: the second argument is a web site's requests by minute (period, count), times
 * in UTC. An hour's factor is the median over days of its requests over that day's mean hour, for
 * the whole days before 8 June 1998: from the tenth on matches made the rhythm.
 *
 * README.md states the origin of both. Either list is scaled to a mean of 1.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { mean, median } from "d3-array";

const MONDAY = new Date("2012-10-01T00:00Z").getTime();
const DAY = 86_400_000;

const [days, minutes] = process.argv.slice(2);
if (days === undefined || minutes === undefined) throw new Error("expected two arguments");
console.log(`DAYS = [${weekdays(readFileSync(days, "utf8")).join(", ")}]`);
console.log(`HOURS = [${hours(gunzipSync(readFileSync(minutes)).toString()).join(", ")}]`);

/** Monday first. */
function weekdays(table: string): string[] {
  const rows = table
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"));
  const requests = rows.map(([, , count]) => Number(count));
  const ratios: number[][] = Array.from({ length: 7 }, () => []);
  for (const [i, [day]] of rows.entries()) {
    if (day < "2013" || i + 3 >= rows.length) continue;
    const around = mean(requests.slice(i - 3, i + 4)) ?? 0;
    const weekday = Math.round((new Date(`${day}T00:00Z`).getTime() - MONDAY) / DAY) % 7;
    if (around > 0) ratios[weekday].push(requests[i] / around);
  }
  return scaled(ratios);
}

function hours(table: string): string[] {
  const counts = new Map<string, number[]>();
  for (const line of table.trimEnd().split("\n").slice(1)) {
    const day = line.slice(0, 10);
    if (day < "1998-05-01" || day >= "1998-06-08") continue;
    const byHour = counts.get(day) ?? new Array<number>(24).fill(0);
    byHour[Number(line.slice(11, 13))] += Number(line.slice(line.indexOf(",") + 1));
    counts.set(day, byHour);
  }
  const ratios: number[][] = Array.from({ length: 24 }, () => []);
  for (const byHour of counts.values()) {
    const average = mean(byHour) ?? 0;
    for (const [hour, count] of byHour.entries()) ratios[hour].push(count / average);
  }
  return scaled(ratios);
}

function scaled(ratios: readonly number[][]): string[] {
  const medians = ratios.map((values) => median(values) ?? Number.NaN);
  const average = mean(medians) ?? Number.NaN;
  return medians.map((factor) => (factor / average).toFixed(2));
}
