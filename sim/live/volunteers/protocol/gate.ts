import type { IncomingMessage } from "node:http";
import { Refusal } from "../replies.ts";
import type { DeskLimits, KnownVolunteer, VolunteerHost } from "../volunteer-host.ts";
import { RateLimit, rateKey } from "./rate-limit.ts";
import { BodyError, readBody } from "./read-body.ts";
import { claimOf, Signatures } from "./signature.ts";

/** A request that comes from whom it says, for the first time. */
export interface Authentic {
  readonly name: string;
  readonly address: string;
  readonly body: string;
}

/**
 * Who is let in: not too many from one address, a body of moderate size, signed by a volunteer that the
 * operator has named, not heard before, and not too many of that volunteer. In this order, since nobody
 * but a volunteer itself may use up what it has, and what is cheap to find out comes first.
 */
export class Gate {
  readonly #host: Pick<VolunteerHost, "now" | "addressOf">;
  readonly #limits: DeskLimits;
  readonly #signatures: Signatures;
  readonly #perVolunteer: RateLimit;
  readonly #perAddress: RateLimit;
  #reading = 0;

  constructor(
    host: Pick<VolunteerHost, "now" | "addressOf">,
    volunteers: readonly KnownVolunteer[],
    limits: DeskLimits,
    wall: () => number,
  ) {
    this.#host = host;
    this.#limits = limits;
    this.#signatures = new Signatures(new Map(volunteers.map((v) => [v.name, v.token])), wall);
    this.#perVolunteer = new RateLimit(limits.perVolunteer);
    this.#perAddress = new RateLimit(limits.perAddress);
  }

  /** @throws Refusal */
  async admit(request: IncomingMessage, url: URL): Promise<Authentic> {
    if (request.method !== "POST") throw new Refusal(405, ["expected POST"]);
    const address = this.#host.addressOf(request);
    this.#spend(this.#perAddress, rateKey(address), "address");
    if (url.search !== "") throw new Refusal(400, ["expected no query"]);
    const claim = claimOf(request);
    if (Array.isArray(claim)) throw new Refusal(401, claim);
    if (!this.#signatures.knows(claim.name)) {
      throw new Refusal(401, [`unknown volunteer: ${claim.name.slice(0, 100)}`]);
    }
    const body = await this.#body(request);
    if (!this.#signatures.isAuthentic(claim, url.pathname, body)) {
      throw new Refusal(401, ["wrong signature"]);
    }
    const problem = this.#signatures.take(claim);
    if (problem !== null) throw new Refusal(401, [problem]);
    this.#spend(this.#perVolunteer, claim.name, "volunteer");
    return { name: claim.name, address, body: body.toString("utf8") };
  }

  /** What the volunteer of a refused request may take its counter from: milliseconds since 1970. */
  timeFor(request: IncomingMessage): number {
    const claim = claimOf(request);
    return this.#signatures.timeFor(Array.isArray(claim) ? "" : claim.name);
  }

  #spend(limit: RateLimit, key: string, whose: string): void {
    const wait = limit.take(key, this.#host.now());
    if (wait > 0) throw new Refusal(429, [`too many requests of this ${whose}`], wait);
  }

  async #body(request: IncomingMessage): Promise<Buffer> {
    const { body, bodies, reading } = this.#limits;
    if (this.#reading >= bodies) throw new Refusal(503, ["too many bodies at once"], 1);
    this.#reading++;
    try {
      return await readBody(request, body, reading);
    } catch (error) {
      if (!(error instanceof BodyError)) throw error;
      throw new Refusal(error.status, [error.message]);
    } finally {
      this.#reading--;
    }
  }
}
