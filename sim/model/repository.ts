import type { Engine } from "../engine/engine.ts";
import type { Catalogue, Workload } from "../workload/workload.ts";
import type { Coordination } from "./coordination.ts";

/** The files of the repository as time passes: what was there before the start, is released or changes. */
export class Repository {
  readonly #engine: Engine;
  readonly #workload: Workload;
  readonly #coordination: Coordination;
  readonly #publishedAt: Float64Array;
  #hasStarted = false;
  #onChange: (file: number) => void = () => {};

  constructor(engine: Engine, workload: Workload, coordination: Coordination) {
    this.#engine = engine;
    this.#workload = workload;
    this.#coordination = coordination;
    this.#publishedAt = Float64Array.from(workload.catalogue.release);
  }

  /** False while the coordinator is told of what was there before the start. */
  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  /** When the file got the bytes that it has, in seconds; `-Infinity` if before the start. */
  publishedAt(file: number): number {
    return this.#publishedAt[file];
  }

  /** What is to be done when a file has got other bytes. */
  whenChanged(act: (file: number) => void): void {
    this.#onChange = act;
  }

  /** Tells the coordinator what was there before, and schedules releases and changes. */
  start(): void {
    const { catalogue, changes } = this.#workload;
    this.#coordination.tell((coordinator) => coordinator.reserve(catalogue.files));
    for (let file = 0; file < catalogue.files; file++) {
      if (catalogue.release[file] === Number.NEGATIVE_INFINITY) this.#publish(file);
    }
    this.#hasStarted = true;
    const groups = releases(catalogue);
    const publish = this.#engine.kind("release.publish", (group) => {
      for (const file of groups[group].files) this.#publish(file);
    });
    for (const [group, { time }] of groups.entries()) this.#engine.at(time, publish, group);
    const change = this.#engine.kind("release.change", (number) => this.#change(number));
    for (let number = 0; number < changes.count; number++) {
      this.#engine.at(changes.time[number], change, number);
    }
  }

  #publish(file: number): void {
    const { size, release } = this.#workload.catalogue;
    this.#coordination.tell((coordinator, now) =>
      coordinator.addFile(file, size[file], release[file], now),
    );
  }

  #change(number: number): void {
    const { catalogue, changes } = this.#workload;
    const file = changes.file[number];
    const size = catalogue.size[file];
    this.#publishedAt[file] = this.#engine.now;
    this.#coordination.tell((coordinator, now) => coordinator.changeFile(file, size, now));
    this.#onChange(file);
  }
}

/** Files that appear within the window, grouped by the time of their release, in order. */
function releases({ release, files }: Catalogue): { time: number; files: number[] }[] {
  const groups = new Map<number, number[]>();
  for (let file = 0; file < files; file++) {
    const time = release[file];
    if (time === Number.NEGATIVE_INFINITY) continue;
    const group = groups.get(time);
    if (group === undefined) groups.set(time, [file]);
    else group.push(file);
  }
  return [...groups.entries()]
    .map(([time, group]) => ({ time, files: group }))
    .sort((a, b) => a.time - b.time);
}
