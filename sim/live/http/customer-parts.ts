import type { IncomingMessage } from "node:http";
import type { CatalogueView, Decider } from "../parts.ts";

/** SHA-256 of each piece of a file; all pieces but the last are of `length` bytes. */
export interface FilePieces {
  readonly length: number;
  readonly sha256: readonly Uint8Array[];
}

/** What of the repository the server sends itself, and how it looks to people. */
export interface CustomerOptions {
  /**
   * Whether the file at a path is metadata, which the server sends itself. It is asked once a path: the
   * answer may not change.
   */
  readonly isMetadata: (path: string) => boolean;
  /** Bytes: files up to this size are not worth a redirect. */
  readonly small: number;
  /** What the listing of the root is called, in plain text. */
  readonly title: string;
}

/** What answering customers takes. */
export interface CustomerParts {
  readonly catalogue: CatalogueView;
  readonly decider: Decider;
  readonly options: CustomerOptions;
  /** The torrent of a file of the catalogue; null where it has none. */
  readonly torrentOf: (file: number) => Promise<Uint8Array | null>;
  readonly piecesOf: (file: number) => Promise<FilePieces | null>;
  /**
   * The server's own address for whoever asks, absolute, with a slash at its end. It comes from the
   * configuration: the Host that a customer names is his to choose.
   */
  readonly self: (request: IncomingMessage) => string;
  /** The file on the disk is not the one of the catalogue: a scan is due. */
  readonly differs: (file: number) => void;
  /** Something failed that should not. The customer has been told no more than that. */
  readonly failed: (error: unknown) => void;
}
