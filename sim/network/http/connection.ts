import { Window } from "./slow-start.ts";

/** A connection that outlives a request. It is opened by the first request that uses it. */
export class Connection {
  readonly window = new Window();
  isOpen = false;
  isBusy = false;
  #idleSince = 0;

  /** Whether it is open and has not been idle for more than `seconds`. */
  isFree(now: number, seconds: number): boolean {
    return this.isOpen && !this.isBusy && now - this.#idleSince <= seconds;
  }

  /** A request over it has ended, or was broken off, which closes it. */
  leave(now: number, isOpen: boolean): void {
    this.isBusy = false;
    this.isOpen = isOpen;
    this.#idleSince = now;
  }
}
