import { classesOf, volunteersOf } from "../model/machines.ts";
import type { SystemSpec } from "../model/system.ts";
import { WIRE_EFFICIENCY } from "../network/wire.ts";

/** Machines alike that send files, each as fast as it ever could. Payload bytes per second. */
export interface SourceClass {
  /** Of one transfer at most. */
  readonly rate: number;
  /** Of all the class together; `Infinity` where nothing limits it for certain. */
  readonly capacity: number;
  /** From when on which parts of the capacity can send new files; of volunteers alone. */
  readonly ready: readonly Part[];
}

interface Part {
  readonly at: number;
  readonly capacity: number;
}

/** Classes of volunteers at most: those of nearly the same rate become one, of the highest. */
const MAX_CLASSES = 5;

/** Place of the server among the classes. */
export const SERVER_CLASS = 0;

/**
 * All that can send, the server first. Volunteers are taken to be always on line, honest, idle but for
 * deliveries, to hold all and to have the widest links that they ever have: what makes them better than the truth keeps a bound a bound.
 *
 * `readyAt` says when each can hold new files.
 */
export function sourcesOf(system: SystemSpec, readyAt: ArrayLike<number>): readonly SourceClass[] {
  const efficiency = efficiencyOf(system);
  const { server, changes = [] } = system;
  const uplink = Math.max(server.uplink, ...changes.map((each) => each.server.uplink)) * efficiency;
  const { uploads } = system.customers;
  const volunteers: Volunteer[] = [];
  for (const { spec } of volunteersOf(system)) {
    const most = classesOf(system, spec.name).map((each) =>
      Math.min(each.uplink, each.shared, each.deliveryRate),
    );
    const capacity = Math.max(...most) * efficiency;
    const rate = Math.min(capacity, spec.transferRate);
    volunteers.push({ rate, capacity, at: readyAt[volunteers.length] });
  }
  const peers = { rate: (uploads?.uplink ?? 0) * efficiency, capacity: Infinity, ready: [] };
  return [
    { rate: uplink, capacity: uplink, ready: [] },
    ...grouped(volunteers).map(classOf),
    ...(uploads === null ? [] : [peers]),
  ];
}

/** What of a link's nominal capacity is left to payload. */
export function efficiencyOf({ transport }: SystemSpec): number {
  return transport.causes.wireEfficiency ? WIRE_EFFICIENCY : 1;
}

/** Bytes of new files that the class can send in `width` seconds from `start` on. */
export function readyBytes({ ready }: SourceClass, start: number, width: number): number {
  let bytes = 0;
  for (const { at, capacity } of ready) {
    bytes += capacity * Math.max(0, Math.min(width, start + width - at));
  }
  return bytes;
}

/** From when on all volunteers can send new files; `-Infinity` without volunteers. */
export function allReady(classes: readonly SourceClass[]): number {
  return classes.flatMap(({ ready }) => ready).reduce(latest, Number.NEGATIVE_INFINITY);
}

/** From when on anybody but the server can send new files. */
export function firstReady(classes: readonly SourceClass[]): number {
  const others = classes.slice(SERVER_CLASS + 1);
  if (others.some(({ ready }) => ready.length === 0)) return Number.NEGATIVE_INFINITY;
  const times = others.flatMap(({ ready }) => ready.map(({ at }) => at));
  return times.reduce((first, at) => Math.min(first, at), Number.POSITIVE_INFINITY);
}

function latest(time: number, { at }: Part): number {
  return Math.max(time, at);
}

interface Volunteer extends Part {
  readonly rate: number;
}

function classOf(group: readonly Volunteer[]): SourceClass {
  return {
    rate: group[group.length - 1].rate,
    capacity: group.reduce((sum, { capacity }) => sum + capacity, 0),
    ready: group,
  };
}

/** Groups by rate, the slowest first; the two that differ least in proportion join until few are left. */
function grouped(volunteers: readonly Volunteer[]): Volunteer[][] {
  const groups: Volunteer[][] = [];
  for (const one of volunteers.toSorted((a, b) => a.rate - b.rate)) {
    const last = groups.at(-1);
    if (last !== undefined && last[0].rate === one.rate) last.push(one);
    else groups.push([one]);
  }
  const top = (at: number) => groups[at][groups[at].length - 1].rate;
  while (groups.length > MAX_CLASSES) {
    let at = 1;
    for (let i = 2; i < groups.length; i++) {
      if (top(i) / top(i - 1) < top(at) / top(at - 1)) at = i;
    }
    groups.splice(at - 1, 2, [...groups[at - 1], ...groups[at]]);
  }
  return groups;
}
