const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

export type Weekday = (typeof weekdays)[number];

/**
 * Demand on each day of the week, Monday first, relative to the week's mean. Weekends carry 0.52 of
 * midweek.
 *
 * Derived by traces/make-rhythm.ts from requests to a package mirror, 2013–2022 (numbats/cranscrub).
 */
const DAYS = scaled([1.13, 1.21, 1.21, 1.17, 1.04, 0.63, 0.62]);

/**
 * Demand in each hour of the day, from midnight on, relative to the day's mean.
 *
 * Derived by traces/make-rhythm.ts from requests to the World Cup 98 site in the weeks before the
 * tournament, in UTC: no package mirror's hours were at hand. A mirror for one country would have
 * a deeper night.
 */
const HOURS = scaled([
  0.78, 0.71, 0.72, 0.7, 0.64, 0.65, 0.7, 0.8, 0.9, 0.98, 0.98, 1.08, 1.24, 1.31, 1.36, 1.39, 1.38,
  1.32, 1.23, 1.21, 1.16, 1.03, 0.91, 0.82,
]);

/** How demand varies with the time of the day and the week: a factor of mean 1 over a week. */
export interface Rhythm {
  /** The factor at a time, in seconds from the start of the window. */
  factor(time: number): number;
  /** The integral of the factor from the start of the window, in seconds: time as demand feels it. */
  elapsed(time: number): number;
  /** The time at which so many seconds have elapsed: the inverse of `elapsed`. */
  timeAt(elapsed: number): number;
}

/**
 * The rhythm of a week, for a window that starts at midnight on the given day.
 *
 * @param everyDay Share of those who come that do so on all days of the week alike, from 0 to 1;
 * the others have the measured week.
 */
export function weeklyRhythm(firstDay: Weekday, everyDay = 0): Rhythm {
  const shift = weekdays.indexOf(firstDay);
  const days = DAYS.map((day) => everyDay + (1 - everyDay) * day);
  const factors = days.flatMap((_, day) => HOURS.map((hour) => hour * days[(day + shift) % 7]));
  const before = [0];
  for (const [hour, factor] of factors.entries()) before.push(before[hour] + factor * HOUR);

  const hourOf = (time: number) => Math.floor((time % WEEK) / HOUR);
  return {
    factor: (time) => factors[hourOf(time)],
    elapsed: (time) => {
      const hour = hourOf(time);
      const weeks = Math.floor(time / WEEK);
      return weeks * before[168] + before[hour] + factors[hour] * ((time % WEEK) - hour * HOUR);
    },
    timeAt: (elapsed) => {
      const weeks = Math.floor(elapsed / before[168]);
      const rest = elapsed - weeks * before[168];
      const hour = before.findLastIndex((start, index) => index < 168 && start <= rest);
      return weeks * WEEK + hour * HOUR + (rest - before[hour]) / factors[hour];
    },
  };
}

function scaled(factors: readonly number[]): readonly number[] {
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / factors.length;
  return factors.map((factor) => factor / mean);
}
