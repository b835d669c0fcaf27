import type { Catalogue } from "../../workload/workload.ts";
import { OPENING_ROUND_TRIPS } from "../rsync/session.ts";
import { basisOf, noTransfer, type RsyncTransfer, rsyncTransfer } from "../rsync/transfer.ts";
import type { SynchronisationSpec } from "../system.ts";
import type { AtHandFinder } from "./at-hand.ts";
import { Batch, type KeptOf } from "./batch.ts";
import {
  fromServer,
  type Method,
  type Plan,
  toServer,
  type Wanted,
  wholeChunksOf,
} from "./plan.ts";

/**
 * rsync from the server: the signature of the version at hand goes up, then the delta comes down.
 *
 * New versions of packages have new names, so that the earlier one serves only with `--fuzzy`. The
 * block is the chunk of the experiment's policy, as if given by `--block-size`; `sqrt` is rsync's own
 * rule. What an interrupted pull has brought is kept (`--partial`).
 */
export class Rsync implements Method {
  readonly opening: number;
  readonly #catalogue: Catalogue;
  readonly #finder: AtHandFinder;
  readonly #fuzzy: boolean;
  readonly #rtt: number;
  readonly #transfer = noTransfer();

  constructor(
    catalogue: Catalogue,
    finder: AtHandFinder,
    { fuzzy, rtt }: Pick<SynchronisationSpec, "fuzzy" | "rtt">,
  ) {
    this.opening = OPENING_ROUND_TRIPS * rtt;
    this.#catalogue = catalogue;
    this.#finder = finder;
    this.#fuzzy = fuzzy;
    this.#rtt = rtt;
  }

  chunkView(volunteer: number, file: number, size: number) {
    const basis = this.#basis(volunteer, file);
    return { size, rtt: this.#rtt, ...(basis === null && { changes: 0 }) };
  }

  plan(wanted: Wanted): Plan {
    const { volunteer, chunk } = wanted;
    const { upBytes, downBytes } = this.#transferOf(wanted);
    return {
      stages: [[toServer(volunteer, upBytes)], [fromServer(volunteer, downBytes)]],
      chunk,
      kept: (moved) => kept(wanted, moved, downBytes),
      behind: null,
    };
  }

  planTogether(volunteer: number, files: readonly Wanted[]): Plan {
    const batch = new Batch(volunteer, kept);
    for (const wanted of files) batch.add(wanted, this.#transferOf(wanted));
    return batch.plan();
  }

  isSame(a: number, b: number): boolean {
    return this.#finder.isSame(a, b);
  }

  /** Valid until the next call. */
  #transferOf({ volunteer, file, missing, chunk }: Wanted): RsyncTransfer {
    const basis = this.#basis(volunteer, file);
    const basisSize = basis === null ? 0 : this.#sizeOfEarlier(file);
    const spec = { size: missing, basisSize, basis, blockLength: chunk };
    return rsyncTransfer(spec, this.#transfer);
  }

  #basis(volunteer: number, file: number) {
    const atHand = this.#finder.of(volunteer, file);
    const earlier = atHand.kind === "similar" ? atHand.similarity : null;
    return basisOf(earlier, { sameName: false, fuzzy: this.#fuzzy });
  }

  #sizeOfEarlier(file: number): number {
    const earlier = this.#catalogue.earlier?.(file);
    return earlier ? this.#catalogue.size[earlier.file] : 0;
  }
}

const kept: KeptOf = ({ missing, chunk }, moved, bytes) =>
  wholeChunksOf(missing, moved / bytes, chunk);
