import { createHmac } from "node:crypto";

/** Where a volunteer announces itself, and as whom. */
export interface Account {
  /** The server, with a slash at the end. */
  readonly server: string;
  readonly name: string;
  readonly token: string;
}

/** What an announce is answered, as far as it is needed here. */
export interface Told {
  /** Seconds. */
  readonly interval: number;
}

/** Speaks the volunteers' protocol, which sim/live/volunteers/README.md describes. */
export class Announcer {
  readonly #account: Account;
  #last = 0;

  constructor(account: Account) {
    this.#account = account;
  }

  /** @throws Error with what the server said, where it refused. */
  async tell(path: "/-/volunteers" | "/-/announce", message: object): Promise<Told> {
    const { server, name, token } = this.#account;
    const body = JSON.stringify(message);
    // A counter that lags behind is told what to go on from.
    for (let attempt = 1; ; attempt++) {
      this.#last = Math.max(this.#last + 1, Date.now());
      const headers = signed(name, token, path, this.#last, body);
      const response = await fetch(new URL(path, server), { method: "POST", headers, body });
      const answer = (await response.json()) as Told & Refusal;
      if (response.ok) return answer;
      if (response.status !== 401 || attempt === 2) {
        throw new Error(`${path}: ${response.status} ${answer.errors?.join("; ")}`);
      }
      this.#last = answer.time ?? this.#last;
    }
  }
}

interface Refusal {
  readonly errors?: readonly string[];
  /** Milliseconds since 1970. */
  readonly time?: number;
}

/** The headers that prove who sends this body: HMAC-SHA256 (RFC 2104). */
export function signed(
  name: string,
  token: string,
  path: string,
  counter: number,
  body: string,
): Record<string, string> {
  const hmac = createHmac("sha256", token).update(`POST\n${path}\n${counter}\n${body}`);
  return {
    "Content-Type": "application/json",
    "X-Mirrorlab-Volunteer": name,
    "X-Mirrorlab-Counter": `${counter}`,
    "X-Mirrorlab-Signature": hmac.digest("hex"),
  };
}
