import { type AttemptEnd, SERVER_NODE } from "../../model/events.ts";
import type { Collector } from "./collector.ts";

export type AttemptMetric =
  | "server.share"
  | "requests.retried"
  | "requests.digestFailed"
  | "bytes.wasted";

/** Who delivers, and what goes wrong on the way. */
export class Attempts implements Collector<AttemptMetric> {
  #fromServer = 0;
  #fromOthers = 0;
  #wasted = 0;
  #retried = 0;
  #digestFailed = 0;

  attempted(_request: number, node: number, end: AttemptEnd, sent: number): void {
    if (end === "delivered") {
      if (node === SERVER_NODE) this.#fromServer += sent;
      else this.#fromOthers += sent;
      return;
    }
    this.#wasted += sent;
    if (end === "wrong-digest") this.#digestFailed++;
    if (end !== "abandoned") this.#retried++;
  }

  metrics() {
    const delivered = this.#fromServer + this.#fromOthers;
    return {
      "server.share": delivered === 0 ? null : this.#fromServer / delivered,
      "requests.retried": this.#retried,
      "requests.digestFailed": this.#digestFailed,
      "bytes.wasted": this.#wasted,
    };
  }
}
