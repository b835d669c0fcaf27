import {
  type Candidate,
  type DispatchView,
  type ServerView,
  UNKNOWN_CLIENT,
} from "../policies/index.ts";
import type { Workload } from "../workload/workload.ts";
import type { Tracker } from "./tracker.ts";

/**
 * Builds what a dispatch policy sees: what a real server could know, and nothing else.
 *
 * One view serves all decisions of a run; its fields are set anew for each.
 */
export class DispatchViews {
  /** Deliveries the server is sending itself. */
  sending = 0;
  readonly #uplink: number;
  readonly #workload: Workload;
  readonly #tracker: Tracker;
  readonly #view: Mutable<DispatchView>;

  constructor(uplink: number, workload: Workload, tracker: Tracker) {
    this.#uplink = uplink;
    this.#workload = workload;
    this.#tracker = tracker;
    this.#view = {
      now: 0,
      file: 0,
      size: 0,
      customer: 0,
      client: UNKNOWN_CLIENT,
      candidates: NOBODY,
      count: 0,
      server: new LiveServerView(this),
    };
  }

  get uplink(): number {
    return this.#uplink;
  }

  of(request: number, now: number): DispatchView {
    const { file, bytes, customer } = this.#workload.trace;
    const view = this.#view;
    view.now = now;
    view.file = file[request];
    view.size = bytes[request];
    view.customer = customer[request];
    view.candidates = this.#tracker.candidates(file[request], now);
    view.count = view.candidates.length;
    return view;
  }
}

const NOBODY: readonly Candidate[] = [];

type Mutable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };

class LiveServerView implements ServerView {
  readonly #views: DispatchViews;
  constructor(views: DispatchViews) {
    this.#views = views;
  }
  get uplink(): number {
    return this.#views.uplink;
  }
  get sending(): number {
    return this.#views.sending;
  }
}
