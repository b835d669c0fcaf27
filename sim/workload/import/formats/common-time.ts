import { MONTHS, secondsUtc } from "../text/utc.ts";

const SHAPE = /^(\d\d)\/([A-Z][a-z][a-z])\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)([0-5]\d)$/;

/** Seconds since 1970 in UTC of a time like `17/May/2015:08:05:32 +0000`; NaN if it is not one. */
export function secondsOf(text: string): number {
  const [found, day, month, year, hour, minute, second, sign, ...zone] = SHAPE.exec(text) ?? [];
  if (found === undefined) return Number.NaN;
  const local = secondsUtc(
    [Number(year), MONTHS.indexOf(month) + 1, Number(day)],
    [Number(hour), Number(minute), Number(second)],
  );
  const offset = Number(zone[0]) * 3600 + Number(zone[1]) * 60;
  return sign === "-" ? local + offset : local - offset;
}
