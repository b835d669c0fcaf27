import type { Engine, Kind } from "../../engine/engine.ts";
import { NO_TICKET, type Ticket } from "../../engine/event-queue.ts";
import type { FlowId } from "../../network/network.ts";
import type { SynchronisationSpec } from "../system.ts";
import type { Volunteers } from "../volunteers.ts";
import { fromServer, type Part } from "./plan.ts";
import type { Planner } from "./planner.ts";
import type { Pulls } from "./pulls.ts";
import type { SyncStreams } from "./streams.ts";

/** What is under way of one opening. */
interface Opening {
  walk: Ticket;
  list: { readonly flow: FlowId; readonly part: Part } | null;
}

/**
 * The beginning of a synchronisation: both sides walk through their files while the list of them is
 * on its way; when the slower of the two has ended, files can be fetched.
 */
export class Openings {
  readonly #engine: Engine;
  readonly #streams: SyncStreams;
  readonly #volunteers: Volunteers;
  readonly #planner: Planner;
  readonly #pulls: Pulls;
  readonly #files: number;
  readonly #spec: Pick<SynchronisationSpec, "walk" | "list" | "manifest">;
  readonly #walk: Kind;
  readonly #purpose: number;
  readonly #open = new Map<number, Opening>();
  #onOpen: (volunteer: number) => void = () => {};

  /** `files`: all there are in the repository. */
  constructor(
    engine: Engine,
    streams: SyncStreams,
    volunteers: Volunteers,
    planner: Planner,
    pulls: Pulls,
    files: number,
    spec: Pick<SynchronisationSpec, "walk" | "list" | "manifest">,
  ) {
    this.#engine = engine;
    this.#streams = streams;
    this.#volunteers = volunteers;
    this.#planner = planner;
    this.#pulls = pulls;
    this.#files = files;
    this.#spec = spec;
    this.#walk = engine.kind("sync.walked", (volunteer) => this.#walked(volunteer));
    this.#purpose = streams.purpose((volunteer) => this.#listed(volunteer), "volunteer");
  }

  /** What is to be done when a volunteer can fetch files. */
  whenOpen(act: (volunteer: number) => void): void {
    this.#onOpen = act;
  }

  isUnderWay(volunteer: number): boolean {
    return this.#open.has(volunteer);
  }

  /** A synchronisation from there begins. A partial mirror's list is the shorter for it. */
  begin(volunteer: number, from: number): void {
    const { walk, list, manifest } = this.#spec;
    const changes = this.#pulls.lookAt(volunteer).pendingFiles / this.#files;
    const seconds = walk * (manifest === "changes" ? changes : 1) + this.#planner.opening(from);
    const { coverage } = this.#volunteers.classes[volunteer];
    const bytes = list * (manifest === "changes" ? changes : coverage);
    const opening: Opening = {
      walk: this.#engine.after(seconds, this.#walk, volunteer),
      list: null,
    };
    this.#open.set(volunteer, opening);
    if (bytes === 0) return;
    const part = fromServer(volunteer, bytes);
    opening.list = { part, flow: this.#streams.start(part, this.#purpose, volunteer) };
  }

  /** Breaks off what is under way, if anything is. */
  stop(volunteer: number): void {
    const opening = this.#open.get(volunteer);
    if (opening === undefined) return;
    this.#engine.cancel(opening.walk);
    if (opening.list !== null) this.#streams.abort(opening.list.flow, opening.list.part);
    this.#open.delete(volunteer);
  }

  #walked(volunteer: number): void {
    const opening = this.#open.get(volunteer);
    if (opening === undefined) return;
    opening.walk = NO_TICKET;
    this.#endIfDone(volunteer, opening);
  }

  #listed(volunteer: number): void {
    const opening = this.#open.get(volunteer);
    if (opening === undefined) return;
    if (opening.list !== null) this.#streams.ended(opening.list.part);
    opening.list = null;
    this.#endIfDone(volunteer, opening);
  }

  #endIfDone(volunteer: number, { walk, list }: Opening): void {
    if (walk !== NO_TICKET || list !== null) return;
    this.#open.delete(volunteer);
    this.#onOpen(volunteer);
  }
}
