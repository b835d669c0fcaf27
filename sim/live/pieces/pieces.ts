import type { Handler } from "../parts.ts";
import { Computed } from "./computed.ts";
import type { PieceParts } from "./piece-parts.ts";
import { signaturesHandler } from "./signatures-handler.ts";
import { Torrents } from "./torrents.ts";

/** Torrents, piece hashes and block signatures of the files of a catalogue: all that reads whole files. */
export class Pieces {
  readonly torrents: Torrents;
  readonly signaturesHandler: Handler;
  readonly #parts: PieceParts;

  /** @throws Error where the folder cannot be read or written. */
  constructor(parts: PieceParts) {
    const computed = new Computed(parts);
    this.#parts = parts;
    this.torrents = new Torrents(parts, computed);
    this.signaturesHandler = signaturesHandler(parts, computed);
  }

  /** Nothing is read any more. */
  close(): Promise<void> {
    return this.#parts.reader.close();
  }
}
