/** The IMF-fixdate of a time in whole seconds since 1970 (RFC 9110, 5.6.7). */
export function httpDate(seconds: number): string {
  return new Date(seconds * 1000).toUTCString();
}

/** Seconds since 1970 of an HTTP date in any of the three forms of RFC 9110, 5.6.7; null for no date. */
export function secondsOf(text: string, thisYear = new Date().getUTCFullYear()): number | null {
  const fixed = /^\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/.exec(text);
  if (fixed !== null) return seconds(fixed[3], fixed[2], fixed[1], fixed.slice(4));
  const old = /^\w{6,9}, (\d\d)-(\w{3})-(\d\d) (\d\d):(\d\d):(\d\d) GMT$/.exec(text);
  if (old !== null) {
    return seconds(fourDigits(Number(old[3]), thisYear), old[2], old[1], old.slice(4));
  }
  const asctime = /^\w{3} (\w{3}) ([ \d]\d) (\d\d):(\d\d):(\d\d) (\d{4})$/.exec(text);
  if (asctime === null) return null;
  return seconds(asctime[6], asctime[1], asctime[2], asctime.slice(3, 6));
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

type Part = string | number | undefined;

function seconds(year: Part, month = "", day: Part, [hour, minute, second]: readonly string[]) {
  const index = MONTHS.indexOf(month);
  if (index < 0 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const parts = [Number(day), Number(hour), Number(minute), Number(second)] as const;
  return Date.UTC(Number(year), index, ...parts) / 1000;
}

/** A year of two digits that would be more than 50 years ahead is the one of a century before. */
function fourDigits(year: number, thisYear: number): number {
  const near = thisYear - (thisYear % 100) + year;
  return near > thisYear + 50 ? near - 100 : near;
}
