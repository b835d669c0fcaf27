/**
 * Hears of everything that a run's fingerprint is made of, in the same order. It watches and never
 * steers, and a run without one pays nothing for it.
 */
export interface Tap {
  /** A kind of event was registered under this name. */
  registered(name: string): void;
  /** An event fires, at `time` seconds; what is noted until the next belongs to it. */
  fired(time: number, name: string, subject: number): void;
  /** What a model decided: `what` is one of a few names. */
  noted(what: string, value: number): void;
  /** Whom the event concerns: what follows from the rest, and is in no fingerprint. */
  told(what: string, value: number): void;
  /** A random number was drawn from the stream of this name. */
  drew(stream: string): void;
}
