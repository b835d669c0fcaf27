import type { Receipt } from "../coordinator/index.ts";
import type { Engine } from "../engine/engine.ts";
import type { RequestTrace } from "../workload/workload.ts";
import type { Sources } from "./sources.ts";
import type { Volunteers } from "./volunteers.ts";

/**
 * What each volunteer will tell of downloads that have ended: a line of its log for each, of which one
 * that lies leaves out some or invents more.
 */
export class Receipts {
  readonly #volunteers: Volunteers;
  readonly #lines: Receipt[][];
  /** Downloads that have ended at each. */
  readonly #ended: number[];

  constructor(engine: Engine, volunteers: Volunteers, sources: Sources, trace: RequestTrace) {
    this.#volunteers = volunteers;
    this.#lines = volunteers.classes.map(() => []);
    this.#ended = volunteers.classes.map(() => 0);
    const { customer, file } = trace;
    sources.whenSending({
      ended: (node, request, bytes) => {
        if (!sources.isVolunteer(node)) return;
        const endedAt = engine.now;
        this.#add(node, { customer: customer[request], file: file[request], bytes, endedAt });
      },
    });
  }

  /** Those since the last call; the list becomes the caller's. */
  take(volunteer: number): Receipt[] {
    const lines = this.#lines[volunteer];
    this.#lines[volunteer] = [];
    return lines;
  }

  #add(volunteer: number, receipt: Receipt): void {
    const share = this.#volunteers.classes[volunteer].conduct.reports;
    const count = this.#ended[volunteer]++;
    const lines = Math.floor((count + 1) * share) - Math.floor(count * share);
    for (let line = 0; line < lines; line++) this.#lines[volunteer].push(receipt);
  }
}
