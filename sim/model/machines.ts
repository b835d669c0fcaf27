import type { SystemSpec, VolunteerClass } from "./system.ts";

/** So many machines, all alike. No two classes of a kind have one name. */
export interface MachineClass {
  readonly name: string;
  readonly count: number;
}

/** One machine of a class. */
export interface Machine<Class extends MachineClass> {
  readonly spec: Class;
  /** Among those of its class, from 0. */
  readonly index: number;
  /** Class and index, as `steady 3`: what it draws by, whatever other classes there are. */
  readonly name: string;
}

/**
 * All machines by their numbers: class after class in the order of their names, so that the order in
 * which an experiment lists its classes means nothing.
 */
export function machinesOf<Class extends MachineClass>(
  classes: readonly Class[],
): Machine<Class>[] {
  return classes
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((spec) =>
      Array.from({ length: spec.count }, (_, index) => ({
        ...{ spec, index, name: `${spec.name} ${index}` },
      })),
    );
}

/**
 * All volunteers that a system ever has, by their numbers: those of the start as `machinesOf` has them,
 * behind them those that changes bring, in the order in which they come. So who comes later is nothing to
 * those before. One that goes and comes back has its number still.
 */
export function volunteersOf({
  volunteers,
  changes = [],
}: Pick<SystemSpec, "volunteers" | "changes">): Machine<VolunteerClass>[] {
  const all = [volunteers, ...changes.map((change) => change.volunteers)].flatMap(machinesOf);
  const first = new Map<string, Machine<VolunteerClass>>();
  for (const machine of all) if (!first.has(machine.name)) first.set(machine.name, machine);
  return [...first.values()];
}

/** How many volunteers there are from the start: the first of `volunteersOf`. */
export function initialCount({ volunteers }: Pick<SystemSpec, "volunteers">): number {
  return volunteers.reduce((sum, { count }) => sum + count, 0);
}

/** A class of volunteers by its name, as it is at the start and after each change. */
export function classesOf(
  { volunteers, changes = [] }: Pick<SystemSpec, "volunteers" | "changes">,
  name: string,
): VolunteerClass[] {
  const all = [volunteers, ...changes.map((change) => change.volunteers)];
  return all.flatMap((classes) => classes.filter((each) => each.name === name));
}

/** A whole number of 32 bits for a machine; none of its class has the same. */
export function hashOf({ spec, index }: Machine<MachineClass>): number {
  let hash = 0x811c9dc5; // FNV-1a (Fowler, Noll and Vo) over the code units of the class's name.
  for (let i = 0; i < spec.name.length; i++) {
    hash = Math.imul(hash ^ spec.name.charCodeAt(i), 0x01000193);
  }
  return (hash + index) | 0;
}
