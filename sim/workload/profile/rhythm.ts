import { sinceMidnight } from "./series.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Counts an hour from which single days tell a rhythm. */
const ENOUGH = 5;

/** How requests vary over the day and over the week: factors of mean 1. */
export interface RhythmProfile {
  /** By hour of the day from midnight on, in UTC for a trace with a date. */
  readonly hours: readonly number[];
  /**
   * By day of the week from Monday on; for a trace without a date, from its first day on. Null
   * for a trace of less than a week.
   */
  readonly days: readonly number[] | null;
  /**
   * Requests on a day of the weekend, relative to one from Tuesday to Thursday. A trace without a date
   * is taken to begin on a Monday. Null for a trace of less than a week, or with nothing in midweek.
   */
  readonly weekend: number | null;
}

/**
 * The rhythm of counts an hour, from the whole days among them. A factor is the mean of the middle
 * half of what the days say, so that a flash crowd on few days leaves it alone; it is that of all
 * days where an hour has fewer than five counts on average, since the middle of those says nothing.
 */
export function rhythmOf(hourly: readonly number[], epoch: number | null): RhythmProfile {
  const days = wholeDays(hourly, epoch);
  const busy = days.filter(({ total }) => total > 0);
  const count = busy.reduce((sum, { total }) => sum + total, 0);
  const isSparse = count < ENOUGH * 24 * busy.length;
  const hours = Array.from({ length: 24 }, (_, hour) =>
    isSparse
      ? busy.reduce((sum, { counts }) => sum + counts[hour], 0)
      : middleMean(busy.map(({ counts, total }) => (24 * counts[hour]) / total)),
  );
  const week = days.length < 7 ? null : weekOf(days);
  return { hours: scaled(hours), days: week, weekend: week === null ? null : weekendOf(week) };
}

interface Day {
  /** From 0, Monday or the first day of the trace. */
  readonly weekday: number;
  readonly counts: readonly number[];
  readonly total: number;
}

function wholeDays(hourly: readonly number[], epoch: number | null): readonly Day[] {
  const first = Math.floor(sinceMidnight(epoch) / HOUR);
  const skipped = first === 0 ? 0 : 24 - first;
  const whole = Math.floor((hourly.length - skipped) / 24);
  return Array.from({ length: Math.max(0, whole) }, (_, day) => {
    const start = skipped + 24 * day;
    const counts = hourly.slice(start, start + 24);
    return {
      weekday: epoch === null ? day % 7 : weekdayAt(epoch + start * HOUR),
      counts,
      total: counts.reduce((sum, count) => sum + count, 0),
    };
  });
}

/** The day of the week of a Unix time, from 0, Monday: the first of January 1970 was a Thursday. */
function weekdayAt(time: number): number {
  return (((Math.floor(time / DAY) + 3) % 7) + 7) % 7;
}

function weekOf(days: readonly Day[]): readonly number[] {
  const factors = Array.from({ length: 7 }, (_, weekday) =>
    middleMean(days.filter((day) => day.weekday === weekday).map(({ total }) => total)),
  );
  return scaled(factors);
}

function weekendOf(week: readonly number[]): number | null {
  const [, tuesday, wednesday, thursday, , saturday, sunday] = week;
  const midweek = (tuesday + wednesday + thursday) / 3;
  return midweek === 0 ? null : (saturday + sunday) / 2 / midweek;
}

/** The mean of the middle half of the values, of all if they are fewer than four; 0 of none. */
function middleMean(values: readonly number[]): number {
  const cut = Math.floor(values.length / 4);
  const middle = values.toSorted((a, b) => a - b).slice(cut, values.length - cut);
  return middle.length === 0 ? 0 : middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** Factors of mean 1; all 1 if there was nothing. */
function scaled(factors: readonly number[]): readonly number[] {
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / factors.length;
  return factors.map((factor) => (mean === 0 ? 1 : factor / mean));
}
