import type { Engine } from "../../engine/engine.ts";
import type { Observer } from "../../model/events.ts";
import type { TimeColumns } from "../time-columns.ts";

/** How often each reason was given over time. Plain data. */
export interface ReasonCourse {
  /** Width of a column in seconds. */
  readonly width: number;
  /** Most frequent first; the last is `OTHER_REASONS` where there are more than are kept apart. */
  readonly reasons: readonly string[];
  /** Decisions: all columns of the first reason, then of the next. */
  readonly counts: Float64Array;
}

/** What all reasons are called together that are not kept apart. */
export const OTHER_REASONS = "other";

/** Reasons that a run's results keep apart. */
const MOST_KEPT = 10;

/** And those that are counted apart on the way: a policy of somebody's own may give any number. */
const MOST_COUNTED = 64;

/** Why the dispatch policy decided as it did, and when. */
export class Decisions implements Observer {
  readonly #engine: Pick<Engine, "now">;
  readonly #columns: TimeColumns;
  readonly #reasons: Record<string, number> = {};
  readonly #courses = new Map<string, Float64Array>();
  readonly #others: Float64Array;

  constructor(engine: Pick<Engine, "now">, columns: TimeColumns) {
    this.#engine = engine;
    this.#columns = columns;
    this.#others = new Float64Array(columns.count);
  }

  dispatched(_request: number, _node: number, reason: string): void {
    this.#reasons[reason] = (this.#reasons[reason] ?? 0) + 1;
    const column = this.#columns.at(this.#engine.now);
    if (column >= 0) this.#courseOf(reason)[column]++;
  }

  /** How often each reason was given. */
  reasons(): Readonly<Record<string, number>> {
    return this.#reasons;
  }

  /** The same over the window; decisions after it are not told. */
  course(): ReasonCourse {
    const { width, count } = this.#columns;
    const sorted = Array.from(this.#courses, ([reason, course]) => ({
      ...{ reason, course },
      total: sum(course),
    })).sort((a, b) => b.total - a.total || (a.reason < b.reason ? -1 : 1));
    const kept = sorted.slice(0, MOST_KEPT);
    const others = this.#others.map((all, column) =>
      sorted.slice(MOST_KEPT).reduce((pooled, { course }) => pooled + course[column], all),
    );
    const shown = [
      ...kept,
      ...(sum(others) > 0 ? [{ reason: OTHER_REASONS, course: others }] : []),
    ];
    const counts = new Float64Array(shown.length * count);
    for (const [at, { course }] of shown.entries()) counts.set(course, at * count);
    return { width, reasons: shown.map(({ reason }) => reason), counts };
  }

  #courseOf(reason: string): Float64Array {
    const course = this.#courses.get(reason);
    if (course !== undefined) return course;
    if (this.#courses.size === MOST_COUNTED) return this.#others;
    const added = new Float64Array(this.#columns.count);
    this.#courses.set(reason, added);
    return added;
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
