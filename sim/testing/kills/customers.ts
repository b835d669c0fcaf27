import { Agent, get } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { FILES, type Life } from "./served.ts";

/** What became of a request. */
export interface Asked {
  /** By which the server knows the customer. */
  readonly agent: string;
  readonly file: number;
  /** Milliseconds of `performance.now` at which it was sent, and at which it ended. */
  readonly sent: number;
  readonly ended: number;
  /** The status and where to, or why there was no answer. */
  readonly status: number | null;
  readonly location: string | null;
  readonly problem: string | null;
}

/** Customers who ask for one file each, so many of them at a time, as long as they are not stopped. */
export class Customers {
  readonly all: Asked[] = [];
  readonly #url: () => string;
  readonly #agent: Agent;
  readonly #busy: Promise<void>[];
  #next = 0;
  #isOver = false;

  constructor(url: () => string, atOnce: number) {
    this.#url = url;
    this.#agent = new Agent({ keepAlive: true, maxSockets: atOnce });
    this.#busy = Array.from({ length: atOnce }, () => this.#keepAsking());
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#busy);
    this.#agent.destroy();
  }

  async #keepAsking(): Promise<void> {
    while (!this.#isOver) {
      const asked = await this.#ask(this.#next++);
      this.all.push(asked);
      if (asked.status === null) await pause(PAUSE);
    }
  }

  #ask(number: number): Promise<Asked> {
    const [agent, file, sent] = [`customer ${number}`, number % FILES, performance.now()];
    const asked = { agent, file, sent };
    return new Promise((resolve) => {
      const options = { agent: this.#agent, headers: { "User-Agent": agent } };
      const fail = ({ code, message }: NodeJS.ErrnoException) => {
        const nothing = { status: null, location: null, problem: code ?? message };
        resolve({ ...asked, ...nothing, ended: performance.now() });
      };
      get(`${this.#url()}pool/${file}.deb`, options, (response) => {
        const { statusCode = 0, headers } = response;
        const answer = { status: statusCode, location: headers.location ?? null, problem: null };
        response.resume();
        response.on("error", fail);
        response.on("end", () => resolve({ ...asked, ...answer, ended: performance.now() }));
      }).on("error", fail);
    });
  }
}

/** Milliseconds that a customer waits where nobody answers. */
const PAUSE = 5;

/** Requests that a server was there for from the beginning to the end, and did not answer. */
export function refused(all: readonly Asked[], lives: readonly Life[]): Asked[] {
  return all.filter(({ status, sent, ended }) => {
    const life = lives.find(({ started, killed }) => started <= sent && sent < killed);
    const wasThere = life !== undefined && life.listening <= sent && ended < life.killed;
    return wasThere && status !== 302 && status !== 200;
  });
}
