import type { ScanSummary } from "./scan.ts";

/** Calls back after so many seconds, unless the returned function is called before. */
export type Alarm = (seconds: number, then: () => void) => () => void;

export interface WatchOptions {
  readonly catalogue: { scan(): Promise<ScanSummary> };
  /** Seconds from the end of one scan to the next. */
  readonly everySeconds: number;
  /** Seconds that a file must have been left alone, after which one that waits is looked at again. */
  readonly settle?: number;
  readonly onSummary?: (summary: ScanSummary) => void;
  /** Told why a scan has failed; the next is made nonetheless. */
  readonly onError: (error: unknown) => void;
  readonly alarm?: Alarm;
}

/** Times as long as the last scan took that the disk is left in peace. */
const PEACE = 4;

/**
 * Looks through the tree again and again. The first scan is made when `everySeconds` have passed, or by
 * `rescan`. Where files are still being written the next scan comes sooner.
 */
export class CatalogueWatch {
  readonly #options: WatchOptions;
  #cancel: () => void = () => {};
  #isClosed = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#sleep(options.everySeconds);
  }

  /** Looks now. Rejects where the scan fails. */
  async rescan(): Promise<ScanSummary> {
    this.#cancel();
    let next = this.#options.everySeconds;
    try {
      const summary = await this.#options.catalogue.scan();
      if (summary.waiting > 0) next = Math.min(next, this.#soon(summary));
      this.#options.onSummary?.(summary);
      return summary;
    } finally {
      this.#sleep(next);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
  }

  #soon({ seconds }: ScanSummary): number {
    return Math.max(this.#options.settle ?? 5, PEACE * seconds);
  }

  #sleep(seconds: number): void {
    this.#cancel();
    if (this.#isClosed) return;
    const { alarm = realAlarm, onError } = this.#options;
    this.#cancel = alarm(seconds, () => {
      this.rescan().catch((error) => {
        if (!this.#isClosed) onError(error);
      });
    });
  }
}

const realAlarm: Alarm = (seconds, then) => {
  // Timers of Node end at 2³¹ − 1 ms; they keep no process alive that has nothing else to do.
  const timer = setTimeout(then, Math.min(1000 * seconds, 0x7fffffff)).unref();
  return () => clearTimeout(timer);
};
