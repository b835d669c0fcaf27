import type { Engine } from "../engine/engine.ts";
import type { Stream } from "../engine/random.ts";
import { OnOff } from "./on-off.ts";
import type { ServerSpec } from "./system.ts";

/** The repository server, which may fail and return. What it knows survives. */
export class RepositoryServer {
  readonly #state: OnOff;
  readonly #onFailure: (() => void)[] = [];
  readonly #onReturn: (() => void)[] = [];

  constructor(engine: Engine, { failures }: ServerSpec, streams: (name: string) => Stream) {
    const states = [{ name: "0", spec: failures }];
    this.#state = new OnOff(engine, "server", states, streams, (_, isUp) => {
      for (const act of isUp ? this.#onReturn : this.#onFailure) act();
    });
  }

  get isUp(): boolean {
    return this.#state.isUp(0);
  }

  start(): void {
    this.#state.start();
  }

  whenFailing(act: () => void): void {
    this.#onFailure.push(act);
  }

  whenReturning(act: () => void): void {
    this.#onReturn.push(act);
  }
}
