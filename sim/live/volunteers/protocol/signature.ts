import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Milliseconds that a counter may lag behind the server's clock, or be ahead of it. */
const BEHIND = 300_000;
const AHEAD = 2000;

/** What the headers of a request say of who sends it. */
export interface Claim {
  readonly name: string;
  readonly counter: number;
  readonly signature: string;
}

/** The three headers, or all that is wrong with them. */
export function claimOf({ headers }: Pick<IncomingMessage, "headers">): Claim | string[] {
  const name = one(headers["x-mirrorlab-volunteer"]);
  const counter = one(headers["x-mirrorlab-counter"]);
  const signature = one(headers["x-mirrorlab-signature"]);
  const errors = [
    ...(name === "" ? ["missing X-Mirrorlab-Volunteer"] : []),
    ...(/^\d{1,15}$/.test(counter)
      ? []
      : ["X-Mirrorlab-Counter: expected milliseconds since 1970"]),
    ...(/^[\da-f]{64}$/.test(signature)
      ? []
      : ["X-Mirrorlab-Signature: expected 64 hexadecimal digits"]),
  ];
  return errors.length > 0 ? errors : { name, counter: Number(counter), signature };
}

/**
 * Tells whether requests come from who they say, by HMAC-SHA256 (RFC 2104), and that none comes twice:
 * the counter of each is greater than all before and than the time at which the server started, by as
 * much as one may be ahead of it. So no request that was heard before a restart is heard again.
 */
export class Signatures {
  readonly #tokens: ReadonlyMap<string, string>;
  readonly #last = new Map<string, number>();
  readonly #startedAt: number;
  readonly #wall: () => number;

  /** `wall`: milliseconds since 1970. */
  constructor(tokens: ReadonlyMap<string, string>, wall: () => number) {
    this.#tokens = tokens;
    this.#wall = wall;
    this.#startedAt = wall();
  }

  /** Milliseconds since 1970: what a client may take its counter from, when this volunteer is. */
  timeFor(name: string): number {
    return Math.max(Math.floor(this.#wall()), this.#least(name));
  }

  knows(name: string): boolean {
    return this.#tokens.has(name);
  }

  isAuthentic({ name, counter, signature }: Claim, path: string, body: Uint8Array): boolean {
    const token = this.#tokens.get(name);
    if (token === undefined) return false;
    const head = `POST\n${path}\n${counter}\n`;
    const expected = createHmac("sha256", token).update(head).update(body).digest();
    return timingSafeEqual(expected, Buffer.from(signature, "hex"));
  }

  /** Takes the counter of a request that is authentic; null, or what is wrong with it. */
  take({ name, counter }: Claim): string | null {
    const now = this.#wall();
    const least = this.#least(name);
    if (counter < least) return `X-Mirrorlab-Counter: expected ${least} or more; got ${counter}`;
    if (counter < now - BEHIND || counter > now + AHEAD) {
      return `X-Mirrorlab-Counter: expected about ${Math.floor(now)}; got ${counter}`;
    }
    this.#last.set(name, counter);
    return null;
  }

  #least(name: string): number {
    return Math.floor(this.#last.get(name) ?? this.#startedAt + AHEAD) + 1;
  }
}

function one(header: string | string[] | undefined): string {
  return typeof header === "string" ? header : "";
}
