import type { World } from "../model/simulation.ts";
import type { OpenTable } from "./open-table.ts";

/** A row for each time through which a volunteer could serve. */
export class PresenceRows {
  readonly #table: OpenTable<"presence">;
  readonly #engine: World["engine"];
  /** By volunteer: since when it can serve; NaN while it cannot. */
  readonly #since: Float64Array;

  /** For use when volunteers have been started. */
  constructor(table: OpenTable<"presence">, { engine, volunteers }: World) {
    this.#table = table;
    this.#engine = engine;
    this.#since = Float64Array.from({ length: volunteers.count }, (_, volunteer) =>
      volunteers.isAble(volunteer) ? engine.now : Number.NaN,
    );
    volunteers.whenAble((volunteer, isAble) => {
      if (!isAble) this.#ends(volunteer);
      this.#since[volunteer] = isAble ? engine.now : Number.NaN;
    });
  }

  /** The run is over. */
  finish(): void {
    for (const volunteer of this.#since.keys()) this.#ends(volunteer);
  }

  #ends(volunteer: number): void {
    if (Number.isNaN(this.#since[volunteer])) return;
    const { columns } = this.#table;
    const row = this.#table.next();
    columns.volunteer[row] = volunteer;
    columns.from_s[row] = this.#since[volunteer];
    columns.to_s[row] = this.#engine.now;
  }
}
