import type { ChunkSizeView } from "../../policies/index.ts";
import type { Catalogue } from "../../workload/workload.ts";
import type { Meters } from "../meters.ts";
import { fetchPlan } from "../swarm/fetch-plan.ts";
import type { Volunteers } from "../volunteers.ts";
import type { AtHandFinder } from "./at-hand.ts";
import { Batch, type KeptOf } from "./batch.ts";
import { fromServer, type Method, type Plan, type Wanted, wholeChunksOf } from "./plan.ts";
import { SOURCES } from "./source.ts";
import type { Swarming } from "./swarming.ts";

/** A member of the torrent that is on line, and what a batch takes from it. Bytes, bytes per second. */
interface Sender {
  readonly node: number;
  /** What its uplink would give one more receiver. */
  readonly spare: number;
  bytes: number;
}

/**
 * One torrent for all that is released together, in which each file begins a piece (BEP 52).
 *
 * Volunteers begin it at places of their own, spread evenly over its bytes, and go round: so the server
 * gives each part out once, to who has begun there, and the others find it with volunteers when they
 * come to it. Files come in batches: each from one of the four that hold it and have the most to spare,
 * such that all end about together, and from the server where nobody holds it. What somebody else is
 * getting from the server at that moment is put off. A file as long as a batch is a swarm of its own;
 * see `Swarming`.
 */
export class Torrent implements Method {
  readonly opening: number;
  readonly #long: Swarming;
  readonly #catalogue: Catalogue;
  readonly #finder: AtHandFinder;
  readonly #volunteers: Volunteers;
  readonly #meters: Meters;
  readonly #batch: number;
  /** Who is getting a content from the server that nobody had, by content. */
  readonly #firsts = new Map<number, number>();

  /** `long` brings files of `batch` bytes and more. */
  constructor(
    long: Swarming,
    catalogue: Catalogue,
    finder: AtHandFinder,
    volunteers: Volunteers,
    meters: Meters,
    batch: number,
  ) {
    this.opening = long.opening;
    this.#long = long;
    this.#catalogue = catalogue;
    this.#finder = finder;
    this.#volunteers = volunteers;
    this.#meters = meters;
    this.#batch = batch;
  }

  chunkView(volunteer: number, file: number, size: number): ChunkSizeView {
    if (this.#isLong(file)) return this.#long.chunkView(volunteer, file, size);
    return this.#long.viewOf(volunteer, file, size, this.#volunteers.count - 1);
  }

  isSame(a: number, b: number): boolean {
    return this.#finder.isSame(a, b);
  }

  arrange(volunteer: number, files: readonly number[]): number[] {
    const { size } = this.#catalogue;
    const total = files.reduce((sum, file) => sum + size[file], 0);
    const place = (total * volunteer) / this.#volunteers.count;
    let start = 0;
    for (let end = size[files[0]]; end <= place; end += size[files[start]]) start++;
    return [...files.slice(start), ...files.slice(0, start)];
  }

  ahead(volunteer: number, file: number): number | null {
    const first = this.#firsts.get(this.#finder.contentOf(file));
    return first === undefined || first === volunteer || this.#isHeld(file) ? null : first;
  }

  plan(wanted: Wanted): Plan {
    if (this.#isLong(wanted.file)) return this.#long.plan(wanted);
    return this.planTogether(wanted.volunteer, [wanted]);
  }

  planTogether(volunteer: number, files: readonly Wanted[]): Plan {
    if (this.#isLong(files[0].file)) return this.#long.plan(files[0]);
    const senders = this.#sendersTo(volunteer);
    const batch = new Batch(volunteer, kept);
    const contents = new Set<number>();
    const firsts: number[] = [];
    let ofServer = 0;
    for (const wanted of files) {
      const { file, missing, chunk } = wanted;
      const content = this.#finder.contentOf(file);
      // The content of one before it in the batch is there when the batch is.
      if (this.#isLong(file) || contents.has(content)) break;
      const atHand = this.#finder.of(volunteer, file);
      const fetch = fetchPlan(missing, chunk, atHand, senders.length);
      const wire = fetch.payloadBytes + fetch.overheadBytes;
      const sender = wire === 0 ? null : this.#senderOf(file, wire, senders);
      if (sender !== null) sender.bytes += wire;
      else if (wire > 0) {
        if (contents.size > 0 && this.#firsts.has(content)) break;
        firsts.push(content);
        ofServer += wire;
      }
      ofServer += fetch.metadataBytes;
      contents.add(content);
      batch.add(wanted, { upBytes: 0, downBytes: fetch.metadataBytes + wire });
    }
    for (const content of firsts) this.#firsts.set(content, volunteer);
    const used = senders.filter(({ bytes }) => bytes > 0);
    const unfilled = used.length === 0 ? 0 : this.#long.shareUnfilled(volunteer, used);
    for (const { bytes } of used) ofServer += unfilled * bytes;
    const parts = used.map(({ node, bytes }) => ({
      from: node,
      to: volunteer,
      bytes: (1 - unfilled) * bytes,
    }));
    return {
      ...batch.plan(),
      stages: [[fromServer(volunteer, ofServer), ...parts.filter(({ bytes }) => bytes > 0)]],
      over: () => {
        for (const content of firsts) this.#firsts.delete(content);
      },
    };
  }

  #isLong(file: number): boolean {
    return this.#catalogue.size[file] >= this.#batch;
  }

  #isHeld(file: number): boolean {
    for (let node = 0; node < this.#volunteers.count; node++) {
      if (this.#volunteers.isOnline(node) && this.#finder.holds(node, file)) return true;
    }
    return false;
  }

  /** The others that are on line, those with the most to spare first. */
  #sendersTo(volunteer: number): Sender[] {
    const senders: Sender[] = [];
    for (let node = 0; node < this.#volunteers.count; node++) {
      if (node === volunteer || !this.#volunteers.isOnline(node)) continue;
      senders.push({ node, spare: this.#meters.spare(node), bytes: 0 });
    }
    return senders.sort((a, b) => b.spare - a.spare || a.node - b.node);
  }

  /** Of the first that hold the file, the one that would be done with it soonest; null if nobody does. */
  #senderOf(file: number, bytes: number, senders: readonly Sender[]): Sender | null {
    let soonest: Sender | null = null;
    let least = Number.POSITIVE_INFINITY;
    let holders = 0;
    for (const sender of senders) {
      if (!this.#finder.holds(sender.node, file)) continue;
      const seconds = (sender.bytes + bytes) / sender.spare;
      if (soonest === null || seconds < least) {
        soonest = sender;
        least = seconds;
      }
      if (++holders === SOURCES) break;
    }
    return soonest;
  }
}

const kept: KeptOf = ({ missing, chunk }, moved, bytes) =>
  wholeChunksOf(missing, moved / bytes, chunk);
