const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const SHAPE = /^\d\d\/[A-Z][a-z][a-z]\/\d{4}:[0-2]\d:[0-5]\d:[0-6]\d [+-]\d\d[0-5]\d$/;

/** Seconds since 1970 in UTC of a time like `17/May/2015:08:05:32 +0000`; NaN if it is not one. */
export function secondsOf(text: string): number {
  if (!SHAPE.test(text)) return Number.NaN;
  const hours = twoDigits(text, 12);
  const seconds = hours * 3600 + twoDigits(text, 15) * 60 + twoDigits(text, 18);
  const offset = twoDigits(text, 22) * 3600 + twoDigits(text, 24) * 60;
  if (hours > 23) return Number.NaN;
  return midnight(text.slice(0, 11)) + seconds - (text[21] === "-" ? -offset : offset);
}

function twoDigits(text: string, position: number): number {
  return (text.charCodeAt(position) - 0x30) * 10 + text.charCodeAt(position + 1) - 0x30;
}

/** The last date seen: neighbouring lines share theirs. */
let last = { date: "", seconds: Number.NaN };

function midnight(date: string): number {
  if (date !== last.date) last = { date, seconds: midnightOf(date) };
  return last.seconds;
}

function midnightOf(date: string): number {
  const day = Number(date.slice(0, 2));
  const month = MONTHS.indexOf(date.slice(3, 6));
  const midnight = new Date(Date.UTC(Number(date.slice(7)), month, day));
  const isReal = month >= 0 && midnight.getUTCMonth() === month && midnight.getUTCDate() === day;
  return isReal ? midnight.getTime() / 1000 : Number.NaN;
}
