/** Takes requests, one by one and in any order. */
export interface RequestSink {
  /** Time in seconds, status as in HTTP. A request at or after the end of the window is left out. */
  add(time: number, customer: number, file: number, bytes: number, status: number): void;
}
