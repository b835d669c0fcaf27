/** Month names as logs abbreviate them, whatever the server's language. */
export const MONTHS: readonly string[] = [
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "Jun",
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
];

/**
 * Seconds since 1970 of midnight in UTC; NaN for a date that does not exist. Months count from 1.
 */
export function midnightUtc(year: number, month: number, day: number): number {
  const midnight = new Date(Date.UTC(year, month - 1, day));
  if (year < 100) midnight.setUTCFullYear(year); // Date.UTC takes them for 19xx.
  const isReal = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day;
  return isReal ? midnight.getTime() / 1000 : Number.NaN;
}

/** Seconds since 1970; NaN for a time that does not exist. A leap second is the next one's first. */
export function secondsUtc(
  [year, month, day]: readonly [number, number, number],
  [hour, minute, second]: readonly [number, number, number],
): number {
  if (!(hour < 24 && minute < 60 && second < 61)) return Number.NaN;
  return midnightUtc(year, month, day) + hour * 3600 + minute * 60 + second;
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d(?:[.,]\d{1,9})?))?(Z|[+-]\d\d:?[0-5]\d)?$/;

/** Seconds since 1970 of a time in ISO 8601, in UTC unless it says its zone; NaN if it is none. */
export function secondsIso(text: string): number {
  const [found, year, month, day, hour, minute, second = "0", zone = "Z"] = ISO.exec(text) ?? [];
  if (found === undefined) return Number.NaN;
  const local = secondsUtc(
    [Number(year), Number(month), Number(day)],
    [Number(hour), Number(minute), Number(second.replace(",", "."))],
  );
  if (zone === "Z") return local;
  const offset = Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(-2)) * 60;
  return zone.startsWith("-") ? local + offset : local - offset;
}

/** No log is of a later year than 9999. */
const LAST = 253_402_300_800;

/** Seconds since 1970 that a log gives as a number, such as `1286536309.586`; NaN if it is none. */
export function secondsUnix(text: string): number {
  if (!/^\d{1,12}(\.\d{1,9})?$/.test(text)) return Number.NaN;
  const seconds = Number(text);
  return seconds < LAST ? seconds : Number.NaN;
}
