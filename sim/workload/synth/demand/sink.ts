/** Takes requests, one by one and in any order. */
export interface RequestSink {
  /**
   * Time in seconds, status as in HTTP, visit any number that no other visit has. A request at or
   * after the end of the window is left out.
   */
  add(
    time: number,
    customer: number,
    file: number,
    bytes: number,
    status: number,
    visit: number,
  ): void;
}
