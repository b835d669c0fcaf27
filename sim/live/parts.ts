/**
 * What the rooms of the live server owe each other. Each room is given these by `serve.ts` and knows
 * nothing else of the others. Seconds, bytes and bytes per second; paths are those of the repository,
 * without a slash in front; files, volunteers and customers are the coordinator's numbers.
 */
import type { IncomingMessage, ServerResponse } from "node:http";

/** The files of the repository as they are on the server's disk, and the digests that bind copies. */
export interface CatalogueView {
  /** Grows with every change: what a volunteer names that holds all of it. */
  readonly version: number;
  /** Numbers given so far, removed files included. */
  readonly count: number;
  /** The number of a path that is in the repository; -1 for any other. */
  find(path: string): number;
  /** Whether the file is in the repository now. */
  has(file: number): boolean;
  path(file: number): string;
  size(file: number): number;
  /** Whole seconds since 1970. */
  modified(file: number): number;
  /** 32 bytes; a view that is valid until the next call. */
  sha256(file: number): Uint8Array;
  /** 16 bytes, as the abstract has it; null where no MD4 was asked for. */
  md4(file: number): Uint8Array | null;
  /** Where its bytes are on this machine. */
  location(file: number): string;
  /** Files with the same bytes under other names. */
  identical(file: number): readonly number[];
}

/** What became of a file of the repository. */
export interface CatalogueChange {
  readonly kind: "added" | "changed" | "removed";
  readonly file: number;
}

/** Who asks, as the server knows him: never an address. */
export interface Asker {
  /** A keyed hash of address and user agent, as a whole number below 2⁴⁸. */
  readonly customer: number;
  /** The number of the whereabouts of the address, and of what it needs of a volunteer. */
  readonly where: number;
}

/** What a customer is answered. */
export interface Decision {
  readonly kind: "redirect" | "serve" | "later";
  /** The volunteer's number, or -1 for the server. */
  readonly volunteer: number;
  readonly reason: string;
  /** Seconds; 0 unless the kind is `later`. */
  readonly retryAfter: number;
}

/** A volunteer whom customers can be sent to. */
export interface VolunteerAddress {
  readonly volunteer: number;
  /** Absolute, with a slash at its end: the path of a file is put behind it, encoded. */
  readonly base: string;
}

/** A volunteer that was not among the candidates, and why. */
export interface ExcludedVolunteer {
  readonly name: string;
  readonly reason: string;
}

/** The service that decides; answers wait until their decision is in the journal. */
export interface Decider {
  asker(request: IncomingMessage): Asker;
  /** Decides and writes down. `bytes`: what is asked for, 0 for a mere question (HEAD). */
  ask(asker: Asker, file: number, bytes: number): Decision;
  /** Calls back when all that was decided so far has been handed to the operating system, or given up. */
  written(then: () => void): void;
  /** The server itself begins to send a file; to be called when it ends, once. */
  delivering(): () => void;
  /** Addresses of those who could serve the file now, the one that is best for the asker first. */
  alternatives(asker: Asker, file: number, most: number): readonly VolunteerAddress[];
  /** Where the asker finds it: by https if he came by https. */
  address(volunteer: number, asker: Asker): VolunteerAddress;
  /** Why the others were no candidates, as it would be decided now. */
  exclusions(asker: Asker, file: number): readonly ExcludedVolunteer[];
}

/** One of the server's own paths, or a repository's: answers, or returns false to leave it to the next. */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => boolean | Promise<boolean>;
