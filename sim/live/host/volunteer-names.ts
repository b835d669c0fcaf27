import { isDeepStrictEqual } from "node:util";
import type { Named } from "../../coordinator/index.ts";
import type { VolunteerAddress } from "../parts.ts";

const NAME = "volunteer";
const BASES = "bases";

/** A volunteer's number, its name, and where customers find its copies. */
interface Known {
  readonly name: string;
  readonly addresses: readonly VolunteerAddress[];
}

/**
 * The names of volunteers by number and their addresses, which a server that is started anew takes over
 * from its snapshot and journal.
 */
export class VolunteerNames {
  readonly #known: Known[] = [];
  readonly #numbers = new Map<string, number>();

  /** The number of a name; -1 where it has never registered. */
  find(name: string): number {
    return this.#numbers.get(name) ?? -1;
  }

  nameOf(volunteer: number): string {
    return this.#known[volunteer].name;
  }

  /** Its addresses, the preferred first. */
  bases(volunteer: number): readonly string[] {
    return this.#known[volunteer].addresses.map(({ base }) => base);
  }

  /**
   * Gives the volunteer its number, if it is new, and its addresses; returns what is to be written down.
   * `bases`: absolute, each with a slash at its end, the preferred first.
   */
  register(name: string, bases: readonly string[]): Named[] {
    const number = this.#numbers.get(name) ?? this.#known.length;
    const before = this.#known[number];
    const records: Named[] = [];
    if (before === undefined) records.push({ kind: "named", what: NAME, number, name });
    const isSame = before !== undefined && isDeepStrictEqual(this.bases(number), bases);
    if (!isSame) {
      records.push({ kind: "named", what: BASES, number, name: JSON.stringify(bases) });
    }
    for (const record of records) this.recall(record);
    return records;
  }

  /** Takes over what was written down. */
  recall({ what, number, name }: Named): void {
    if (what === NAME) {
      this.#numbers.set(name, number);
      this.#known[number] = { name, addresses: [] };
    } else if (what === BASES) {
      const addresses = (JSON.parse(name) as string[]).map((base) => ({ volunteer: number, base }));
      this.#known[number] = { name: this.#known[number].name, addresses };
    }
  }

  /**
   * The address for a customer that came by https, which is never sent to http, or by http, which is
   * sent to https only where there is nothing else.
   */
  addressOf(volunteer: number, isSecure: boolean): VolunteerAddress {
    const { addresses } = this.#known[volunteer];
    const alike = isSecure ? "https:" : "http:";
    return addresses.find(({ base }) => base.startsWith(alike)) ?? addresses[0];
  }

  /** As records, for a snapshot. */
  save(): Named[] {
    return this.#known.flatMap(({ name, addresses }, number) => [
      { kind: "named", what: NAME, number, name },
      {
        ...{ kind: "named", what: BASES, number },
        name: JSON.stringify(addresses.map(({ base }) => base)),
      },
    ]);
  }
}
