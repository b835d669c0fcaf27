import type { AttemptEnd, Observer, RequestEnd } from "../model/events.ts";
import type { DispatchView } from "../policies/index.ts";

/** Two watchers of one run, the first of which hears everything first. */
export class Both implements Observer {
  readonly #first: Observer;
  readonly #second: Observer;
  /** Views cost time: told only if anybody wants them. */
  readonly considered?: (view: DispatchView) => void;

  constructor(first: Observer, second: Observer) {
    this.#first = first;
    this.#second = second;
    if (first.considered === undefined && second.considered === undefined) return;
    this.considered = (view) => {
      first.considered?.(view);
      second.considered?.(view);
    };
  }

  begun(request: number): void {
    this.#first.begun?.(request);
    this.#second.begun?.(request);
  }

  unanswered(request: number): void {
    this.#first.unanswered?.(request);
    this.#second.unanswered?.(request);
  }

  deciding(request: number): void {
    this.#first.deciding?.(request);
    this.#second.deciding?.(request);
  }

  dispatched(request: number, node: number, reason: string): void {
    this.#first.dispatched?.(request, node, reason);
    this.#second.dispatched?.(request, node, reason);
  }

  fetching(request: number, node: number, transfer: number): void {
    this.#first.fetching?.(request, node, transfer);
    this.#second.fetching?.(request, node, transfer);
  }

  serving(request: number): void {
    this.#first.serving?.(request);
    this.#second.serving?.(request);
  }

  attempted(request: number, node: number, end: AttemptEnd, sent: number): void {
    this.#first.attempted?.(request, node, end, sent);
    this.#second.attempted?.(request, node, end, sent);
  }

  ended(request: number, asked: number, end: RequestEnd): void {
    this.#first.ended?.(request, asked, end);
    this.#second.ended?.(request, asked, end);
  }

  synchronised(volunteer: number, seconds: number, files: number): void {
    this.#first.synchronised?.(volunteer, seconds, files);
    this.#second.synchronised?.(volunteer, seconds, files);
  }

  fetched(volunteer: number, file: number, publishedAt: number): void {
    this.#first.fetched?.(volunteer, file, publishedAt);
    this.#second.fetched?.(volunteer, file, publishedAt);
  }

  pulled(volunteer: number, bytes: number): void {
    this.#first.pulled?.(volunteer, bytes);
    this.#second.pulled?.(volunteer, bytes);
  }

  exchanged(volunteer: number, from: number, bytes: number): void {
    this.#first.exchanged?.(volunteer, from, bytes);
    this.#second.exchanged?.(volunteer, from, bytes);
  }

  returned(volunteer: number, bytes: number): void {
    this.#first.returned?.(volunteer, bytes);
    this.#second.returned?.(volunteer, bytes);
  }

  audited(volunteer: number, bytes: number, passed: boolean): void {
    this.#first.audited?.(volunteer, bytes, passed);
    this.#second.audited?.(volunteer, bytes, passed);
  }

  measuring(): void {
    this.#first.measuring?.();
    this.#second.measuring?.();
  }

  sampled(now: number): void {
    this.#first.sampled?.(now);
    this.#second.sampled?.(now);
  }
}
